import { Problem } from '../../problems.ts';
import { checkVertexCount } from '../bounds.ts';
import { MAX_COLUMNS, MAX_LINE_LENGTH } from '../limits.ts';
import { plainMarks, readCoordinate, type TableRow } from './points_table_cells.ts';
import { readHeader } from './points_table_columns.ts';

type Split = (line: string) => string[][];

/** Cells between commas or semicolons; a cell may stand in quotation marks, doubled inside (RFC 4180). */
function quoted(line: string, separator: string): string[] {
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length && cells.length <= MAX_COLUMNS) {
    const rest = /^\s*"((?:[^"]|"")*)"\s*/.exec(line.slice(at));
    const next = rest ? at + rest[0].length : -1;
    if (rest && (next === line.length || line[next] === separator)) {
      cells.push(rest[1]!.replaceAll('""', '"').trim());
      at = next + 1;
      continue;
    }
    const end = line.indexOf(separator, at);
    cells.push(line.slice(at, end < 0 ? undefined : end).trim());
    if (end < 0) break;
    at = end + 1;
  }
  return cells;
}

const INTEGER = /^\d{1,3}$/;

/** Six numbers in a row, or seven behind a name, that are degrees, minutes, seconds twice. */
function triples(tokens: string[]): string[] | null {
  if (tokens.length !== 6 && tokens.length !== 7) return null;
  const numbers = tokens.slice(-6);
  if (![0, 1, 3, 4].every((i) => INTEGER.test(numbers[i]!))) return null;
  const cells = [numbers.slice(0, 3).join(' '), numbers.slice(3).join(' ')];
  const [a, b] = cells.map((cell) => readCoordinate(cell)?.value ?? Number.NaN);
  const fits = (lat: number, lon: number) => lat >= 3 && lat <= 54 && lon >= 73 && lon <= 136;
  if (!fits(a!, b!) && !fits(b!, a!)) return null;
  return [...tokens.slice(0, -6), ...cells];
}

/** Cells between blanks; those inside 113° 14′ 24″ N separate nothing. */
function spaced(line: string): string[] {
  const joined = plainMarks(line)
    .replace(/([°度])\s+(?=\d+(\.\d+)?\s*['分])/g, '$1')
    .replace(/(['分])\s+(?=\d+(\.\d+)?\s*["秒])/g, '$1')
    .replace(/([°度'分"秒])\s+(?=[NEne](\s|$))/g, '$1')
    .replace(/(北纬|东经)[:：]?\s+/g, '$1');
  const tokens = joined.split(/\s+/).slice(0, MAX_COLUMNS + 1);
  return triples(tokens) ?? tokens;
}

/** Cells between commas; a line without any is one between blanks. */
function commas(piece: string): string[] {
  const line = piece.replaceAll('，', ',');
  if (!line.includes(',')) return spaced(line.trim());
  const cells = quoted(line, ',');
  return triples(cells) ?? cells;
}

/** The ways in which lines are divided, the surest first. A semicolon may also end a point: 113.2,35.2;113.3,35.2 */
const POINTS_IN_A_LINE: Split = (line) => line.split(/[;；]/).map(commas);
const SPLITS: readonly Split[] = [
  (line) => [quoted(line, '\t')],
  POINTS_IN_A_LINE,
  (line) => [quoted(line.replaceAll('；', ';'), ';')],
  (line) => [spaced(line.trim())],
];
const SAMPLE = 100;

function coordinates(cells: string[]): number {
  return cells.filter((cell) => readCoordinate(cell) !== null).length;
}

/** Rows of a sample that can be points or name columns of points. */
function score(lines: readonly string[], split: Split): number {
  return lines
    .flatMap(split)
    .filter((cells) => coordinates(cells) >= 2 || readHeader({ line: 0, cells }) !== null).length;
}

/**
 * Whether a text is a table before it is anything else: a row names its columns of coordinates, or its rows are degrees,
 * minutes, seconds between blanks. A boundary-point file, which also has rows of numbers, has neither.
 */
export function looksLikeTable(text: string): boolean {
  const lines = text
    .split(/\r\n|\n|\r/, SAMPLE)
    .filter((line) => line.trim() !== '' && line.length <= MAX_LINE_LENGTH);
  if (lines.some((line) => /^\s*[[【［]/.test(line))) return false;
  return (
    lines.some((line) =>
      SPLITS.some((split) => split(line).some((cells) => readHeader({ line: 0, cells }))),
    ) || lines.some((line) => triples(line.trim().split(/[\s,，]+/)) !== null)
  );
}

function tooLong(file: string, line: number): Problem {
  return new Problem('file_unreadable', { params: { file, place: `${line}` }, where: { file, line } });
}

/**
 * A text of points as rows of cells: between tabs, commas, semicolons or blanks, whichever gives the most points. Blank
 * rows are left out.
 * @throws Problem file_unreadable (a line too long to be of points), too_many_vertices
 */
export function readCsvRows(file: string, text: string): TableRow[] {
  const lines = text.split(/\r\n|\n|\r/);
  const sample = lines
    .filter((line) => line.trim() !== '')
    .slice(0, SAMPLE)
    .map((line) => line.slice(0, MAX_LINE_LENGTH));
  const scores = SPLITS.map((split) => score(sample, split));
  const split = SPLITS[scores.indexOf(Math.max(...scores))]!;
  const rows: TableRow[] = [];
  lines.forEach((line, i) => {
    if (line.trim() === '') return;
    const pieces = split === POINTS_IN_A_LINE ? line.split(/[;；]/) : [line];
    if (pieces.some((piece) => piece.length > MAX_LINE_LENGTH)) throw tooLong(file, i + 1);
    for (const cells of split(line)) {
      if (cells.every((cell) => cell === '')) continue;
      if (cells.length > MAX_COLUMNS) throw tooLong(file, i + 1);
      rows.push({ line: i + 1, cells });
      checkVertexCount(rows.length);
    }
  });
  return rows;
}
