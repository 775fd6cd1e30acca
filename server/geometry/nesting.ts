import Flatbush from 'flatbush';
import { type Ring, ringInside } from './containment.ts';

/** One part as its closed rings, the outer one first, in one plane. */
export type Part = readonly Ring[];

/** A hole or part in the wrong place; indices from 0. */
export type Misplaced =
  | { kind: 'hole_outside'; part: number; ring: number }
  | { kind: 'holes_overlap'; part: number; ring: number; other: number }
  | { kind: 'parts_overlap'; part: number; other: number };

type Box = [number, number, number, number];

function boxOf(ring: Ring): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const p of ring) {
    box[0] = Math.min(box[0], p[0]!);
    box[1] = Math.min(box[1], p[1]!);
    box[2] = Math.max(box[2], p[0]!);
    box[3] = Math.max(box[3], p[1]!);
  }
  return box;
}

function within(a: Box, b: Box): boolean {
  return a[0] >= b[0] && a[1] >= b[1] && a[2] <= b[2] && a[3] <= b[3];
}

/** Pairs [inner, outer] of rings of which the first one's box lies in the second one's. */
function* nestedBoxes(rings: readonly Ring[]): Generator<[number, number]> {
  if (rings.length < 2) return;
  const boxes = rings.map(boxOf);
  const index = new Flatbush(rings.length);
  for (const box of boxes) index.add(...box);
  index.finish();
  for (let i = 0; i < rings.length; i++) {
    for (const j of index.search(...boxes[i]!)) if (i !== j && within(boxes[i]!, boxes[j]!)) yield [i, j];
  }
}

/**
 * The first hole outside its outer ring, hole inside a hole, or part inside another part's area; null if none.
 * Rings must not cross or share edges ({@link sweep} has found them so). Exact.
 */
export function findMisplaced(parts: readonly Part[]): Misplaced | null {
  for (const [part, [shell, ...holes]] of parts.entries()) {
    const shellBox = boxOf(shell!);
    for (const [i, hole] of holes.entries()) {
      if (!within(boxOf(hole), shellBox) || !ringInside(hole, shell!))
        return { kind: 'hole_outside', part, ring: i + 1 };
    }
    for (const [inner, outer] of nestedBoxes(holes)) {
      if (ringInside(holes[inner]!, holes[outer]!)) {
        return { kind: 'holes_overlap', part, ring: inner + 1, other: outer + 1 };
      }
    }
  }
  for (const [inner, outer] of nestedBoxes(parts.map((part) => part[0]!))) {
    const shell = parts[inner]![0]!;
    if (!ringInside(shell, parts[outer]![0]!)) continue;
    if (!parts[outer]!.slice(1).some((hole) => ringInside(shell, hole))) {
      return { kind: 'parts_overlap', part: inner, other: outer };
    }
  }
  return null;
}
