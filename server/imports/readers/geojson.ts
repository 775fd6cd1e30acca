import { valid as isValid } from 'geojson-validation';
import type { Place } from '../../contract/index.ts';
import {
  type Crs,
  type Declared,
  type Position,
  parseCrs,
  readPositions,
  recogniseCrs,
} from '../../geometry/index.ts';
import { jsonDepth } from '../../json_depth.ts';
import { Problem } from '../../problems.ts';
import { checkFeatureCount } from '../bounds.ts';
import { describeCrs, typicalPosition } from '../describe_crs.ts';
import { featureName } from '../feature_name.ts';
import { MAX_JSON_DEPTH } from '../limits.ts';
import { leftOut, note } from '../notes.ts';
import type { RawFeature, RawGeometry, ReadFile, ReadNote, ReadOptions } from '../types.ts';

type Json = Record<string, unknown>;
const SUPPORTED = ['Point', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon'];

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(file: string, text: string): Json {
  if (jsonDepth(text) > MAX_JSON_DEPTH) throw new Problem('too_deep', { where: { file } });
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (cause) {
    const place = /position (\d+)|line \d+ column \d+/.exec((cause as Error).message)?.[0] ?? 'JSON';
    throw new Problem('file_unreadable', { params: { file, place }, where: { file }, cause });
  }
  throw new Problem('file_format_unknown', { params: { file }, where: { file } });
}

/** The `crs` member of GeoJSON 2008; RFC 7946 has none. */
function declaredCrs(root: Json, file: string): Declared | null {
  const member = root.crs;
  if (member === undefined || member === null) return null;
  const name = isObject(member) && isObject(member.properties) ? member.properties.name : undefined;
  const where = { file, path: 'crs' };
  if (typeof name !== 'string')
    throw new Problem('crs_unknown', { params: { crs: JSON.stringify(member).slice(0, 80) }, where });
  return { text: name, crs: parseCrs(name, where) };
}

interface Entry {
  geometry: unknown;
  properties: Json;
  path: string;
}

function entriesOf(root: Json, file: string): Entry[] {
  const entry = (value: unknown, path: string): Entry => {
    if (!isObject(value) || value.type !== 'Feature') return { geometry: value, properties: {}, path };
    return {
      geometry: value.geometry,
      properties: isObject(value.properties) ? value.properties : {},
      path: `${path}geometry`,
    };
  };
  if (root.type !== 'FeatureCollection') {
    if (
      root.type === 'Feature' ||
      SUPPORTED.includes(String(root.type)) ||
      'coordinates' in root ||
      'geometries' in root
    ) {
      return [entry(root, '')];
    }
    throw new Problem('file_format_unknown', { params: { file }, where: { file } });
  }
  if (!Array.isArray(root.features))
    throw new Problem('file_unreadable', { params: { file, place: 'features' }, where: { file } });
  checkFeatureCount(root.features.length);
  return root.features.map((feature: unknown, i) => entry(feature, `features[${i}].`));
}

function readGeometry(value: unknown, where: Place): Pick<RawFeature, 'geometry' | 'doubt'> {
  const type = isObject(value) ? String(value.type) : String(value);
  if (!isObject(value) || !SUPPORTED.includes(type)) {
    throw new Problem('geometry_type', { params: { type: type.slice(0, 40) }, where });
  }
  const geometry = value as unknown as RawGeometry;
  const doubt = new Problem('geometry_invalid', { params: { part: 1, ring: 1, point: '–' }, where });
  const valid = isValid(value);
  if (geometry.type === 'LineString' || geometry.type === 'MultiLineString') {
    if (!valid) throw doubt;
  } else {
    readPositions(geometry, where.path === undefined ? {} : { path: where.path });
  }
  return valid ? { geometry } : { geometry, doubt };
}

function positionsOf(value: unknown, into: Position[] = []): Position[] {
  if (!Array.isArray(value)) return into;
  // the position itself, not a copy: a large file has a million
  if (typeof value[0] === 'number') into.push(value as Position);
  else for (const item of value) positionsOf(item, into);
  return into;
}

/**
 * GeoJSON (RFC 7946; FeatureCollection, Feature or a bare geometry), UTF-8. Coordinates are (longitude, latitude), or
 * (easting, northing) where the `crs` member, the zone number or the user says so.
 * @throws Problem too_deep, file_unreadable, file_format_unknown, file_no_shapes, crs_*
 */
export function readGeoJson(file: string, text: string, options: ReadOptions): ReadFile {
  const root = parse(file, text);
  const declared = declaredCrs(root, file);
  const notes: ReadNote[] = [];
  const found: Omit<RawFeature, 'crs'>[] = [];
  const nulls: NonNullable<ReadFile['nulls']> = [];
  entriesOf(root, file).forEach(({ geometry, properties, path }, i) => {
    const name = featureName(properties);
    if (geometry === null || geometry === undefined) {
      nulls.push({ record: i + 1, name });
      return;
    }
    const label = name ?? `#${i + 1}`;
    const where: Place = {
      file,
      path: `${path}${path && !path.endsWith('.') ? '.' : ''}coordinates`,
      record: i + 1,
    };
    try {
      found.push({
        label,
        name,
        ...readGeometry(geometry, where),
        attributes: properties,
        stated_area_m2: null,
        where,
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      notes.push(leftOut(label, error, where));
    }
  });
  if (nulls.length > 0) notes.push(note('info', 'null_shapes', { count: nulls.length }, { file }));
  const typical = typicalPosition(found.flatMap((feature) => positionsOf(feature.geometry.coordinates)));
  if (!typical) {
    const fallback: Crs = options.crs ?? declared?.crs ?? parseCrs('EPSG:4490');
    return {
      format: 'geojson',
      crs: describeCrs({ crs: fallback, by: 'degrees' }, null, 'crs_by_member'),
      features: [],
      notes,
      nulls,
    };
  }
  const recognised = recogniseCrs(typical, declared, options.crs);
  return {
    format: 'geojson',
    crs: describeCrs(recognised, declared, 'crs_by_member'),
    features: found.map((feature) => ({
      ...feature,
      crs: recognised.crs,
      stated_datum: declared?.crs?.datum,
    })),
    notes,
    nulls,
  };
}
