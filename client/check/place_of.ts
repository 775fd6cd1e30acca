import { inside } from '../draw/inside.ts';
import { boundsOf } from '../map/bounds.ts';
import type { MapLand } from '../map/types.ts';
import type { WorkShape } from './shapes.ts';

/** The middle of all shapes together (lon, lat); null without shapes. */
export function middleOf(shapes: readonly WorkShape[]): [number, number] | null {
  const bounds = boundsOf(shapes.map(({ geometry }) => geometry));
  return bounds === null ? null : [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2];
}

function corners(coordinates: unknown): [number, number][] {
  if (!Array.isArray(coordinates)) return [];
  if (typeof coordinates[0] === 'number') return [[coordinates[0], Number(coordinates[1])]];
  return coordinates.flatMap(corners);
}

/** Whether no corner of any shape lies in the village; false while its boundary is not known. */
export function allElsewhere(shapes: readonly WorkShape[], boundary: MapLand['boundary']): boolean {
  if (boundary === null || shapes.length === 0) return false;
  return shapes.every(
    ({ geometry }) =>
      geometry.type !== 'GeometryCollection' &&
      !corners(geometry.coordinates).some((position) => inside(position, boundary)),
  );
}
