import Flatbush from 'flatbush';
import { locateInRing, type Ring } from './containment.ts';

/** Beyond this many rings within each other's boxes nothing is grouped; the checks behind refuse such a shape. */
const MAX_PAIRS = 200_000;

function isInside(inner: Ring, outer: Ring): boolean {
  for (const p of inner) {
    const place = locateInRing(p, outer);
    if (place !== 0) return place > 0;
  }
  return false;
}

/**
 * Loose rings as parts, by containment and not by orientation or number: a ring inside an even number of others is an
 * outer ring, one inside an odd number a hole of the smallest ring around it. Returns indices: [part][outer, ...holes],
 * in the order of the input. Decides nothing about validity: rings that cross come out in some group and are refused
 * by the checks behind.
 */
export function groupRings(rings: readonly Ring[]): number[][] {
  if (rings.length === 1) return [[0]];
  const boxes = rings.map((ring) => {
    const xs = ring.map((p) => p[0]!);
    const ys = ring.map((p) => p[1]!);
    const [min, max] = [(a: number, b: number) => Math.min(a, b), (a: number, b: number) => Math.max(a, b)];
    return [xs.reduce(min), ys.reduce(min), xs.reduce(max), ys.reduce(max)] as const;
  });
  const index = new Flatbush(rings.length);
  for (const box of boxes) index.add(...box);
  index.finish();
  let pairs = 0;
  const around: number[][] = [];
  for (const [i, ring] of rings.entries()) {
    const [w, s, e, n] = boxes[i]!;
    const candidates = index.search(w, s, e, n);
    pairs += candidates.length;
    if (pairs > MAX_PAIRS + rings.length) return [rings.map((_, k) => k)];
    around.push(
      candidates.filter((j) => {
        const [ow, os, oe, on] = boxes[j]!;
        return i !== j && ow <= w && os <= s && oe >= e && on >= n && isInside(ring, rings[j]!);
      }),
    );
  }
  const groups = new Map<number, number[]>();
  rings.forEach((_, i) => {
    if (around[i]!.length % 2 === 0) groups.set(i, [i]);
  });
  rings.forEach((_, i) => {
    if (around[i]!.length % 2 === 0) return;
    const parent = around[i]!.reduce((a, b) => (around[b]!.length > around[a]!.length ? b : a));
    groups.get(parent)?.push(i);
    if (!groups.has(parent)) groups.set(i, [i]);
  });
  return [...groups.values()];
}
