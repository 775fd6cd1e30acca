import type { ShapeGeometry } from '../contract/index.ts';
import { type At, fault, type Naming } from './fault.ts';
import { MAX_VERTICES } from './limits.ts';

export type Position = [number, number];
/** [part][ring][point][x, y] */
export type Rings = Position[][][];

function position(value: unknown, naming: Naming, at: At): Position {
  if (!Array.isArray(value) || value.length < 2) throw fault('geometry_invalid', naming, at);
  const [x, y] = value as unknown[];
  if (typeof x !== 'number' || typeof y !== 'number') throw fault('geometry_invalid', naming, at);
  if (!Number.isFinite(x) || !Number.isFinite(y)) throw fault('coordinate_not_finite', naming, at);
  return [x, y];
}

function list(value: unknown, naming: Naming, at: At): unknown[] {
  if (!Array.isArray(value)) throw fault('geometry_invalid', naming, at);
  if (value.length === 0) throw fault('geometry_empty', naming, at);
  return value;
}

function checkCount(parts: unknown[], naming: Naming): void {
  let count = 0;
  for (const part of parts) {
    if (!Array.isArray(part)) continue;
    for (const ring of part) count += Array.isArray(ring) ? ring.length : 0;
  }
  if (count > MAX_VERTICES) throw fault('too_many_vertices', naming, {}, { count, limit: MAX_VERTICES });
}

/**
 * The positions of a geometry in its own CRS, first two values of each; a Point comes back alone.
 * Says nothing yet about rings or extents.
 * @throws Problem geometry_type, geometry_invalid, geometry_empty, coordinate_not_finite, too_many_vertices
 */
export function readPositions(
  geometry: ShapeGeometry,
  naming: Naming,
): { point: Position } | { rings: Rings } {
  const type = geometry.type as string;
  const coordinates: unknown = geometry.coordinates;
  if (type === 'Point') {
    const values = list(coordinates, naming, {});
    return { point: position(values, naming, { point: 0 }) };
  }
  if (type !== 'Polygon' && type !== 'MultiPolygon')
    throw fault('geometry_type', naming, {}, { type: type.slice(0, 40) });
  const parts = type === 'Polygon' ? [coordinates] : list(coordinates, naming, {});
  checkCount(parts, naming);
  const rings = parts.map((rings, part) =>
    list(rings, naming, { part }).map((points, ring) =>
      list(points, naming, { part, ring }).map((value, point) =>
        position(value, naming, { part, ring, point }),
      ),
    ),
  );
  return { rings };
}
