import type { LayerKey } from '../../server/contract/index.ts';
import type { LandFeature } from '../../server/layers/land_source.ts';
import { isBuiltUp, isCropland } from './classes.ts';
import { clipFaces, type Level } from './clip.ts';
import { builtUp, type Designation } from './designate.ts';
import { type Hazard, hazardsNear, type Levels } from './levels.ts';
import { Mesh, type Point, type Ring } from './mesh.ts';
import type { CountyTerritory } from './territory.ts';
import { coordinates, outlines } from './trace.ts';
import type { Parcel, VillageLand } from './village.ts';

/** Everything that the zones of a village follow from. */
export interface VillageCase {
  county: CountyTerritory;
  levels: Levels;
  land: VillageLand;
  designation: Designation;
}

type Attributes = LandFeature['attributes'];
export type ZoneLayer = Exclude<LayerKey, 'land_use'>;

/** One feature of the union of the given faces, or none where there is nothing. */
function feature(
  land: VillageLand,
  code: string,
  name: string,
  faces: Iterable<Ring>,
  attributes: Attributes = {},
): LandFeature[] {
  const parts = outlines(faces);
  if (parts.length === 0) return [];
  return [
    {
      class_code: code,
      class_name: name,
      village_code: land.code,
      kcxs: null,
      attributes: { XZQDM: land.code, XZQMC: land.name, ...attributes },
      geometry: { type: 'MultiPolygon', coordinates: parts.map(coordinates) },
    },
  ];
}

function facesOf(parcels: Iterable<Parcel>): Ring[] {
  return [...new Set([...parcels].flatMap((p) => p.faces))];
}

function where(land: VillageLand, filter: (p: Parcel) => boolean, level: Level): Ring[] {
  return clipFaces(facesOf(land.parcels.filter(filter)), level);
}

const HAZARD_NAMES: Record<Hazard['kind'], string> = {
  landslide: '滑坡',
  collapse: '崩塌',
  subsidence: '地面塌陷',
};
const FACILITIES: [string, string][] = [
  ['livestock', '畜禽养殖设施'],
  ['crop', '作物种植设施'],
  ['aquaculture', '水产养殖设施'],
];

/** The hazard points that lie wholly inside a village; one that crosses its border is not drawn at all. */
function hazardsInside(county: CountyTerritory, land: VillageLand): Hazard[] {
  const border = outlines(land.parcels.flatMap((p) => p.faces)).flat();
  const all = border.flat();
  const middle = {
    x: all.reduce((s, v) => s + v.x, 0) / all.length,
    y: all.reduce((s, v) => s + v.y, 0) / all.length,
  };
  const reach = all.reduce((most, v) => Math.max(most, Math.hypot(v.x - middle.x, v.y - middle.y)), 0);
  return hazardsNear(county, middle, reach).filter((h) => h.border.every((p) => isWithin(p, border)));
}

/** Even-odd rule over all rings of a border, in the drawing plane. */
function isWithin(p: Point, border: Ring[]): boolean {
  let inside = false;
  for (const ring of border) {
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length]!;
      if (a.y > p.y !== b.y > p.y && p.x < ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
    });
  }
  return inside;
}

/** What a village has of each zone layer. Features of one layer never overlap. */
export const ZONES: Record<ZoneLayer, (c: VillageCase) => LandFeature[]> = {
  permanent_basic_farmland({ land, levels, designation }) {
    const faces = facesOf(designation.protectedFarmland);
    return feature(
      land,
      'pbf',
      '永久基本农田',
      designation.cutsParcels ? clipFaces(faces, levels.protectedFarmland) : faces,
      { YSDM: '2005010300' },
    );
  },
  ecological_red_line({ land, levels }) {
    return feature(
      land,
      'erl',
      '生态保护红线',
      where(land, (p) => !isBuiltUp(p.landClass), levels.ecologicalRedLine),
      { HXLX: '水土保持' },
    );
  },
  urban_growth_boundary({ land, levels }) {
    return feature(
      land,
      'concentrated',
      '城镇集中建设区',
      where(land, () => true, levels.urbanGrowth),
      { GHFQMC: '城镇集中建设区' },
    );
  },
  grain_production_zone({ land, levels, designation }) {
    const fields = (p: Parcel): boolean =>
      isCropland(p.landClass) && p.slope < 6 && !designation.tobacco.has(p) && !designation.fallow.has(p);
    return feature(land, 'wheat_maize', '小麦玉米生产功能区', where(land, fields, levels.grainProduction));
  },
  important_product_zone({ land, levels, designation }) {
    const fields = (p: Parcel): boolean =>
      isCropland(p.landClass) && p.slope < 15 && !designation.tobacco.has(p) && !designation.fallow.has(p);
    return feature(land, 'soybean', '大豆生产保护区', where(land, fields, levels.importantProduct));
  },
  basic_tobacco_field({ land, designation }) {
    const core = [...designation.tobacco].filter((p) => p.slope < 8);
    const general = [...designation.tobacco].filter((p) => p.slope >= 8);
    return [
      ...feature(land, 'core', '核心烟田', facesOf(core)),
      ...feature(land, 'general', '一般烟田', facesOf(general)),
    ];
  },
  fallow_programme({ land, designation }) {
    return feature(land, 'grain_for_green', '退耕还林还草地块', facesOf(designation.fallow));
  },
  steep_slope({ land, levels }) {
    return feature(
      land,
      'over_25',
      '25°以上坡地',
      where(land, (p) => !isBuiltUp(p.landClass), levels.steepSlope),
      { PDJB: '5' },
    );
  },
  nature_reserve({ land, levels }) {
    return feature(
      land,
      'park',
      '自然公园（一般控制区）',
      where(land, (p) => !isBuiltUp(p.landClass), levels.natureReserve),
    );
  },
  geohazard({ county, land }) {
    return hazardsInside(county, land).flatMap((hazard) => {
      const mesh = new Mesh();
      const ring = hazard.border.map((p) => county.plane.place(mesh.vertex(p.x, p.y)));
      return feature(land, hazard.kind, HAZARD_NAMES[hazard.kind], [ring], {
        编号: `${land.code.slice(0, 6)}${String(hazard.number).padStart(6, '0')}`,
        灾害类型: HAZARD_NAMES[hazard.kind],
      });
    });
  },
  village_plan({ land, designation }) {
    const existing = builtUp(land).filter((p) => !designation.expansion.has(p));
    return [
      ...feature(land, 'construction_existing', '现状村庄建设用地', facesOf(existing)),
      ...feature(land, 'construction_new', '规划新增村庄建设用地', facesOf(designation.expansion)),
    ];
  },
  approved_land({ land, designation }) {
    return feature(land, 'transfer', '已批准农用地转用', facesOf(designation.approved), {
      批准文号: `示意〔2023〕${land.code.slice(9)}号`,
      批准日期: '2023-09-18',
    });
  },
  facility_filing({ land }) {
    const filed = land.parcels.filter((p) => p.landClass === '1202').filter((_, i) => i % 3 !== 2);
    return FACILITIES.flatMap(([code, name], k) =>
      feature(land, code, name, facesOf(filed.filter((_, i) => i % 3 === k)), { 备案日期: '2022-05-20' }),
    );
  },
  temporary_land({ land, designation }) {
    return feature(land, 'temporary', '临时用地', facesOf(designation.temporary), {
      批准日期: '2026-03-01',
      到期日期: '2028-02-29',
      用途: '施工便道与堆料',
    });
  },
};
