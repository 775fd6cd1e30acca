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
  const known: Record<string, string | number> & Pick<Place, 'part' | 'ring' | 'point'> = {};
  if (at.part !== undefined) known.part = at.part + 1;
  if (at.ring !== undefined) known.ring = at.ring + 1;
  if (at.point !== undefined) known.point = pointName(naming, at.part ?? 0, at.ring ?? 0, at.point);
  const where: Place = { ...(naming.path !== undefined && { path: naming.path }), ...known };
  if (position) where.position = [position[0], position[1]];
  return new Problem(code, { params: { ...known, ...params }, where });
}
