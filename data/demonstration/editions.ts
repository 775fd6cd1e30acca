import type { LayerKey } from '../../server/contract/index.ts';

export interface Edition {
  label: string;
  source: string;
  /** YYYY-MM-DD */
  from: string;
}

/** What the versions of the demonstration are called and since when they count. */
export const EDITIONS: Record<LayerKey, Edition> = {
  land_use: { label: '2025年度国土变更调查', source: '县自然资源局', from: '2026-06-30' },
  permanent_basic_farmland: {
    label: '永久基本农田2022年划定成果',
    source: '县自然资源局、县农业农村局',
    from: '2022-11-01',
  },
  ecological_red_line: { label: '生态保护红线2022年划定成果', source: '县自然资源局', from: '2022-11-01' },
  urban_growth_boundary: { label: '城镇开发边界2022年划定成果', source: '县自然资源局', from: '2022-11-01' },
  grain_production_zone: {
    label: '粮食生产功能区2019年划定成果',
    source: '县农业农村局',
    from: '2019-12-31',
  },
  important_product_zone: {
    label: '重要农产品生产保护区2019年划定成果',
    source: '县农业农村局',
    from: '2019-12-31',
  },
  basic_tobacco_field: { label: '基本烟田2021年划定成果', source: '县烟叶生产办公室', from: '2021-12-31' },
  fallow_programme: { label: '退耕还林还草地块台账', source: '县林业局', from: '2020-12-31' },
  steep_slope: { label: '25°以上坡地（坡度图）', source: '县自然资源局', from: '2021-08-25' },
  nature_reserve: { label: '自然保护地整合优化成果', source: '县林业局', from: '2023-06-01' },
  geohazard: { label: '地质灾害隐患点2026年度台账', source: '县自然资源局', from: '2026-01-15' },
  village_plan: { label: '村庄规划（2021—2035年）', source: '乡镇人民政府', from: '2022-03-01' },
  approved_land: { label: '已批准用地台账', source: '县自然资源局', from: '2026-09-30' },
  facility_filing: { label: '设施农用地备案台账', source: '乡镇人民政府', from: '2026-09-30' },
  temporary_land: { label: '临时用地台账', source: '县自然资源局', from: '2026-09-30' },
};
