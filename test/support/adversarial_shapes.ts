import { SOUTH, STEP, WEST } from './test_land.ts';

export type Rings = number[][][];
/** Cells of the test land → lon, lat. */
export const at = (x: number, y: number): number[] => [WEST + x * STEP, SOUTH + y * STEP];
/** The ring with its first position again at its end. */
export const close = (ring: number[][]): number[][] => [...ring, ring[0]!];

/** A comb over the village from `west` to `east`, in cells: `teeth` thin teeth, four vertices each. */
export function comb(teeth: number, west = 0.2, east = 3.8): Rings {
  const ring: number[][] = [at(west, 0.2), at(east, 0.2)];
  const w = (east - west) / teeth;
  for (let i = teeth - 1; i >= 0; i--) {
    const x = west + w * i;
    ring.push(at(x + w * 0.6, 0.4), at(x + w * 0.6, 3.8), at(x + w * 0.2, 3.8), at(x + w * 0.2, 0.4));
  }
  return [close(ring)];
}

/** A spiral arm of `turns` turns, out and back. */
export function spiral(vertices: number, turns: number): Rings {
  const half = vertices / 2;
  const point = (i: number, width: number) => {
    const angle = (i / half) * turns * 2 * Math.PI;
    const radius = 0.1 + (1.6 * i) / half + width;
    return at(2 + radius * Math.cos(angle), 2 + radius * Math.sin(angle));
  };
  const out = Array.from({ length: half }, (_, i) => point(i, 0));
  const back = Array.from({ length: half }, (_, i) => point(half - 1 - i, (0.8 / turns) * 0.5));
  return [close([...out, ...back])];
}

/** `count` triangles beside each other, each a part of its own, over the whole village. */
export function confetti(count: number): Rings[] {
  const side = Math.ceil(Math.sqrt(count));
  return Array.from({ length: count }, (_, i) => {
    const [x, y] = [0.1 + (3.8 * (i % side)) / side, 0.1 + (3.8 * Math.floor(i / side)) / side];
    const size = (3.8 / side) * 0.6;
    return [close([at(x, y), at(x + size, y), at(x, y + size)])];
  });
}

/** One part with `count` triangular holes: a ring each. */
export function sieve(count: number): Rings {
  const holes = confetti(count).map(([ring]) => [...ring!].reverse());
  return [close([at(0.05, 0.05), at(3.95, 0.05), at(3.95, 3.95), at(0.05, 3.95)]), ...holes];
}

/** `count` slivers of 0.1 mm, 300 m long, side by side: 1e-9° are 0.1 mm. */
export function slivers(count: number): Rings[] {
  return Array.from({ length: count }, (_, i) => {
    const y = 0.2 + (3.6 * i) / count;
    const height = 1e-9 / STEP;
    return [close([at(0.1, y), at(3.4, y), at(3.4, y + height), at(0.1, y + height)])];
  });
}
