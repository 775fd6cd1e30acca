/** Deterministic randomness: everything follows from integers, nothing from a clock or from Math.random. */

/** 32-bit hash of integers (a chain of murmur3 finalizers). */
export function hash(...values: number[]): number {
  let h = START;
  for (const value of values) h = mix(h, value);
  return h >>> 0;
}

const START = 0x9e3779b9;

function mix(h: number, value: number): number {
  const a = Math.imul(h ^ (value | 0), 0x85ebca6b);
  const b = Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return b ^ (b >>> 16);
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

/** Gradient of one lattice corner, dotted with the offset from it. `row` is the hash of seed and i. */
function corner(row: number, j: number, dx: number, dy: number): number {
  const k = (mix(row, j) >>> 0) % DIRECTIONS;
  return COS[k]! * dx + SIN[k]! * dy;
}

/** Gradient noise with lattice spacing 1: smooth (C²), mean 0, mostly within ±0.7. */
export function noise(seed: number, x: number, y: number): number {
  const i = Math.floor(x);
  const j = Math.floor(y);
  const u = x - i;
  const v = y - j;
  const su = smooth(u);
  const root = mix(START, seed);
  const west = mix(root, i);
  const east = mix(root, i + 1);
  const low = corner(west, j, u, v) * (1 - su) + corner(east, j, u - 1, v) * su;
  const high = corner(west, j + 1, u, v - 1) * (1 - su) + corner(east, j + 1, u - 1, v - 1) * su;
  return (low + (high - low) * smooth(v)) * 1.5;
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function ramp(from: number, to: number, x: number): number {
  return smooth(Math.min(1, Math.max(0, (x - from) / (to - from))));
}
