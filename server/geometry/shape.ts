import type { Datum, ShapeGeometry } from '../contract/index.ts';
import { Problem } from '../problems.ts';
import { type Crs, findCrs, parseCrs } from './crs.ts';
import { discAround } from './disc.ts';
import { ringArea } from './equal_area.ts';
import { locate } from './extent.ts';
import { fault, type Naming } from './fault.ts';
import { fromGcj02 } from './gcj02.ts';
import { MAX_AREA_M2, MIN_AREA_M2, POINT_RADIUS_M } from './limits.ts';
import { type Position, readPositions } from './positions.ts';
import { type PlaneRing, readRing } from './rings.ts';
import { checkValidity } from './validity.ts';
import { multiPolygonToEwkb, polygonToEwkb } from './wkb.ts';

/** A shape that has passed every check; what may go to the database. */
export interface Shape {
  /** lon, lat in degrees (EPSG:4490), closed rings, vertices as submitted (without consecutive duplicates) */
  geometry: { type: 'MultiPolygon'; coordinates: Position[][][] };
  /** the same vertices in metres (EPSG:6933): [part][ring][point][x, y] */
  plane: Position[][][];
  /** official area (TD/T 1055), holes subtracted, not rounded */
  area_m2: number;
  /** west, south, east, north in degrees */
  bbox: [number, number, number, number];
  /** closing vertices not counted */
  vertex_count: number;
  /** set where a Point was submitted; the geometry is then a disc around it. Without accuracy nothing may be `clear`. */
  point: { lon: number; lat: number; accuracy_m: number | null } | null;
}

export interface ShapeOptions extends Naming {
  /** identifier such as EPSG:4526; default EPSG:4490. Coordinates are (easting, northing) or (longitude, latitude). */
  crs?: string | undefined;
  datum?: Datum | undefined;
  /** of a Point, metres */
  accuracy_m?: number | undefined;
  /** the largest area that is taken, m²; by default what one request may ask about */
  most_m2?: number | undefined;
}

type ToLonLat = (position: Position, at: { part?: number; ring?: number; point?: number }) => Position;

/** One submitted position → lon, lat EPSG:4490. */
function converter(options: ShapeOptions): ToLonLat {
  const given = options.crs === undefined ? undefined : parseCrs(options.crs);
  const datum = options.datum ?? given?.datum ?? 'cgcs2000';
  if (given && given.datum !== datum) {
    throw new Problem('crs_contradiction', { params: { a: `crs: ${given.id}`, b: `datum: ${datum}` } });
  }
  const crs: Crs = given ?? findCrs('EPSG:4490')!;
  return (position, at) => {
    const located = locate(crs, position, options, at);
    return datum === 'gcj02' ? fromGcj02(...located) : located;
  };
}

function areaOf(parts: readonly (readonly PlaneRing[])[]): number {
  let total = 0;
  for (const part of parts) {
    part.forEach((ring, i) => {
      total += (i === 0 ? 1 : -1) * Math.abs(ringArea(ring.plane));
    });
  }
  return total;
}

function bboxOf(parts: readonly (readonly PlaneRing[])[]): Shape['bbox'] {
  const box: Shape['bbox'] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of parts.flatMap((part) => part[0]!.lonlat)) {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}

/**
 * A submitted geometry as a {@link Shape}, or the first fault found, with its place. Nothing is repaired.
 * Order: structure, finite numbers, extent, rings, validity, area. A Point becomes the disc of `accuracy_m` around it,
 * or of 1 m where none is given.
 * @throws Problem geometry_*, coordinate_*, coordinates_swapped, outside_china, ring_not_closed, too_few_points,
 * self_intersection, rings_*, hole*, parts_overlap, area_*, too_many_vertices, crs_*
 */
export function readShape(geometry: ShapeGeometry, options: ShapeOptions = {}): Shape {
  const toLonLat = converter(options);
  const read = readPositions(geometry, options);
  let point: Shape['point'] = null;
  let located: Position[][][];
  if ('point' in read) {
    const [lon, lat] = toLonLat(read.point, { point: 0 });
    point = { lon, lat, accuracy_m: options.accuracy_m ?? null };
    located = [[discAround([lon, lat], options.accuracy_m ?? POINT_RADIUS_M)]];
  } else {
    located = read.rings.map((rings, part) =>
      rings.map((points, ring) => points.map((position, i) => toLonLat(position, { part, ring, point: i }))),
    );
  }
  const parts = located.map((rings, part) =>
    rings.map((points, ring) => readRing(points, part, ring, options)),
  );
  checkValidity(parts, options);
  const area = areaOf(parts);
  if (area < MIN_AREA_M2) {
    throw fault('area_too_small', options, {}, { area: area.toPrecision(2), limit: MIN_AREA_M2 });
  }
  const { most_m2 = MAX_AREA_M2 } = options;
  if (area > most_m2) {
    throw fault('area_too_large', options, {}, { area: (area / 1e6).toFixed(1), limit: most_m2 / 1e6 });
  }
  return {
    geometry: { type: 'MultiPolygon', coordinates: parts.map((part) => part.map((ring) => ring.lonlat)) },
    plane: parts.map((part) => part.map((ring) => ring.plane)),
    area_m2: area,
    bbox: bboxOf(parts),
    vertex_count: parts.flat().reduce((sum, ring) => sum + ring.plane.length - 1, 0),
    point,
  };
}

/** EWKB of the shape in the equal-area plane, SRID 6933. */
export function shapeEwkb(shape: Shape): Buffer {
  const [only, ...more] = shape.plane;
  return only !== undefined && more.length === 0
    ? polygonToEwkb(only, 6933)
    : multiPolygonToEwkb(shape.plane, 6933);
}
