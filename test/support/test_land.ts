import type { MultiPolygon, Polygon } from 'geojson';
import type { LandCounty, LandFeature, LandVersion } from '../../server/layers/index.ts';

/**
 * A small village made by hand for tests: 4 × 4 parcels of 0.001° in county 410821 (zone 38).
 * Columns 0–1 are permanent basic farmland along the parcels' borders (the nasty case), with a hole in parcel
 * (1, 1); the red line crosses parcels; geohazard is declared empty; nature_reserve has no version.
 */
export const COUNTY = '410821';
export const VILLAGE = '410821100001';
export const WEST = 113.24;
export const SOUTH = 35.215;
export const STEP = 0.001;

export type Ring = [number, number][];

/** A closed rectangle in cells of the test land; not rounded. */
export function cells(west: number, south: number, east: number, north: number): Ring {
  const [w, s, e, n] = [WEST + west * STEP, SOUTH + south * STEP, WEST + east * STEP, SOUTH + north * STEP];
  return [
    [w, s],
    [e, s],
    [e, n],
    [w, n],
    [w, s],
  ];
}

export const polygon = (...rings: Ring[]): Polygon => ({ type: 'Polygon', coordinates: rings });
const multi = (...polygons: Ring[][]): MultiPolygon => ({ type: 'MultiPolygon', coordinates: polygons });
/** The village's border has a vertex at every junction. */
function border(): Ring {
  const ring: Ring = [];
  const at = (i: number, j: number) => ring.push([WEST + i * STEP, SOUTH + j * STEP]);
  for (let i = 0; i < 4; i++) at(i, 0);
  for (let j = 0; j < 4; j++) at(4, j);
  for (let i = 4; i > 0; i--) at(i, 4);
  for (let j = 4; j > 0; j--) at(0, j);
  return [...ring, ring[0]!];
}

const CLASSES = [
  ['0103', '0103', '0702', '1202'],
  ['0102', '0102', '0702', '0301'],
  ['0102', '0102', '0102', '0301'],
  ['0102', '1104', '0102', '1101'],
];

export function parcels(): LandFeature[] {
  return CLASSES.flatMap((row, j) =>
    row.map((code, i) => ({
      class_code: code,
      class_name: code,
      village_code: VILLAGE,
      kcxs: code === '0103' ? 0.1 : null,
      attributes: {
        TBBH: `${j * 4 + i + 1}`,
        GDPDJB: code === '0103' ? '3' : code === '0102' ? '1' : null,
        QSXZ: code === '1101' ? '20' : '30',
      },
      geometry: polygon(cells(i, j, i + 1, j + 1)),
    })),
  );
}

export function zone(code: string, geometry: Polygon | MultiPolygon): LandFeature {
  return { class_code: code, class_name: code, village_code: null, kcxs: null, attributes: {}, geometry };
}

export function version(
  layer: string,
  features: LandFeature[],
  extra: Partial<LandVersion> = {},
): LandVersion {
  return {
    layer,
    label: `测试 ${layer}`,
    source: 'test/support/test_land.ts',
    in_force_from: '2024-12-31',
    in_force_until: null,
    coverage: multi([border()]),
    declared_empty: features.length === 0,
    features: () => features,
    ...extra,
  };
}

/** Half of the western columns; the hole is parcel (1, 1)'s middle. */
export const FARMLAND_HOLE = cells(1.25, 1.25, 1.75, 1.75);

export function testCounty(): LandCounty {
  const farmland = zone('pbf', polygon(cells(0, 0, 2, 4), FARMLAND_HOLE));
  const redLine = zone('erl', polygon(cells(2.5, 2.5, 3.5, 3.75)));
  const empty = [
    'geohazard',
    'urban_growth_boundary',
    'grain_production_zone',
    'important_product_zone',
    'basic_tobacco_field',
    'fallow_programme',
    'steep_slope',
    'village_plan',
    'approved_land',
    'facility_filing',
    'temporary_land',
  ];
  return {
    code: COUNTY,
    divisions: [{ code: VILLAGE, geometry: multi([border()]) }],
    versions: [
      version('land_use', parcels()),
      version('permanent_basic_farmland', [farmland]),
      version('ecological_red_line', [redLine]),
      ...empty.map((layer) => version(layer, [])),
    ],
  };
}
