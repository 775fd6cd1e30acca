import { side } from './sweep.ts';

type Point = readonly number[];
/** A closed ring of x, y in one plane. */
export type Ring = readonly Point[];

/** Exact: 1 inside, 0 on the boundary, -1 outside. The ring is closed; its orientation does not matter. */
export function locateInRing(p: Point, ring: Ring): 1 | 0 | -1 {
  const [x, y] = [p[0]!, p[1]!];
  let inside = false;
  for (let i = 0; i + 1 < ring.length; i++) {
    const a = ring[i]!;
    const b = ring[i + 1]!;
    const [ay, by] = [a[1]!, b[1]!];
    if ((ay > y && by > y) || (ay < y && by < y) || (a[0]! < x && b[0]! < x)) continue;
    if (ay === y && by === y) {
      if (Math.min(a[0]!, b[0]!) <= x && x <= Math.max(a[0]!, b[0]!)) return 0;
      continue;
    }
    const turn = ay < by ? side(a, b, p) : side(b, a, p);
    if (turn === 0) return 0;
    if (turn > 0 && ay > y !== by > y) inside = !inside;
  }
  return inside ? 1 : -1;
}

function isCounterClockwise(ring: Ring): boolean {
  let lowest = 0;
  for (let i = 1; i + 1 < ring.length; i++) {
    const [p, q] = [ring[i]!, ring[lowest]!];
    if (p[0]! < q[0]! || (p[0] === q[0] && p[1]! < q[1]!)) lowest = i;
  }
  const previous = ring[lowest === 0 ? ring.length - 2 : lowest - 1]!;
  return side(previous, ring[lowest]!, ring[lowest + 1]!) > 0;
}

/** The neighbours of `p` along `ring`, in counter-clockwise order of the ring; `p` lies on it. */
function neighbours(p: Point, ring: Ring): [Point, Point] {
  const same = (q: Point) => q[0] === p[0] && q[1] === p[1];
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i]!, ring[i + 1]!];
    if (same(a)) return [ring[i === 0 ? ring.length - 2 : i - 1]!, b];
    if (same(b) || side(a, b, p) !== 0) continue;
    const between = (axis: 0 | 1) =>
      Math.min(a[axis]!, b[axis]!) <= p[axis]! && p[axis]! <= Math.max(a[axis]!, b[axis]!);
    if (between(0) && between(1)) return [a, b];
  }
  throw new Error('point is not on the ring');
}

function pointsInside(p: Point, towards: Point, ring: Ring): boolean {
  const [first, second] = neighbours(p, ring);
  const [previous, next] = isCounterClockwise(ring) ? [first, second] : [second, first];
  const afterNext = side(p, next, towards) > 0;
  const beforePrevious = side(p, towards, previous) > 0;
  return side(previous, p, next) > 0 ? afterNext && beforePrevious : afterNext || beforePrevious;
}

/**
 * Whether `inner` lies in the area that `outer` encloses. The two must neither cross nor share any part of an edge
 * (they may touch at points). Exact.
 */
export function ringInside(inner: Ring, outer: Ring): boolean {
  for (const p of inner) {
    const place = locateInRing(p, outer);
    if (place !== 0) return place > 0;
  }
  return pointsInside(inner[0]!, inner[1]!, outer);
}
