/**
 * EPSG:6933 (WGS 84 / NSIDC EASE-Grid 2.0 Global): Lambert cylindrical equal area, standard parallel 30°.
 * The official ellipsoidal area of TD/T 1055 is the planar area in this plane (../shared: performance.md;
 * docs/decisions). Equal-area, not metric: never measure a distance here.
 * Source: Snyder 1987, Map Projections: A Working Manual, eqs. 10-13 … 10-20, 3-12.
 */
const A = 6378137;
const F = 1 / 298.257223563;
const E2 = F * (2 - F);
const E1 = Math.sqrt(E2);
const RAD = Math.PI / 180;
const SIN_TS = Math.sin(30 * RAD);
const K0 = Math.cos(30 * RAD) / Math.sqrt(1 - E2 * SIN_TS * SIN_TS);

/** q of Snyder 3-12, for a latitude given by its sine. */
function q(sinPhi: number): number {
  const es = E1 * sinPhi;
  return (1 - E2) * (sinPhi / (1 - es * es) + Math.atanh(es) / E1);
}

/** lon, lat in degrees (EPSG:4490) → x, y in metres (EPSG:6933). */
export function toEqualArea(lon: number, lat: number): [number, number] {
  return [A * K0 * lon * RAD, (A * q(Math.sin(lat * RAD))) / (2 * K0)];
}

/** x, y in metres (EPSG:6933) → lon, lat in degrees (EPSG:4490). Newton iteration, Snyder 3-16. */
export function fromEqualArea(x: number, y: number): [number, number] {
  const target = (2 * y * K0) / A;
  let sinPhi = target / 2;
  for (let i = 0; i < 12; i++) {
    const es2 = E2 * sinPhi * sinPhi;
    const slope = (2 * (1 - E2)) / ((1 - es2) * (1 - es2));
    const step = (target - q(sinPhi)) / slope;
    sinPhi += step;
    if (Math.abs(step) < 1e-16) break;
  }
  return [x / (A * K0 * RAD), Math.asin(sinPhi) / RAD];
}

/**
 * How many times its length on the ground something along the parallel of a latitude (degrees) has in EPSG:6933; along
 * the meridian it is the inverse (Snyder 1987, eqs. 10-3, 10-4). 1 at 30°.
 */
export function stretchAt(lat: number): number {
  const sin = Math.sin(lat * RAD);
  return (K0 * Math.sqrt(1 - E2 * sin * sin)) / Math.cos(lat * RAD);
}

/** EPSG:6933 stretches lengths by 0.77 to 1.47 in China: what lies within a distance does so within this many times it. */
export const MOST_STRETCH = 1.6;

/** Signed area in m² of a ring of x, y in EPSG:6933 (closed or not); positive when counter-clockwise. */
export function ringArea(ring: readonly (readonly number[])[]): number {
  const first = ring[0];
  if (!first) return 0;
  const [ox, oy] = [first[0]!, first[1]!];
  let twice = 0;
  for (let i = 0; i < ring.length; i++) {
    const p = ring[i]!;
    const n = ring[(i + 1) % ring.length]!;
    twice += (p[0]! - ox) * (n[1]! - oy) - (n[0]! - ox) * (p[1]! - oy);
  }
  return twice / 2;
}
