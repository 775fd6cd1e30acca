import type { Bounds } from '../map/types.ts';

/** Of so many shapes the server shows a point each: outlines are asked for where somebody looks closely. */
export const MANY_SHAPES = 2_000;
/** Coarser than this, in m per px, a shape of 30 m is a dot anyway. */
const CLOSE_M_PER_PX = 6;
/** Half of a wide screen, px. */
const HALF_SCREEN_PX = 800;
const M_PER_DEGREE = 111_320;
const DECIMALS = 4;

/** What is seen around the middle of a map, in degrees to some 10 m; null: too coarse for outlines. */
export function nearView([lon, lat]: readonly [number, number], metres_per_px: number): Bounds | null {
  if (metres_per_px > CLOSE_M_PER_PX) return null;
  const dy = (HALF_SCREEN_PX * metres_per_px) / M_PER_DEGREE;
  const dx = dy / Math.cos((lat * Math.PI) / 180);
  const [west, south, east, north] = [lon - dx, lat - dy, lon + dx, lat + dy].map((value) =>
    Number(value.toFixed(DECIMALS)),
  );
  return [west!, south!, east!, north!];
}
