import type { Geometry, Position } from 'geojson';
import type { Bounds } from './types.ts';

function* positions(coordinates: unknown): Iterable<Position> {
  if (!Array.isArray(coordinates)) return;
  if (typeof coordinates[0] === 'number') yield coordinates as Position;
  else for (const inner of coordinates) yield* positions(inner);
}

/** The bounds of all geometries together; null when there is not one finite position. */
export function boundsOf(geometries: Iterable<Geometry>): Bounds | null {
  let bounds: Bounds | null = null;
  for (const geometry of geometries) {
    if (geometry.type === 'GeometryCollection') continue;
    for (const [x, y] of positions(geometry.coordinates)) {
      if (x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y)) continue;
      bounds = bounds
        ? [Math.min(bounds[0], x), Math.min(bounds[1], y), Math.max(bounds[2], x), Math.max(bounds[3], y)]
        : [x, y, x, y];
    }
  }
  return bounds;
}

/** Wider by `share` of its size on every side, and by at least about 20 m. */
export function padded(bounds: Bounds, share: number): Bounds {
  const dx = Math.max((bounds[2] - bounds[0]) * share, 0.0002);
  const dy = Math.max((bounds[3] - bounds[1]) * share, 0.0002);
  return [bounds[0] - dx, bounds[1] - dy, bounds[2] + dx, bounds[3] + dy];
}
