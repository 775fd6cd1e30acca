import { noise, ramp } from './noise.ts';

export type Relief = 'foothills' | 'loess';

/** The lie of the land at a point of the drawing plane (metres from the county seat). All of it is invented. */
export interface Terrain {
  /** 0 plain … 1 hills */
  hilliness(x: number, y: number): number;
  /** degrees */
  slope(x: number, y: number): number;
  /** direction of the contour line in the hills and of the fields in the plain, radians */
  grain(x: number, y: number): number;
}

/** Metres over which a slope is measured, and over which fields follow the lie of the land. */
const SLOPE_STEP = 25;
const GRAIN_STEP = 130;

/** Relief of a county: foothills rise to the north out of a plain; loess is hills with flat tops everywhere. */
export function terrainOf(relief: Relief, seed: number): Terrain {
  const hilliness = (x: number, y: number): number => {
    const wave = 2200 * noise(seed + 1, x / 3500, y / 3500);
    return relief === 'foothills'
      ? ramp(9500, 13500, y + wave)
      : 0.65 + 0.35 * ramp(-0.25, 0.25, noise(seed + 1, x / 2600, y / 2600));
  };
  const elevation = (x: number, y: number): number => {
    const ridges = 1 - Math.abs(noise(seed + 2, x / 1500, y / 1500));
    const knolls = noise(seed + 3, x / 520, y / 520);
    return hilliness(x, y) * (230 * ridges + 62 * knolls);
  };
  const gradient = (x: number, y: number, step: number): [number, number] => [
    (elevation(x + step, y) - elevation(x - step, y)) / (2 * step),
    (elevation(x, y + step) - elevation(x, y - step)) / (2 * step),
  ];
  return {
    hilliness,
    slope(x, y) {
      const [gx, gy] = gradient(x, y, SLOPE_STEP);
      return (Math.atan(Math.hypot(gx, gy)) * 180) / Math.PI;
    },
    grain(x, y) {
      const plain = 0.7 * noise(seed + 4, x / 5000, y / 5000);
      if (hilliness(x, y) < 0.25) return plain;
      const [gx, gy] = gradient(x, y, GRAIN_STEP);
      return Math.atan2(gx, -gy);
    },
  };
}
