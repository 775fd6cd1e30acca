import { contactLines } from './contact_lines.ts';
import type { Mover, ObstacleField } from './obstacle_field.ts';
import { candidatesIn } from './shift_candidates.ts';

/** The first ring of shifts that is searched, m; the next one is twice as wide, or narrower where there is much in it. */
const FIRST_RING_M = 1;
/** A ring this narrow, m, is searched however much there is in it. */
const LEAST_RING_M = 0.01;
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
 * nearest to no shift, or where two of them meet; all of these are tried, nearest first, ring by ring. A search in
 * slices: `next()` until it is done, so that a server can answer others in between.
 */
export function* nearestShift(
  mover: Mover,
  field: ObstacleField,
  radius: number,
  accept: Accept = (shift) => shift,
): Generator<void, Shift | null> {
  const at = (dx: number, dy: number): Shift | null => {
    if (!field.isFree(mover, dx, dy)) return null;
    const found = accept({ dx, dy, distance_m: Math.hypot(dx, dy) });
    return found !== null && found.distance_m <= radius ? found : null;
  };
  const stands = at(0, 0);
  if (stands !== null) return stands;
  const lines = yield* contactLines(mover, field, radius);
  let tried = 0;
  let width = FIRST_RING_M;
  for (let from = 0; from < radius; ) {
    const to = Math.min(from + width, radius);
    const candidates = yield* candidatesIn(lines, from, to, width > LEAST_RING_M);
    if (candidates === null) {
      width /= 4;
      continue;
    }
    for (const { x, y } of candidates) {
      const found = at(x, y);
      if (found !== null) return found;
      if (++tried % SLICE === 0) yield;
    }
    from = to;
    width *= 2;
  }
  return null;
}
