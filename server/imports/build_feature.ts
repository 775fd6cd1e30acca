import type { UploadFeature } from '../contract/index.ts';
import {
  fault,
  fromGcj02,
  locate,
  type Position,
  readShape,
  ringArea,
  type Shape,
} from '../geometry/index.ts';
import { mostArea } from './bounds.ts';
import { AREA_TOLERANCE_M2, AREA_TOLERANCE_SHARE, ZONE_MARGIN } from './limits.ts';
import { note } from './notes.ts';
import type { RawFeature, ReadNote } from './types.ts';

export interface BuiltFeature {
  feature: UploadFeature;
  notes: ReadNote[];
  /** null: a point or a line */
  shape: Shape | null;
}

/** Area in the plane of the file's own zone, m²: what a surveyor's program may have stated. */
function planeArea(parts: Position[][][]): number {
  return parts.reduce(
    (sum, part) => sum + part.reduce((s, ring, i) => s + (i === 0 ? 1 : -1) * Math.abs(ringArea(ring)), 0),
    0,
  );
}

function agree(stated: number, computed: number): boolean {
  return Math.abs(stated - computed) <= Math.max(AREA_TOLERANCE_M2, computed * AREA_TOLERANCE_SHARE);
}

function areaNotes(raw: RawFeature, parts: Position[][][], computed: number): ReadNote[] {
  const stated = raw.stated_area_m2;
  if (stated === null || agree(stated, computed)) return [];
  const params = { feature: raw.label, stated: stated.toFixed(2), computed: computed.toFixed(2) };
  const plane = raw.crs.zone !== null && agree(stated, planeArea(parts));
  const where = { ...raw.where, feature: raw.label };
  return [
    plane
      ? note('info', 'stated_area_plane', params, where)
      : note('warning', 'stated_area_differs', params, where),
  ];
}

function zoneNotes(raw: RawFeature, shape: Shape): ReadNote[] {
  const zone = raw.crs.zone;
  if (!zone) return [];
  const lon = (shape.bbox[0] + shape.bbox[2]) / 2;
  if (Math.abs(lon - zone.central_meridian) <= zone.width / 2 + ZONE_MARGIN) return [];
  const params = { feature: raw.label, crs: raw.crs.name, lon: lon.toFixed(3) };
  return [note('warning', 'outside_zone', params, { ...raw.where, feature: raw.label })];
}

function checkLines({ geometry, pointName }: RawFeature): void {
  if (geometry.type !== 'LineString' && geometry.type !== 'MultiLineString') return;
  const lines = geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates;
  const naming = pointName ? { pointName } : {};
  if (lines.length === 0) throw fault('geometry_empty', naming, {});
  lines.forEach((line, ring) => {
    if (line.length === 0) throw fault('geometry_empty', naming, { part: 0, ring });
    if (line.length === 1) throw fault('geometry_invalid', naming, { part: 0, ring, point: 0 });
  });
}

/**
 * A record of a file as a feature in lon/lat EPSG:4490 with its official area, after every check of a shape.
 * @throws Problem of {@link readShape}, whose place knows the part, ring and point
 */
export function buildFeature(raw: RawFeature, id: number): BuiltFeature {
  const naming = raw.pointName ? { pointName: raw.pointName } : {};
  const properties: Record<string, unknown> = { name: raw.name, attributes: raw.attributes };
  const { geometry } = raw;
  if (geometry.type === 'Polygon' || geometry.type === 'MultiPolygon') {
    const shape = readShape(geometry, {
      ...(raw.gcj02 ? { datum: 'gcj02' } : { crs: raw.crs.id }),
      ...naming,
      most_m2: mostArea(),
    });
    const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    if (raw.doubt) throw raw.doubt;
    const coordinates = shape.geometry.coordinates;
    properties.area_m2 = shape.area_m2;
    if (raw.stated_area_m2 !== null) properties.stated_area_m2 = raw.stated_area_m2;
    const built: UploadFeature['geometry'] =
      coordinates.length === 1
        ? { type: 'Polygon', coordinates: coordinates[0]! }
        : { type: 'MultiPolygon', coordinates };
    return {
      feature: { type: 'Feature', id, geometry: built, properties },
      notes: [...areaNotes(raw, parts, shape.area_m2), ...zoneNotes(raw, shape)],
      shape,
    };
  }
  if (raw.doubt) throw raw.doubt;
  const at = (ring: number) => (position: Position, point: number) => {
    const located = locate(raw.crs, position, naming, { part: 0, ring, point });
    return raw.gcj02 ? fromGcj02(...located) : located;
  };
  checkLines(raw);
  let coordinates: unknown;
  if (geometry.type === 'Point') coordinates = at(0)(geometry.coordinates, 0);
  else if (geometry.type === 'LineString') coordinates = geometry.coordinates.map(at(0));
  else coordinates = geometry.coordinates.map((line, ring) => line.map(at(ring)));
  return {
    feature: { type: 'Feature', id, geometry: { type: geometry.type, coordinates }, properties },
    notes: [],
    shape: null,
  };
}
