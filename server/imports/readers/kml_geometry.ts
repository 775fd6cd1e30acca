import type { Element } from '@xmldom/xmldom';
import { fault, type Position } from '../../geometry/index.ts';
import { Problem } from '../../problems.ts';
import { checkVertexCount } from '../bounds.ts';
import type { RawGeometry } from '../types.ts';
import { children, childText } from '../xml.ts';
import { readNumber } from './boundary_points_lines.ts';

/** Geometries of one Placemark, areas gathered and lines gathered; and what was noticed. */
export interface KmlGeometry {
  geometries: RawGeometry[];
  /** rings of areas that do not end where they begin; counted from 1 */
  open_rings: number[];
  heights: boolean;
}

/** Vertices of the whole file so far. */
export interface Count {
  vertices: number;
}

interface Found {
  areas: Position[][][];
  lines: Position[][];
  points: Position[];
  open: number[];
  rings: number;
  heights: boolean;
}

const GEOMETRIES = ['Point', 'LineString', 'LinearRing', 'Polygon', 'MultiGeometry'];
/** KML has more kinds, which hold no plot. */
const UNSUPPORTED = ['Model', 'Track', 'MultiTrack'];

/** `lon,lat[,altitude]` tuples between blanks (OGC 12-007r2, 9.12): nothing else is a coordinate. */
function readCoordinates(element: Element, found: Found, ring: number, count: Count): Position[] {
  const positions: Position[] = [];
  for (const [tuple] of (childText(element, 'coordinates') ?? '').matchAll(/\S+/g)) {
    checkVertexCount(++count.vertices);
    const values = tuple.split(',', 4).map(readNumber);
    const [lon, lat, height] = values;
    if (lon == null || lat == null || height === null || values.length > 3) {
      throw fault('coordinate_not_finite', {}, { part: 0, ring, point: positions.length });
    }
    if (height) found.heights = true;
    positions.push([lon, lat]);
  }
  if (positions.length === 0) throw fault('geometry_empty', {}, { part: 0, ring });
  return positions;
}

function readRing(ring: Element, found: Found, number: number, count: Count): Position[] {
  const positions = readCoordinates(ring, found, number, count);
  found.rings++;
  const [first, last] = [positions[0]!, positions[positions.length - 1]!];
  if (first[0] !== last[0] || first[1] !== last[1]) {
    found.open.push(found.rings);
    positions.push(first);
  }
  return positions;
}

function readPolygon(polygon: Element, found: Found, count: Count): void {
  const ringsOf = (side: string) => children(polygon, side).flatMap((edge) => children(edge, 'LinearRing'));
  const [outer, inner] = [ringsOf('outerBoundaryIs'), ringsOf('innerBoundaryIs')];
  if (outer.length === 0) throw fault('geometry_empty', {}, { part: 0, ring: 0 });
  if (outer.length > 1) throw fault('geometry_invalid', {}, { part: 0, ring: 1 });
  found.areas.push([...outer, ...inner].map((ring, i) => readRing(ring, found, i, count)));
}

function collect(parent: Element, found: Found, count: Count): void {
  for (const element of children(parent)) {
    const type = element.localName ?? '';
    if (type === 'MultiGeometry') collect(element, found, count);
    else if (type === 'Polygon') readPolygon(element, found, count);
    else if (type === 'Point') found.points.push(...readCoordinates(element, found, 0, count).slice(0, 1));
    else if (type === 'LineString' || type === 'LinearRing') {
      found.lines.push(readCoordinates(element, found, 0, count));
    } else if (UNSUPPORTED.includes(type)) throw new Problem('geometry_type', { params: { type } });
  }
}

export function hasGeometry(placemark: Element): boolean {
  return children(placemark).some(({ localName }) =>
    [...GEOMETRIES, ...UNSUPPORTED].includes(localName ?? ''),
  );
}

/**
 * The geometry of a Placemark as (longitude, latitude) in degrees: its polygons as one area with their holes, its lines
 * as one, its points each. Altitudes are passed over.
 * @throws Problem geometry_*, coordinate_not_finite with ring and point, too_many_vertices
 */
export function readKmlGeometry(placemark: Element, count: Count): KmlGeometry {
  const found: Found = { areas: [], lines: [], points: [], open: [], rings: 0, heights: false };
  collect(placemark, found, count);
  const geometries: RawGeometry[] = [];
  const [line, ...lines] = found.lines;
  if (found.areas.length > 0) geometries.push({ type: 'MultiPolygon', coordinates: found.areas });
  if (line && lines.length === 0) geometries.push({ type: 'LineString', coordinates: line });
  else if (line) geometries.push({ type: 'MultiLineString', coordinates: found.lines });
  for (const point of found.points) geometries.push({ type: 'Point', coordinates: point });
  if (geometries.length === 0) throw fault('geometry_empty', {}, {});
  return { geometries, open_rings: found.open, heights: found.heights };
}
