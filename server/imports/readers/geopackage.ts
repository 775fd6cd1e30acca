import type { Database, SqlJsStatic } from 'sql.js';
import type { Place } from '../../contract/index.ts';
import { type Declared, findCrs, type Position, recogniseCrs } from '../../geometry/index.ts';
import { Problem } from '../../problems.ts';
import { checkFeatureCount, checkVertexCount } from '../bounds.ts';
import { describeCrs, typicalPosition } from '../describe_crs.ts';
import { featureName } from '../feature_name.ts';
import { leftOut, noShapes, note } from '../notes.ts';
import type { RawFeature, RawGeometry, ReadFile, ReadNote, ReadOptions } from '../types.ts';
import { readGeoPackageGeometry } from './geopackage_geometry.ts';
import { type Layer, layersOf, rowsOf } from './geopackage_queries.ts';
import { declaredByPrj } from './shapefile_prj.ts';

const SQLITE = Buffer.from('SQLite format 3\0', 'latin1');

let sqlite: SqlJsStatic | null = null;

export function isGeoPackage(bytes: Buffer): boolean {
  return bytes.subarray(0, SQLITE.length).equals(SQLITE);
}

/** Loads what reads GeoPackages, the first time that one comes; {@link readGeoPackage} needs it. */
export async function prepareGeoPackage(): Promise<void> {
  sqlite ??= await (await import('sql.js')).default();
}

/**
 * The feature tables of a GeoPackage (OGC 12-128r18), read by SQLite itself inside WebAssembly. CRS by its EPSG code or
 * its definition, else by the size of the coordinates; TBMJ (图斑面积, m²) counts as the stated area.
 * @throws Problem file_format_unknown, file_unreadable, file_no_shapes, too_many_features, too_many_vertices, crs_*
 */
export function readGeoPackage(file: string, bytes: Buffer, options: ReadOptions): ReadFile {
  if (sqlite === null) throw new Error('prepareGeoPackage() comes first');
  const copy = new Uint8Array(bytes);
  // a file that was saved while open says "write-ahead log" (2): its log is not here, and SQLite would look for it
  for (const at of [18, 19]) if (copy[at] === 2) copy[at] = 1;
  const db = new sqlite.Database(copy);
  try {
    return readLayers(file, db, options);
  } catch (error) {
    if (error instanceof Problem) throw error;
    const params = { file, place: String((error as Error).message).slice(0, 80) };
    throw new Problem('file_unreadable', { params, where: { file }, cause: error });
  } finally {
    db.close();
  }
}

function readLayers(file: string, db: Database, options: ReadOptions): ReadFile {
  const layers = layersOf(db);
  if (layers === null) throw new Problem('file_format_unknown', { params: { file }, where: { file } });
  const notes: ReadNote[] = [];
  if (layers.length > 1) notes.push(note('info', 'several_layers', { count: layers.length }, { file }));
  const features: RawFeature[] = [];
  const nulls: Found['nulls'] = [];
  const count: Count = { records: 0, vertices: 0 };
  let crs: ReadFile['crs'] | undefined;
  for (const layer of layers) {
    const found = readLayer(file, db, layer, count);
    notes.push(...found.notes);
    nulls.push(...found.nulls);
    const typical = typicalPosition(found.features.flatMap(({ geometry }) => positionsOf(geometry)));
    if (typical === null) continue;
    const declared = declaredBy(layer, file);
    const recognised = recogniseCrs(typical, declared, options.crs);
    crs ??= describeCrs(recognised, declared, 'crs_by_prj');
    for (const feature of found.features)
      features.push({ ...feature, crs: recognised.crs, stated_datum: declared?.crs?.datum });
  }
  if (crs === undefined) throw noShapes(file);
  return { format: 'gpkg', crs, features, notes, nulls };
}

/** Over all layers of a file. */
interface Count {
  records: number;
  vertices: number;
}

interface Found {
  features: Omit<RawFeature, 'crs'>[];
  nulls: NonNullable<ReadFile['nulls']>;
  notes: ReadNote[];
}

function readLayer(file: string, db: Database, { table, column }: Layer, count: Count): Found {
  const found: Found = { features: [], nulls: [], notes: [] };
  let heights = false;
  for (const row of rowsOf(db, table)) {
    checkFeatureCount(++count.records);
    const record = count.records;
    const attributes = Object.fromEntries(Object.entries(row).filter(([, v]) => !(v instanceof Uint8Array)));
    const name = featureName(attributes);
    const label = name ?? `#${record}`;
    const where: Place = { file, record };
    try {
      const blob = row[column];
      const read = blob instanceof Uint8Array ? readGeoPackageGeometry(blob) : null;
      if (read === null) {
        found.nulls.push({ record, name });
        continue;
      }
      heights ||= read.heights;
      count.vertices += positionsOf(read.geometry).length;
      checkVertexCount(count.vertices);
      const area = attributes.TBMJ;
      const stated_area_m2 = typeof area === 'number' && area > 0 ? area : null;
      found.features.push({ label, name, geometry: read.geometry, attributes, stated_area_m2, where });
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'too_many_vertices') throw error;
      found.notes.push(leftOut(label, error, where));
    }
  }
  if (found.nulls.length > 0)
    found.notes.push(note('info', 'null_shapes', { count: found.nulls.length }, { file }));
  if (heights) found.notes.push(note('info', 'heights_dropped', {}, { file }));
  return found;
}

function declaredBy({ srs_id, organization, code, definition }: Layer, file: string): Declared | null {
  // 0 and -1: undefined, by the standard
  if (srs_id === 0 || srs_id === -1) return null;
  const known = organization?.toUpperCase() === 'EPSG' ? findCrs(`EPSG:${code}`) : undefined;
  if (known) return { text: known.id, crs: known };
  if (definition === null)
    throw new Problem('crs_unknown', { params: { crs: String(srs_id) }, where: { file } });
  return declaredByPrj(definition, file);
}

function positionsOf({ coordinates }: RawGeometry): Position[] {
  const level: unknown[] = coordinates;
  if (typeof level[0] === 'number') return [level as unknown as Position];
  const isPosition = (value: unknown) => Array.isArray(value) && typeof value[0] === 'number';
  let found = level;
  while (found.length > 0 && !isPosition(found[0])) found = found.flat();
  return found as Position[];
}
