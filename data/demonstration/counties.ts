import type { LayerKey } from '../../server/contract/index.ts';
import type { Relief } from './terrain.ts';

export interface TownshipPlan {
  code: string;
  /** where its middle is drawn, metres east and north of the county seat */
  x: number;
  y: number;
  /** average area of a village in m² */
  villageArea: number;
}

export interface CountyPlan {
  code: string;
  /** central meridian of its 3° zone */
  meridian: number;
  /** the real county seat (GeoNames), lon, lat */
  seat: [number, number];
  seed: number;
  relief: Relief;
  /** where its town grows; default: the middle of the board's plane */
  town?: { x: number; y: number };
  /** the drawing board, metres east and north of the seat: [west, south, east, north] */
  board: [number, number, number, number];
  /** in the order in which `townshipsPerCounty` takes them */
  townships: TownshipPlan[];
  /** layers of which the county has nothing and says so */
  declaredEmpty: LayerKey[];
  /** townships that have no version of a layer, so that "no data" can be seen */
  missing: { layer: LayerKey; township: string }[];
}

export const COUNTIES: CountyPlan[] = [
  {
    code: '410821',
    meridian: 114,
    seat: [113.44041, 35.22946],
    seed: 410821,
    relief: 'foothills',
    board: [-14000, -3000, 9000, 21000],
    townships: [
      { code: '410821101', x: -4200, y: 11200, villageArea: 2.0e6 },
      { code: '410821204', x: -200, y: 5300, villageArea: 1.9e6 },
      { code: '410821103', x: -6500, y: 4500, villageArea: 2.1e6 },
    ],
    declaredEmpty: ['basic_tobacco_field'],
    missing: [],
  },
  {
    code: '411221',
    meridian: 111,
    seat: [111.75871, 34.76727],
    seed: 411221,
    relief: 'loess',
    board: [-13000, -23000, 11000, 3000],
    townships: [
      { code: '411221104', x: 400, y: -12200, villageArea: 2.2e6 },
      { code: '411221206', x: -3000, y: -5000, villageArea: 1.7e6 },
    ],
    declaredEmpty: ['nature_reserve'],
    missing: [{ layer: 'village_plan', township: '411221206' }],
  },
];
