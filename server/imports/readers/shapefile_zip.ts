import type { ArchiveEntry } from '../../archive/index.ts';
import type { Place } from '../../contract/index.ts';
import { decodeText } from '../../decode_text.ts';
import { type Declared, groupRings, type Position, recogniseCrs } from '../../geometry/index.ts';
import { Problem } from '../../problems.ts';
import { describeCrs, typicalPosition } from '../describe_crs.ts';
import { featureName } from '../feature_name.ts';
import { leftOut, noShapes, note } from '../notes.ts';
import type { RawFeature, RawGeometry, ReadFile, ReadNote, ReadOptions } from '../types.ts';
import { type Dbf, readDbf } from './shapefile_dbf.ts';
import { declaredByPrj } from './shapefile_prj.ts';
import { readShp, type ShpRecord } from './shapefile_shp.ts';

const PARTS = ['shp', 'shx', 'dbf', 'prj', 'cpg'];
/** Files that belong to a Shapefile or to the archiver and say nothing here. */
const SILENT =
  /(\.(sbn|sbx|qix|qpj|qmd|fix|atx|shp\.xml|lock)|(^|\/)(\._[^/]*|\.DS_Store|Thumbs\.db))$|^__MACOSX\//i;

type Layer = Map<string, ArchiveEntry>;

function extension(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).toLowerCase();
}

/** Entries by Shapefile, and remarks on those that are none. */
function sortEntries(entries: ArchiveEntry[]): { layers: Map<string, Layer>; notes: ReadNote[] } {
  const layers = new Map<string, Layer>();
  const notes: ReadNote[] = [];
  for (const entry of entries) {
    const kind = extension(entry.path);
    if (SILENT.test(entry.path)) continue;
    if (PARTS.includes(kind)) {
      const stem = entry.path.slice(0, -4).toLowerCase();
      const layer = layers.get(stem) ?? new Map<string, ArchiveEntry>();
      layers.set(stem, layer.set(kind, entry));
    } else {
      const code = ['zip', 'rar', '7z', 'gz', 'tar'].includes(kind)
        ? 'nested_archive_ignored'
        : 'entry_ignored';
      notes.push(note('info', code, { file: entry.path }, { file: entry.path }));
    }
  }
  return { layers, notes };
}

function geometryOf(record: ShpRecord): RawGeometry {
  if (record.type === 'point') return { type: 'Point', coordinates: record.position };
  if (record.type === 'line') {
    const [first, ...more] = record.paths;
    if (first && more.length === 0) return { type: 'LineString', coordinates: first };
    return { type: 'MultiLineString', coordinates: record.paths };
  }
  if (record.type !== 'area') throw new Problem('geometry_type', { params: { type: record.type } });
  if (record.paths.length === 0 || record.paths.some((path) => path.length === 0)) {
    throw new Problem('geometry_empty', { params: { part: 1, ring: 1 } });
  }
  const groups = groupRings(record.paths);
  return { type: 'MultiPolygon', coordinates: groups.map((group) => group.map((i) => record.paths[i]!)) };
}

function readAttributes(layer: Layer, shapes: number, notes: ReadNote[]): Dbf | null {
  const shp = layer.get('shp')!.path;
  const entry = layer.get('dbf');
  if (!entry) {
    notes.push(note('warning', 'attributes_missing', { file: shp.replace(/shp$/i, 'dbf') }, { file: shp }));
    return null;
  }
  const cpg = layer.get('cpg')?.bytes().subarray(0, 64).toString('latin1');
  const dbf = readDbf(entry.path, entry.bytes(), cpg);
  if (dbf.encoding !== 'utf-8') {
    notes.push(
      note('info', 'encoding_recognised', { encoding: dbf.encoding.toUpperCase() }, { file: entry.path }),
    );
  }
  if (dbf.rows.length === shapes) return dbf;
  notes.push(note('warning', 'attributes_mismatch', { rows: dbf.rows.length, shapes }, { file: entry.path }));
  return null;
}

function positionsOf(records: ShpRecord[]): Position[] {
  return records.flatMap((record) =>
    record.type === 'point' ? [record.position] : 'paths' in record ? record.paths.flat() : [],
  );
}

type ReadLayer = Required<Pick<ReadFile, 'crs' | 'features' | 'notes' | 'nulls'>> & { records: number };

function readLayer(layer: Layer, options: ReadOptions, first: number): ReadLayer {
  const notes: ReadNote[] = [];
  const shp = layer.get('shp')!;
  const file = shp.path;
  const records = readShp(file, shp.bytes());
  if (!layer.has('shx')) notes.push(note('info', 'index_missing', {}, { file }));
  const dbf = readAttributes(layer, records.length, notes);
  const prj = layer.get('prj');
  const declared: Declared | null = prj
    ? declaredByPrj(decodeText(prj.bytes(), prj.path).text, prj.path)
    : null;
  const typical = typicalPosition(positionsOf(records));
  if (!typical) throw noShapes(file);
  const recognised = recogniseCrs(typical, declared, options.crs);
  const features: RawFeature[] = [];
  const nulls: ReadLayer['nulls'] = [];
  records.forEach((record, i) => {
    const attributes = dbf?.rows[i] ?? {};
    const name = featureName(attributes);
    if (record.type === 'null') {
      nulls.push({ record: first + i, name });
      return;
    }
    const label = name ?? `#${first + i}`;
    const where: Place = { file, record: first + i };
    const area = attributes.TBMJ;
    try {
      features.push({
        label,
        name,
        geometry: geometryOf(record),
        crs: recognised.crs,
        attributes,
        stated_area_m2: typeof area === 'number' && area > 0 ? area : null,
        stated_datum: declared?.crs?.datum,
        where,
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      notes.push(leftOut(label, error, where));
    }
  });
  if (nulls.length > 0) notes.push(note('info', 'null_shapes', { count: nulls.length }, { file }));
  if (records.some((record) => 'heights' in record && record.heights))
    notes.push(note('info', 'heights_dropped', {}, { file }));
  const crs = describeCrs(recognised, declared, 'crs_by_prj');
  return { crs, features, notes, nulls, records: records.length };
}

/**
 * A zip archive with one or more Shapefiles. Text as the .cpg says, else strict UTF-8, else GB18030; CRS by the .prj,
 * else by the size of the coordinates; rings by containment. TBMJ (图斑面积, m²) counts as the stated area.
 * @throws Problem archive_limits, file_unreadable, file_format_unknown, encoding_unknown, crs_*
 */
export function readShapefileZip(file: string, entries: ArchiveEntry[], options: ReadOptions): ReadFile {
  const { layers, notes } = sortEntries(entries);
  const shapefiles = [...layers.values()].filter((layer) => layer.has('shp'));
  if (shapefiles.length === 0)
    throw new Problem('file_format_unknown', { params: { file }, where: { file } });
  if (shapefiles.length > 1)
    notes.push(note('info', 'several_layers', { count: shapefiles.length }, { file }));
  const features: RawFeature[] = [];
  const nulls: ReadLayer['nulls'] = [];
  let crs: ReadFile['crs'] | undefined;
  let records = 0;
  for (const shapefile of shapefiles) {
    const layer = readLayer(shapefile, options, records + 1);
    crs ??= layer.crs;
    records += layer.records;
    notes.push(...layer.notes);
    nulls.push(...layer.nulls);
    for (const feature of layer.features) features.push(feature);
  }
  return { format: 'shapefile', crs: crs!, features, notes, nulls };
}
