import { readArchive } from '../archive/index.ts';
import type { Datum, Place } from '../contract/index.ts';
import { decodeText } from '../decode_text.ts';
import { parseCrs } from '../geometry/index.ts';
import { Problem } from '../problems.ts';
import { applyDatum } from './apply_datum.ts';
import { checkFeatureCount, checkFileSize, checkVertexCount } from './bounds.ts';
import { buildFeature } from './build_feature.ts';
import { leftOut, noShapes, note } from './notes.ts';
import { looksLikeBoundaryPoints, readBoundaryPoints } from './readers/boundary_points_txt.ts';
import { looksLikeTable, readCsvRows } from './readers/csv.ts';
import { readGeoJson } from './readers/geojson.ts';
import { isGeoPackage, readGeoPackage } from './readers/geopackage.ts';
import { isKmz, looksLikeXml, readKml, readKmz } from './readers/kml.ts';
import { readPointsTable } from './readers/points_table.ts';
import { readShapefileZip } from './readers/shapefile_zip.ts';
import { isXlsx, readXlsx } from './readers/xlsx.ts';
import type { RawFeature, ReadFile, ReadOptions, ReadUpload } from './types.ts';

export type { ReadNote, ReadUpload } from './types.ts';

/** The format is decided by what the file holds, never by its name. */
function readFile(name: string, bytes: Buffer, options: ReadOptions): ReadFile {
  if (bytes.length === 0) throw new Problem('file_empty', { params: { file: name }, where: { file: name } });
  if (isGeoPackage(bytes)) return readGeoPackage(name, bytes, options);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readZip(name, bytes, options);
  if (bytes.subarray(0, 4).equals(Buffer.from([0, 0, 0x27, 0x0a]))) throw unknownFormat(name);
  const { text, encoding } = decodeText(bytes, name);
  if (text.trim() === '') throw new Problem('file_empty', { params: { file: name }, where: { file: name } });
  if (text.includes('\0')) throw unknownFormat(name);
  const notes =
    encoding === 'UTF-8' ? [] : [note('info', 'encoding_recognised', { encoding }, { file: name })];
  const read = readText(name, text, options);
  return { ...read, notes: [...notes, ...read.notes] };
}

function readText(name: string, text: string, options: ReadOptions): ReadFile {
  if (/^\s*\{/.test(text)) return readGeoJson(name, text, options);
  if (looksLikeXml(text)) return readKml(name, text, options);
  const table = looksLikeTable(text);
  if (!table && looksLikeBoundaryPoints(text)) return readBoundaryPoints(name, text, options);
  const read = readPointsTable(name, readCsvRows(name, text), options, 'csv');
  if (!read) throw unknownFormat(name);
  return read;
}

function readZip(name: string, bytes: Buffer, options: ReadOptions): ReadFile {
  const entries = readArchive(name, bytes);
  const holdsShapefile = entries.some(({ path }) => /\.shp$/i.test(path));
  if (!holdsShapefile && isXlsx(entries)) return readXlsx(name, entries, options);
  if (!holdsShapefile && isKmz(entries)) return readKmz(entries, options);
  return readShapefileZip(name, entries, options);
}

function unknownFormat(name: string): Problem {
  return new Problem('file_format_unknown', { params: { file: name }, where: { file: name } });
}

function countVertices(value: unknown): number {
  if (!Array.isArray(value)) return 0;
  if (typeof value[0] === 'number') return 1;
  return value.reduce((sum: number, item) => sum + countVertices(item), 0);
}

function checkBounds(features: readonly RawFeature[]): void {
  checkFeatureCount(features.length);
  checkVertexCount(features.reduce((sum, feature) => sum + countVertices(feature.geometry.coordinates), 0));
}

/** Where a record stands, and the line of the point that is at fault where the file has one line for each. */
export function placeOf(raw: RawFeature, { where }: Problem): Place {
  const line = where?.point && raw.lineOf?.(where.part ?? 1, where.ring ?? 1, where.point);
  return line ? { ...raw.where, line } : raw.where;
}

/** What the user states about the coordinates: a CRS (EPSG:4547), a datum of longitude and latitude. */
export interface UploadOptions {
  crs?: string | undefined;
  datum?: Datum | undefined;
}

/** @throws Problem crs_unknown, crs_datum_refused, crs_contradiction */
function readOptions({ crs: id, datum }: UploadOptions): ReadOptions {
  const crs = id ? parseCrs(id) : undefined;
  if (crs && datum && crs.datum !== datum) {
    throw new Problem('crs_contradiction', { params: { a: `crs: ${crs.id}`, b: `datum: ${datum}` } });
  }
  return { crs, datum };
}

/**
 * The records of a file as they stand there, with the datum of their coordinates decided; nothing is checked yet but
 * how much there is. @throws Problem as {@link readUpload}
 */
export function readRaw({ name, bytes }: { name: string; bytes: Buffer }, options: UploadOptions): ReadFile {
  checkFileSize(name, bytes.length);
  const stated = readOptions(options);
  const read = applyDatum(name, readFile(name, bytes, stated), stated);
  checkBounds(read.features);
  return read;
}

/**
 * Reads an uploaded file of shapes: boundary-point TXT, zipped Shapefile, GeoPackage, GeoJSON, KML or KMZ, a table of
 * points as CSV or XLSX. Every shape passes the checks of
 * `readShape`; one that fails becomes an error note with its place and the others stay. Results lon/lat EPSG:4490,
 * areas official in m². Pure: nothing is stored.
 * @param options the user's own statements; they must not contradict the file
 * @throws Problem file_*, archive_*, encoding_unknown, crs_*, too_many_features, too_many_vertices, too_deep;
 * file_no_shapes where every shape failed
 */
export function readUpload(file: { name: string; bytes: Buffer }, options: UploadOptions = {}): ReadUpload {
  const read = readRaw(file, options);
  const { name } = file;
  const notes = [...read.notes];
  const features: ReadUpload['features'] = [];
  for (const raw of read.features) {
    try {
      const built = buildFeature(raw, features.length + 1);
      features.push(built.feature);
      notes.push(...built.notes);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      notes.push(leftOut(raw.label, error, placeOf(raw, error)));
    }
  }
  if (features.length === 0) throw noShapes(name, notes);
  return { format: read.format, crs: read.crs, features, notes };
}
