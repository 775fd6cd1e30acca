import { SOUTH, STEP, WEST } from './test_land.ts';

/** A generator of numbers in [0, 1) that gives the same sequence for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * A star-shaped ring around a place of the test land, 3 to 40 vertices. Some vertices are set on corners of
 * parcels or a hair beside them (down to 0.1 µm): where overlay engines differ.
 */
export function starRing(next: () => number): number[][] {
  const [cx, cy] = [next() * 4.6 - 0.3, next() * 4.6 - 0.3];
  const count = 3 + Math.floor(next() * 38);
  const size = 10 ** (next() * 1.8 - 1.5);
  const nasty = next() < 0.6;
  const ring: number[][] = [];
  for (let i = 0; i < count; i++) {
    const angle = ((i + next() * 0.8) / count) * 2 * Math.PI;
    const radius = size * (0.4 + 0.6 * next());
    let [x, y] = [cx + Math.cos(angle) * radius, cy + Math.sin(angle) * radius];
    if (nasty && next() < 0.5) {
      const hair = next() < 0.5 ? 0 : 10 ** -(4 + next() * 5) * (next() - 0.5);
      if (Math.abs(Math.round(x) - x) < size * 0.1) x = Math.round(x) + hair;
      if (Math.abs(Math.round(y) - y) < size * 0.1) y = Math.round(y) + hair;
    }
    ring.push([WEST + x * STEP, SOUTH + y * STEP]);
  }
  return [...ring, ring[0]!];
}
