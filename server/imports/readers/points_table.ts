import { type Declared, type Position, recogniseCrs } from '../../geometry/index.ts';
import { Problem } from '../../problems.ts';
import { describeCrs, typicalPosition } from '../describe_crs.ts';
import { MAX_UNREADABLE_LINES } from '../limits.ts';
import { noShapes, note } from '../notes.ts';
import type { ReadFile, ReadNote, ReadOptions } from '../types.ts';
import { featuresOf } from './boundary_points_features.ts';
import { isEastingFirst } from './boundary_points_txt.ts';
import type { TableRow } from './points_table_cells.ts';
import { type Columns, guessColumns, readHeader } from './points_table_columns.ts';
import { readTableParcels, type TableParcels } from './points_table_parcels.ts';
import { declaredByRemarks, statedDatum } from './points_table_remarks.ts';

/** Titles and remarks may stand above the header. */
const HEADER_WITHIN = 40;

function headerOf(rows: readonly TableRow[]): { at: number; columns: Columns } | null {
  for (let at = 0; at < Math.min(rows.length, HEADER_WITHIN); at++) {
    const columns = readHeader(rows[at]!);
    if (columns) return { at, columns };
  }
  return null;
}

/** Whether the rows have a header that names columns of coordinates. */
export function hasHeader(rows: readonly TableRow[]): boolean {
  return headerOf(rows) !== null;
}

function layoutOf(rows: readonly TableRow[], file: string): { at: number; columns: Columns } | null {
  const header = headerOf(rows);
  if (header) return header;
  const columns = guessColumns(rows);
  if (columns === 'ambiguous') throw new Problem('columns_unknown', { params: { file }, where: { file } });
  return columns && { at: -1, columns };
}

function columnNotes(
  header: TableRow | undefined,
  columns: Columns,
  swapped: boolean,
  file: string,
): ReadNote[] {
  const where = header ? { file, line: header.line } : { file };
  const notes: ReadNote[] = [];
  const name = (at: number) => header?.cells[at]?.trim() ?? '';
  if (columns.by === 'values') {
    notes.push(
      note('warning', 'columns_guessed', { north: columns.north + 1, east: columns.east + 1 }, where),
    );
  } else if (swapped) {
    const params = { east: name(columns.north), north: name(columns.east) };
    notes.push(note('warning', 'columns_swapped_in_table', params, where));
  }
  if (columns.packed) notes.push(note('info', 'packed_degrees', {}, where));
  if (columns.unused.length > 0) {
    notes.push(note('info', 'columns_ignored', { columns: columns.unused.join(', ') }, where));
  }
  return notes;
}

function rowNotes(
  { ignored, filled }: TableParcels,
  headerLine: number | undefined,
  file: string,
): ReadNote[] {
  const notes = ignored
    .filter(({ line }) => headerLine === undefined || line > headerLine)
    .map(({ line }) => note('info', 'line_ignored', { line }, { file, line }));
  if (notes.length > MAX_UNREADABLE_LINES) {
    const line = notes[MAX_UNREADABLE_LINES]!.where!.line!;
    throw new Problem('file_unreadable', { params: { file, place: `${line}` }, where: { file, line } });
  }
  if (filled > 0) notes.push(note('info', 'parcel_filled_down', { count: filled }, { file }));
  return notes;
}

/**
 * A table of points (CSV, a sheet, typed text): X is the northing, as in Chinese tables, unless the size of the values
 * shows otherwise; longitude and latitude in degrees in any of their forms, ddd.mmss only where the header declares it.
 * Null where nothing looks like two columns of coordinates.
 * @throws Problem columns_unknown, file_no_shapes, file_unreadable, crs_*, too_many_*
 */
export function readPointsTable(
  file: string,
  rows: readonly TableRow[],
  options: ReadOptions,
  format: 'csv' | 'xlsx',
): ReadFile | null {
  const layout = layoutOf(rows, file);
  if (!layout) return null;
  const { at, columns } = layout;
  const header = rows[at];
  const read = readTableParcels(rows.slice(at + 1), columns);
  const typical = typicalPosition(
    read.parcels.flatMap(({ rings }) =>
      [...rings.values()].flat().map(({ first, second }): Position => [first, second]),
    ),
  );
  if (!typical) {
    throw noShapes(file);
  }
  const swapped = isEastingFirst(typical);
  const words = [...rows.slice(0, at + 1), ...read.ignored];
  const declared: Declared | null = declaredByRemarks(words, file);
  const place: Position = swapped ? typical : [typical[1], typical[0]];
  const recognised = recogniseCrs(place, declared, options.crs);
  const built = featuresOf(read.parcels, recognised.crs, swapped, file);
  const stated = recognised.crs.zone ? undefined : statedDatum(words);
  const notes = [
    ...columnNotes(header, columns, swapped, file),
    ...rowNotes(read, header?.line, file),
    ...built.notes,
  ];
  if (!statedDatum(words) && !options.datum && !options.crs) {
    notes.unshift(note('warning', 'datum_not_stated', {}, { file }));
  }
  return {
    format,
    crs: describeCrs(recognised, declared, 'crs_by_remark'),
    features: built.features.map((feature) => ({ ...feature, stated_datum: stated })),
    notes,
  };
}
