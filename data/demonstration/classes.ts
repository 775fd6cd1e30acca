import { noise } from './noise.ts';

/** 三调工作分类 (TD/T 1055), the codes that occur here. */
export const CLASS_NAMES: Record<string, string> = {
  '0101': '水田',
  '0102': '水浇地',
  '0103': '旱地',
  '0201': '果园',
  '0301': '乔木林地',
  '0305': '灌木林地',
  '0404': '其他草地',
  '05H1': '商业服务业设施用地',
  '0601': '工业用地',
  '0602': '采矿用地',
  '0702': '农村宅基地',
  '08H1': '机关团体新闻出版用地',
  '08H2': '科教文卫用地',
  '0809': '公用设施用地',
  '0810': '公园与绿地',
  '09': '特殊用地',
  '1003': '公路用地',
  '1004': '城镇村道路用地',
  '1006': '农村道路',
  '1101': '河流水面',
  '1104': '坑塘水面',
  '1107': '沟渠',
  '1201': '空闲地',
  '1202': '设施农用地',
};

export function isCropland(landClass: string): boolean {
  return landClass.startsWith('01');
}

/** Land of a settlement: houses and what belongs to them. */
export function isBuiltUp(landClass: string): boolean {
  return ['05H1', '0601', '0602', '0702', '08H1', '08H2', '0809', '0810', '1004', '1201'].includes(landClass);
}

export interface Site {
  x: number;
  y: number;
  /** m² */
  area: number;
  slope: number;
  hilliness: number;
  seed: number;
  /** above 0 in land that is left to nature */
  wildness: number;
  /** drawn for this piece of land, 0 … 1 */
  luck: number;
}

/** What grows on a piece of open land. Woods and orchards come in patches, not field by field. */
export function openLandClass(site: Site): string {
  const { x, y, slope, luck } = site;
  const patch =
    noise(site.seed + 21, x / 600, y / 600) +
    0.35 * noise(site.seed + 22, x / 190, y / 190) +
    0.3 * (luck - 0.5) +
    (site.wildness > 0 ? 0.3 : 0);
  if (slope > 25) return patch > 0.1 ? '0301' : patch > -0.25 ? '0305' : '0404';
  if (slope > 15)
    return patch > 0.18
      ? '0301'
      : patch > 0.05
        ? '0201'
        : patch > -0.22
          ? '0103'
          : patch > -0.4
            ? '0305'
            : '0404';
  if (slope > 6) return patch > 0.42 ? '0301' : patch > 0.28 ? '0201' : patch > -0.5 ? '0103' : '0404';
  if (site.hilliness > 0.3) return patch > 0.45 ? '0201' : '0103';
  if (noise(site.seed + 23, x / 1300, y / 1300) + 0.1 * luck > 0.5) return '0101';
  return patch > 0.55 ? '0201' : patch > 0.48 ? '0301' : '0102';
}

/** What stands at the end of a field of the plain: a pond, a pigsty, a grove, graves. */
export function cornerClass(hilliness: number, luck: number): string {
  const choices: [string, number][] =
    hilliness < 0.3
      ? [
          ['1104', 0.24],
          ['1202', 0.34],
          ['0301', 0.2],
          ['0201', 0.12],
          ['09', 0.1],
        ]
      : [
          ['1202', 0.22],
          ['0201', 0.3],
          ['0301', 0.3],
          ['1104', 0.08],
          ['09', 0.1],
        ];
  let sum = 0;
  for (const [code, share] of choices) {
    sum += share;
    if (luck < sum) return code;
  }
  return '0301';
}
