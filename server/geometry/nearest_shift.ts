import Flatbush from 'flatbush';
import { type ContactLines, contactLines, nearestToOrigin } from './contact_lines.ts';
import type { Mover, ObstacleField } from './obstacle_field.ts';

/** The first ring of shifts that is searched, m; each further one is twice as wide. */
const FIRST_RING_M = 1;
/** After so many places tried a search lets others work. */
const SLICE = 200;

export interface Shift {
  dx: number;
  dy: number;
  distance_m: number;
}

/** Turns a place into the one that is told, or refuses it (null). What it gives must be free. */
export type Accept = (shift: Shift) => Shift | null;

/**
 * The smallest shift, m, that takes a shape to a place where it is free, or null: none within `radius`. Exact but for
 * the arcs of the clearance (`contactLines`): the nearest free shift is no shift, or a point of a contact line that is
 * nearest to no shift, or where two of them meet; all of these are tried, nearest first. A search in slices: `next()`
 * until it is done, so that a server can answer others in between.
 */
export function* nearestShift(
  mover: Mover,
  field: ObstacleField,
  radius: number,
  accept: Accept = (shift) => shift,
): Generator<void, Shift | null> {
  let tried = 0;
  const at = (dx: number, dy: number): Shift | null => {
    tried += 1;
    if (!field.isFree(mover, dx, dy)) return null;
    return accept({ dx, dy, distance_m: Math.hypot(dx, dy) });
  };
  const stands = at(0, 0);
  if (stands !== null) return stands;
  const lines = contactLines(mover, field, radius);
  const order = lines.nearest.map((_, i) => i).sort((a, b) => lines.nearest[a]! - lines.nearest[b]!);
  let from = 0;
  for (let to = FIRST_RING_M; from < radius; from = to, to *= 2) {
    let bound = Math.min(to, radius);
    const inside = order.filter((i) => lines.nearest[i]! <= bound);
    let best: Shift | null = null;
    for (const candidates of [pointsOf, meetings]) {
      for (const [distance, x, y] of candidates(lines, inside, from, bound)) {
        if (best !== null && distance >= bound) break;
        const found = at(x, y);
        if (tried % SLICE === 0) yield;
        if (found === null || found.distance_m > radius) continue;
        if (best === null || found.distance_m < best.distance_m) best = found;
        bound = distance;
        break;
      }
    }
    if (best !== null) return best;
  }
  return null;
}

type Candidate = [distance: number, x: number, y: number];

const byDistance = (a: Candidate, b: Candidate): number => a[0] - b[0];

/** Of each line its nearest point and its ends, as far as they lie in the ring, nearest first. */
function pointsOf({ ends }: ContactLines, chosen: readonly number[], from: number, to: number): Candidate[] {
  const found: Candidate[] = [];
  for (const i of chosen) {
    const [ax, ay, bx, by] = ends.slice(4 * i, 4 * i + 4) as [number, number, number, number];
    const [x, y, distance] = nearestToOrigin(ax, ay, bx, by);
    if (distance >= from && distance <= to) found.push([distance, x, y]);
    for (const [ex, ey] of [
      [ax, ay],
      [bx, by],
    ] as const) {
      const end = Math.hypot(ex, ey);
      if (end >= from && end <= to) found.push([end, ex, ey]);
    }
  }
  return found.sort(byDistance);
}

/** Where lines meet in the ring, nearest first. */
function meetings({ ends }: ContactLines, chosen: readonly number[], from: number, to: number): Candidate[] {
  if (chosen.length === 0) return [];
  const clip = (value: number) => Math.min(to, Math.max(-to, value));
  const index = new Flatbush(chosen.length);
  const box = (i: number): [number, number, number, number] => {
    const [ax, ay, bx, by] = ends.slice(4 * i, 4 * i + 4) as [number, number, number, number];
    return [clip(Math.min(ax, bx)), clip(Math.min(ay, by)), clip(Math.max(ax, bx)), clip(Math.max(ay, by))];
  };
  for (const i of chosen) index.add(...box(i));
  index.finish();
  const found: Candidate[] = [];
  chosen.forEach((i, n) => {
    for (const m of index.search(...box(i), (other) => other > n)) {
      const meeting = meet(ends, 4 * i, 4 * chosen[m]!);
      if (meeting !== null && meeting[0] >= from && meeting[0] <= to) found.push(meeting);
    }
  });
  return found.sort(byDistance);
}

function meet(ends: readonly number[], a: number, b: number): Candidate | null {
  const [ax, ay] = [ends[a]!, ends[a + 1]!];
  const [ux, uy] = [ends[a + 2]! - ax, ends[a + 3]! - ay];
  const [bx, by] = [ends[b]!, ends[b + 1]!];
  const [vx, vy] = [ends[b + 2]! - bx, ends[b + 3]! - by];
  const turn = ux * vy - uy * vx;
  if (Math.abs(turn) < 1e-12 * Math.hypot(ux, uy) * Math.hypot(vx, vy)) return null;
  const t = ((bx - ax) * vy - (by - ay) * vx) / turn;
  const s = ((bx - ax) * uy - (by - ay) * ux) / turn;
  if (t < 0 || t > 1 || s < 0 || s > 1) return null;
  const [x, y] = [ax + t * ux, ay + t * uy];
  return [Math.hypot(x, y), x, y];
}
