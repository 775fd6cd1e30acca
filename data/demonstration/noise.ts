/** Deterministic randomness: everything follows from integers, nothing from a clock or from Math.random. */

/** 32-bit hash of integers (a chain of murmur3 finalizers). */
export function hash(...values: number[]): number {
  let h = 0x9e3779b9;
  for (const value of values) {
    h = Math.imul(h ^ (value | 0), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h ^= h >>> 16;
  }
  return h >>> 0;
}

/** A sequence of numbers in [0, 1). */
export type Random = () => number;

/** The sequence that belongs to these integers. */
export function randomOf(...values: number[]): Random {
  const seed = hash(...values);
  let n = 0;
  return () => hash(seed, n++) / 4294967296;
}

function smooth(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}

const DIRECTIONS = 256;
const ANGLES = Array.from({ length: DIRECTIONS }, (_, k) => (k / DIRECTIONS) * 2 * Math.PI);
const COS = ANGLES.map(Math.cos);
const SIN = ANGLES.map(Math.sin);

/** Gradient of one lattice corner, dotted with the offset from it. */
function corner(seed: number, i: number, j: number, dx: number, dy: number): number {
  const k = hash(seed, i, j) % DIRECTIONS;
  return COS[k]! * dx + SIN[k]! * dy;
}

/** Gradient noise with lattice spacing 1: smooth (C²), mean 0, mostly within ±0.7. */
export function noise(seed: number, x: number, y: number): number {
  const i = Math.floor(x);
  const j = Math.floor(y);
  const u = x - i;
  const v = y - j;
  const su = smooth(u);
  const low = corner(seed, i, j, u, v) * (1 - su) + corner(seed, i + 1, j, u - 1, v) * su;
  const high = corner(seed, i, j + 1, u, v - 1) * (1 - su) + corner(seed, i + 1, j + 1, u - 1, v - 1) * su;
  return (low + (high - low) * smooth(v)) * 1.5;
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function ramp(from: number, to: number, x: number): number {
  return smooth(Math.min(1, Math.max(0, (x - from) / (to - from))));
}
