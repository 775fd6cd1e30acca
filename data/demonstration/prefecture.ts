import type { LayerKey } from '../../server/contract/index.ts';
import type { CountyPlan } from './counties.ts';

/** A county of the prefecture: where it lies and how large it is, both roughly as the real one. */
export interface CountySite {
  code: string;
  /** where its seat is drawn, metres east and north of the prefecture's */
  x: number;
  y: number;
  /** m² */
  area: number;
  declaredEmpty: LayerKey[];
}

const site = (
  code: string,
  x: number,
  y: number,
  km2: number,
  declaredEmpty: LayerKey[] = [],
): CountySite => ({
  code,
  x: 1000 * x,
  y: 1000 * y,
  area: 1e6 * km2,
  declaredEmpty: ['basic_tobacco_field', ...declaredEmpty],
});

const NO_HILLS: LayerKey[] = [
  'ecological_red_line',
  'fallow_programme',
  'steep_slope',
  'nature_reserve',
  'geohazard',
];

/**
 * The whole prefecture on one drawing board, so that neighbouring counties share their border. Hills in the north, the
 * plain of the Yellow River in the south.
 */
export const PREFECTURE: Omit<CountyPlan, 'townships' | 'declaredEmpty' | 'missing'> = {
  code: '4108',
  meridian: 114,
  seat: [113.24, 35.2],
  seed: 4108,
  relief: 'foothills',
  board: [-60000, -40000, 42000, 28000],
};

export const SITES: CountySite[] = [
  site('410802', -1, 4, 62),
  site('410803', -6, 6, 124),
  site('410804', 8, 6, 118),
  site('410811', 2, 1, 75, NO_HILLS),
  site('410821', 20, 8, 611),
  site('410822', -17, 4, 435),
  site('410823', 14, -14, 805, NO_HILLS),
  site('410825', -15, -26, 462, NO_HILLS),
  site('410871', 1, -6, 180, NO_HILLS),
  site('410882', -31, -2, 594),
  site('410883', -41, -24, 542, NO_HILLS),
];

/** Parcels per area at which the prefecture has about 1.4 million. */
export const PREFECTURE_DENSITY = 10;
