import { orient2d } from 'robust-predicates';
import type { PlaneRing } from './rings.ts';

type Point = readonly number[];

/** An edge of a ring; `left` before `right` in the order (x, y). `edge`: index of its first vertex in the ring. */
export interface Segment {
  left: Point;
  right: Point;
  ring: number;
  edge: number;
}

/** Two edges that meet where they must not, and where (EPSG:6933). */
export interface Meeting {
  a: Segment;
  b: Segment;
  at: [number, number];
}

/** What the sweep is told at each point where edges of more than one ring meet: the rings' indices. */
export type OnTouch = (at: Point, rings: number[], through: Segment[]) => Meeting | null;

/** Exact: positive where c lies to the left of the line from a to b (y upward). */
export function side(a: Point, b: Point, c: Point): number {
  return -orient2d(a[0]!, a[1]!, b[0]!, b[1]!, c[0]!, c[1]!);
}

function before(a: Point, b: Point): number {
  return a[0]! - b[0]! || a[1]! - b[1]!;
}

function segmentsOf(rings: readonly PlaneRing[]): Segment[] {
  const segments: Segment[] = [];
  rings.forEach(({ plane }, ring) => {
    for (let edge = 0; edge + 1 < plane.length; edge++) {
      const a = plane[edge]!;
      const b = plane[edge + 1]!;
      segments.push(before(a, b) < 0 ? { left: a, right: b, ring, edge } : { left: b, right: a, ring, edge });
    }
  });
  return segments;
}

function crossProperly(s: Segment, t: Segment): boolean {
  const a = side(s.left, s.right, t.left);
  const b = side(s.left, s.right, t.right);
  if (!((a > 0 && b < 0) || (a < 0 && b > 0))) return false;
  const c = side(t.left, t.right, s.left);
  const d = side(t.left, t.right, s.right);
  return (c > 0 && d < 0) || (c < 0 && d > 0);
}

/** Where two properly crossing segments meet; only to show the place. */
function crossing(s: Segment, t: Segment): [number, number] {
  const [x, y] = [s.left[0]!, s.left[1]!];
  const [ux, uy] = [s.right[0]! - x, s.right[1]! - y];
  const [vx, vy] = [t.right[0]! - t.left[0]!, t.right[1]! - t.left[1]!];
  const det = ux * vy - uy * vx;
  const k = det === 0 ? 0.5 : ((t.left[0]! - x) * vy - (t.left[1]! - y) * vx) / det;
  return [x + k * ux, y + k * uy];
}

/** Half-edges at a point in counter-clockwise order, beginning straight down; null and the pair where two coincide. */
function around(at: Point, ends: Segment[], through: Segment[], starts: Segment[]): Segment[] | Meeting {
  const rightward = [...through, ...starts];
  const leftward = [...through, ...ends];
  rightward.sort((s, t) => -side(at, s.right, t.right));
  leftward.sort((s, t) => -side(at, s.left, t.left));
  for (const [list, end] of [
    [rightward, 'right'],
    [leftward, 'left'],
  ] as const) {
    for (let i = 1; i < list.length; i++) {
      const [a, b] = [list[i - 1]!, list[i]!];
      if (side(at, a[end], b[end]) === 0) return { a, b, at: [at[0]!, at[1]!] };
    }
  }
  return [...rightward, ...leftward];
}

/** The pair that makes rings cross at a point: going around it, the half-edges of every ring must nest like brackets. */
function crossingAtNode(at: Point, order: Segment[]): Meeting | null {
  const open: Segment[] = [];
  const seen = new Set<number>();
  for (const segment of order) {
    if (!seen.has(segment.ring)) {
      seen.add(segment.ring);
      open.push(segment);
    } else {
      const top = open.pop()!;
      if (top.ring !== segment.ring) return { a: segment, b: top, at: [at[0]!, at[1]!] };
    }
  }
  return null;
}

function meetingAt(
  at: Point,
  ends: Segment[],
  through: Segment[],
  starts: Segment[],
  onTouch: OnTouch,
): Meeting | null {
  if (through.length === 0 && ends.length + starts.length === 2) {
    const [a, b] = [...ends, ...starts] as [Segment, Segment];
    if (ends.length === 1) return null;
    const end = ends.length === 2 ? 'left' : 'right';
    return side(at, a[end], b[end]) === 0 ? { a, b, at: [at[0]!, at[1]!] } : null;
  }
  const order = around(at, ends, through, starts);
  if (!Array.isArray(order)) return order;
  const perRing = new Map<number, Segment[]>();
  for (const segment of order) {
    const list = perRing.get(segment.ring);
    if (list) list.push(segment);
    else perRing.set(segment.ring, [segment]);
  }
  for (const list of perRing.values()) {
    if (list.length > 2) {
      const a = list[0]!;
      return { a, b: list.find((s) => Math.abs(s.edge - a.edge) > 1) ?? list[1]!, at: [at[0]!, at[1]!] };
    }
  }
  return crossingAtNode(at, order) ?? onTouch(at, [...perRing.keys()], order);
}

/** First index in `status` (ordered from below) whose segment does not lie wholly below `p`. */
function lowerBound(status: Segment[], p: Point): number {
  let low = 0;
  let high = status.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const segment = status[middle]!;
    if (side(segment.left, segment.right, p) > 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Sweeps all rings from left to right (Shamos and Hoey 1976, with the event handling of de Berg et al., Computational
 * Geometry, ch. 2) and returns the first forbidden meeting, or null. Forbidden: a proper crossing, edges that run along
 * each other, a ring that touches itself, rings that cross at a vertex. All decisions are exact, n log n for any shape;
 * touching at a point is reported to `onTouch`. Coordinates in one plane (EPSG:6933).
 */
export function sweep(rings: readonly PlaneRing[], onTouch: OnTouch): Meeting | null {
  const segments = segmentsOf(rings);
  const starts = segments.slice().sort((s, t) => before(s.left, t.left));
  const points = segments.flatMap((s) => [s.left, s.right]).sort(before);
  const status: Segment[] = [];
  let next = 0;
  let previous: Point | undefined;
  for (const p of points) {
    if (previous && before(previous, p) === 0) continue;
    previous = p;
    const low = lowerBound(status, p);
    let high = low;
    const ending: Segment[] = [];
    const through: Segment[] = [];
    for (; high < status.length; high++) {
      const segment = status[high]!;
      if (side(segment.left, segment.right, p) !== 0) break;
      (before(segment.right, p) === 0 ? ending : through).push(segment);
    }
    const starting: Segment[] = [];
    while (next < starts.length && before(starts[next]!.left, p) === 0) starting.push(starts[next++]!);
    const meeting = meetingAt(p, ending, through, starting, onTouch);
    if (meeting) return meeting;
    const rightward = [...through, ...starting].sort((s, t) => -side(p, s.right, t.right));
    status.splice(low, high - low, ...rightward);
    const pairs: [number, number][] =
      rightward.length === 0
        ? [[low - 1, low]]
        : [
            [low - 1, low],
            [low + rightward.length - 1, low + rightward.length],
          ];
    for (const [i, j] of pairs) {
      const [s, t] = [status[i], status[j]];
      if (s && t && crossProperly(s, t)) return { a: s, b: t, at: crossing(s, t) };
    }
  }
  return null;
}
