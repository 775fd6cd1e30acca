import { type Position, recogniseCrs } from '../../geometry/index.ts';
import { describeCrs, typicalPosition } from '../describe_crs.ts';
import { noShapes, note } from '../notes.ts';
import type { ReadFile, ReadNote, ReadOptions } from '../types.ts';
import { declaredByHeader } from './boundary_points_crs.ts';
import { featuresOf } from './boundary_points_features.ts';
import { readLine } from './boundary_points_lines.ts';
import { readParcels, type TextFile } from './boundary_points_parcels.ts';

/** Whether a text is a boundary-point file: it has its section title, or a line of the form name,ring,X,Y. */
export function looksLikeBoundaryPoints(text: string): boolean {
  if (/[[【［]\s*(地块坐标|属性描述)\s*[\]】］]/.test(text)) return true;
  return text.split(/\r\n|\n|\r/, 200).some((line) => {
    const kind = readLine(line)?.kind;
    return kind === 'point' || kind === 'parcel';
  });
}

/** X (northing) stands first in Chinese tables; a file that has it the other way round is recognised by size. */
export function isEastingFirst([first, second]: Position): boolean {
  const northing = (v: number) => v >= 1_900_000 && v <= 6_000_000;
  const easting = (v: number) => (v >= 13_000_000 && v < 46_000_000) || (v >= 100_000 && v <= 900_000);
  if (easting(first) && northing(second)) return true;
  const [lat, lon] = [first, second];
  return lat >= 73 && lat <= 136 && lon >= 3 && lon <= 54;
}

/** Of a file without one readable point: the lines that were not understood, and how a point is written. */
function unreadableLines({ unreadable, parcels }: TextFile, file: string): ReadNote[] {
  return [...unreadable, ...parcels.flatMap((parcel) => parcel.unreadable)]
    .sort((a, b) => a.line - b.line)
    .map(({ line, text }) => note('error', 'point_line_unreadable', { line, text }, { file, line }));
}

/**
 * Boundary-point TXT (界址点坐标, `[属性描述]` and `[地块坐标]`): X is the northing and stands first. Zone from the
 * easting's first two digits, else from the header. A parcel that cannot be read becomes an error note with its line or
 * point; the others stay.
 * @throws Problem crs_*, file_no_shapes
 */
export function readBoundaryPoints(file: string, text: string, options: ReadOptions): ReadFile {
  const parsed = readParcels(text, file);
  const { declared, notes } = declaredByHeader(parsed.header, file);
  for (const { line } of parsed.unreadable)
    notes.push(note('warning', 'line_unreadable', { line }, { file, line }));
  const columns = typicalPosition(
    parsed.parcels.flatMap((parcel) =>
      [...parcel.rings.values()].flat().map((p): Position => [p.first, p.second]),
    ),
  );
  if (!columns) throw noShapes(file, unreadableLines(parsed, file));
  const eastingFirst = isEastingFirst(columns);
  if (eastingFirst) notes.push(note('warning', 'columns_swapped', {}, { file }));
  const typical: Position = eastingFirst ? columns : [columns[1], columns[0]];
  const recognised = recogniseCrs(typical, declared, options.crs);
  const built = featuresOf(parsed.parcels, recognised.crs, eastingFirst, file);
  return {
    format: 'txt',
    crs: describeCrs(recognised, declared, 'crs_by_header'),
    features: built.features,
    notes: [...notes, ...built.notes],
  };
}
