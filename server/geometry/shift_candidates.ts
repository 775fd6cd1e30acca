import Flatbush from 'flatbush';
import { type ContactLines, nearestToOrigin } from './contact_lines.ts';

/** More than this are not gathered at once: the ring is made narrower. */
const MOST = 50_000;
/** After so many pairs of lines looked at a search lets others work. */
const PAIRS_PER_SLICE = 20_000;

export interface Candidate {
  distance: number;
  x: number;
  y: number;
}

/**
 * Where a shift may become free in the ring between two distances: each line's nearest point and ends, and where lines
 * meet; nearest first. Null: too many, where `mayRefuse`.
 */
export function* candidatesIn(
  { ends, nearest }: ContactLines,
  from: number,
  to: number,
  mayRefuse: boolean,
): Generator<void, Candidate[] | null> {
  const found: Candidate[] = [];
  const add = (x: number, y: number): void => {
    const distance = Math.hypot(x, y);
    if (distance >= from && distance <= to) found.push({ distance, x, y });
  };
  const chosen: number[] = [];
  for (let i = 0; i < nearest.length; i++) {
    if (nearest[i]! > to) continue;
    const [ax, ay, bx, by] = [ends[4 * i]!, ends[4 * i + 1]!, ends[4 * i + 2]!, ends[4 * i + 3]!];
    if (Math.max(Math.hypot(ax, ay), Math.hypot(bx, by)) < from) continue;
    chosen.push(i);
    const [x, y] = nearestToOrigin(ax, ay, bx, by);
    add(x, y);
    add(ax, ay);
    add(bx, by);
  }
  if (mayRefuse && found.length > MOST) return null;
  if (chosen.length > 1) {
    const boxes = new RingBoxes(ends, chosen, to);
    let pairs = 0;
    for (let n = 0; n < chosen.length; n++) {
      for (const m of boxes.after(n)) {
        meet(ends, 4 * chosen[n]!, 4 * chosen[m]!, add);
        if (++pairs % PAIRS_PER_SLICE === 0) yield;
      }
      if (mayRefuse && found.length > MOST) return null;
    }
  }
  return found.sort((a, b) => a.distance - b.distance);
}

/** Boxes of lines, as far as they lie within a distance from the origin. */
class RingBoxes {
  readonly #index: Flatbush;
  readonly #boxes: Float64Array;

  constructor(ends: readonly number[], chosen: readonly number[], to: number) {
    const clip = (value: number) => Math.min(to, Math.max(-to, value));
    this.#index = new Flatbush(chosen.length);
    this.#boxes = new Float64Array(4 * chosen.length);
    chosen.forEach((line, n) => {
      const [ax, ay, bx, by] = ends.slice(4 * line, 4 * line + 4) as [number, number, number, number];
      const box = [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)].map(clip);
      this.#boxes.set(box, 4 * n);
      this.#index.add(...(box as [number, number, number, number]));
    });
    this.#index.finish();
  }

  /** The lines after the nth whose boxes meet its own. */
  after(n: number): number[] {
    const [w, s, e, t] = this.#boxes.subarray(4 * n, 4 * n + 4);
    return this.#index.search(w!, s!, e!, t!, (other) => other > n);
  }
}

/** Adds the point where two segments, given by where their ends begin in `ends`, meet. */
function meet(ends: readonly number[], a: number, b: number, add: (x: number, y: number) => void): void {
  const [ax, ay] = [ends[a]!, ends[a + 1]!];
  const [ux, uy] = [ends[a + 2]! - ax, ends[a + 3]! - ay];
  const [bx, by] = [ends[b]!, ends[b + 1]!];
  const [vx, vy] = [ends[b + 2]! - bx, ends[b + 3]! - by];
  const turn = ux * vy - uy * vx;
  if (Math.abs(turn) < 1e-12 * Math.hypot(ux, uy) * Math.hypot(vx, vy)) return;
  const t = ((bx - ax) * vy - (by - ay) * vx) / turn;
  const s = ((bx - ax) * uy - (by - ay) * ux) / turn;
  if (t >= 0 && t <= 1 && s >= 0 && s <= 1) add(ax + t * ux, ay + t * uy);
}
