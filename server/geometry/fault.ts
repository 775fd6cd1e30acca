import type { Place } from '../contract/index.ts';
import { Problem, type ProblemCode } from '../problems.ts';

/** How the places of one shape are called. Indices count from 0. */
export interface Naming {
  /** JSON path of the coordinates in the request, or nothing for a file */
  path?: string;
  /** name of a point as the user knows it (J5); without it, its number in the ring counted from 1 */
  pointName?: (part: number, ring: number, point: number) => string;
}

/** Indices from 0 into [part][ring][point]. */
export interface At {
  part?: number;
  ring?: number;
  point?: number;
}

export function pointName(naming: Naming, part: number, ring: number, point: number): string {
  return naming.pointName?.(part, ring, point) ?? String(point + 1);
}

/** A Problem about a shape, with its place both in words (`params`) and in data (`where`). */
export function fault(
  code: ProblemCode,
  naming: Naming,
  at: At,
  params: Record<string, string | number> = {},
  position?: readonly [number, number],
): Problem {
  const part = (at.part ?? 0) + 1;
  const ring = (at.ring ?? 0) + 1;
  const point = at.point === undefined ? undefined : pointName(naming, part - 1, ring - 1, at.point);
  const where: Place = {};
  if (naming.path !== undefined) where.path = naming.path;
  if (at.part !== undefined) where.part = part;
  if (at.ring !== undefined) where.ring = ring;
  if (point !== undefined) where.point = point;
  if (position) where.position = [position[0], position[1]];
  return new Problem(code, { params: { part, ring, point: point ?? '–', ...params }, where });
}
