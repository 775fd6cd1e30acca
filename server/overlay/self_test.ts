import type { Knex } from 'knex';
import { readShape, shapeEwkb } from '../geometry/index.ts';
import { type LandVersion, type Layer, latestVersion } from '../layers/index.ts';
import { measureCoverage, measureParts } from './queries.ts';

/** The self-test's land lies under a county code that no county has, and no answer reads it. */
export const SELF_TEST_COUNTY = '000000';

export const SELF_TEST_LAYER: Layer = {
  key: 'self_test',
  title: { zh: '自检', en: 'self-test' },
  kind: 'self_test',
  legal_basis: [],
  office: '',
  threshold_m2: 0,
  near_miss_m: 0,
  audience: 'none',
  colour: '#000000',
  position: 0,
};

const [WEST, SOUTH, STEP] = [113, 35.2, 1 / 60];
/** m² of the cell 113°0′–113°1′ E, 35°12′–35°13′ N (TD/T 1055, closed form; ../shared: domain.md §2). */
const CELL_M2 = 2806159.3845;
/** The western third of the cell is a feature, and the shape asked about is its western half. */
const FEATURE_SHARE = 1 / 3;
const SHAPE_SHARE = 1 / 2;

function strip(share: number): number[][][] {
  const [east, north] = [WEST + STEP * share, SOUTH + STEP];
  return [
    [
      [WEST, SOUTH],
      [east, SOUTH],
      [east, north],
      [WEST, north],
      [WEST, SOUTH],
    ],
  ];
}

/** The version that {@link runSelfTest} measures. */
export function selfTestLand(): LandVersion {
  return {
    layer: SELF_TEST_LAYER.key,
    label: 'self-test',
    source: 'server/overlay/self_test.ts',
    in_force_from: '2000-01-01',
    in_force_until: null,
    coverage: { type: 'MultiPolygon', coordinates: [strip(1)] },
    declared_empty: false,
    features: () => [
      {
        class_code: 'inside',
        class_name: 'inside',
        village_code: null,
        kcxs: null,
        attributes: {},
        geometry: { type: 'Polygon', coordinates: strip(FEATURE_SHARE) },
      },
    ],
  };
}

/** Runs a known overlay through the statements that answers use. Returns what differs; empty: all is right. */
export async function runSelfTest(db: Knex, gridSize: number): Promise<string[]> {
  const id = await latestVersion(db, SELF_TEST_COUNTY);
  if (id === null) return ['the self-test land is missing'];
  const ids = [id];
  const shape = shapeEwkb(readShape({ type: 'Polygon', coordinates: strip(SHAPE_SHARE) }, {}));
  const parts = await measureParts(db, shape, [SELF_TEST_COUNTY], ids, gridSize);
  const coverage = await measureCoverage(db, shape, [SELF_TEST_COUNTY], ids, gridSize);
  const sum = (inside: boolean) =>
    parts
      .filter((part) => (part.class_code !== null) === inside)
      .reduce((total, part) => total + part.area_m2, 0);
  const found: [string, number, number][] = [
    ['inside', sum(true), CELL_M2 * FEATURE_SHARE],
    ['outside', sum(false), CELL_M2 * (SHAPE_SHARE - FEATURE_SHARE)],
    ['coverage', coverage.get(id) ?? 0, CELL_M2 * SHAPE_SHARE],
  ];
  return found
    .filter(([, is, should]) => !(Math.abs(is - should) <= 0.01))
    .map(([name, is, should]) => `${name}: ${is} m², should be ${should.toFixed(4)} m²`);
}
