import { readNumber } from './boundary_points_lines.ts';

/** One row of a table of points: cells as text, and the line (of a sheet: the row) it stands in, from 1. */
export interface TableRow {
  line: number;
  cells: string[];
}

/** A value of a cell: a plain number, or degrees that were written as such. */
export interface Coordinate {
  value: number;
  /** what the cell itself says: 北纬, N … */
  axis: 'lat' | 'lon' | null;
  plain: boolean;
}

const AXIS = { 北纬: 'lat', 东经: 'lon', n: 'lat', e: 'lon' } as const;
const DECIMAL = String.raw`\d+(?:\.\d+)?`;
const DEGREES = new RegExp(`^(${DECIMAL})[°度]$`);
const MINUTES = new RegExp(`^(\\d{1,3})[°度] ?(${DECIMAL})['分]$`);
const SECONDS = new RegExp(`^(\\d{1,3})[°度] ?(\\d{1,2})['分] ?(${DECIMAL})(?:["秒]|'')?$`);
const SPACED = new RegExp(`^(\\d{1,3})([ :])(\\d{1,2})\\2(${DECIMAL})$`);
const LONGEST = 48;

/** Marks of degrees, minutes and seconds in the many ways they are typed, as ° ' ". */
export function plainMarks(text: string): string {
  return text
    .replace(/[″“”＂〃]|''|′′|’’/g, '"')
    .replace(/[′‘’＇´`]/g, "'")
    .replace(/[º˚]/g, '°')
    .replace(/[\u3000\u00a0]/g, ' ');
}

function sexagesimal(degrees: number, minutes: number, seconds: number): number | null {
  if (minutes >= 60 || seconds >= 60) return null;
  return degrees + minutes / 60 + seconds / 3600;
}

function splitAxis(text: string): { rest: string; axis: Coordinate['axis'] } {
  const mark = /^(北纬|东经|[ne])\s*[:=]?\s*(.*)$/i.exec(text);
  if (mark) return { rest: mark[2]!, axis: AXIS[mark[1]!.toLowerCase() as keyof typeof AXIS] };
  const end = /^(.*[\d.°度'分"秒])\s*([ne])$/i.exec(text);
  if (end) return { rest: end[1]!, axis: AXIS[end[2]!.toLowerCase() as keyof typeof AXIS] };
  return { rest: text, axis: null };
}

function degreesOf(text: string): number | null {
  const degrees = DEGREES.exec(text);
  if (degrees) return Number(degrees[1]);
  const minutes = MINUTES.exec(text);
  if (minutes) return sexagesimal(Number(minutes[1]), Number(minutes[2]), 0);
  const seconds = SECONDS.exec(text);
  if (seconds) return sexagesimal(Number(seconds[1]), Number(seconds[2]), Number(seconds[3]));
  const spaced = SPACED.exec(text);
  return spaced ? sexagesimal(Number(spaced[1]), Number(spaced[3]), Number(spaced[4])) : null;
}

/**
 * A coordinate as it is written in tables: 113.2401, 38430812.220, 113.2401°E, 113°14′24.36″, 113 14 24.36, 东经113度14分24秒.
 * Degrees where it says so. Null for anything else: no thousands separators, no decimal commas, no south or west.
 */
export function readCoordinate(cell: string): Coordinate | null {
  if (cell.length > LONGEST) return null;
  const text = plainMarks(cell).normalize('NFKC').replace(/\s+/g, ' ').trim();
  const number = readNumber(text);
  if (number !== null) return { value: number, axis: null, plain: true };
  const { rest, axis } = splitAxis(text);
  // N12 is the name of a point
  const value = degreesOf(rest) ?? (axis !== null && rest.includes('.') ? readNumber(rest) : null);
  return value === null ? null : { value, axis, plain: false };
}

/** ddd.mmss as surveyors' calculators write it (113.142436 is 113°14′24.36″); null where minutes or seconds reach 60. */
export function readPacked(cell: string): number | null {
  const text = cell.normalize('NFKC').trim();
  const match = /^(\d{1,3})(?:\.(\d*))?$/.exec(text);
  if (!match) return null;
  const digits = (match[2] ?? '').padEnd(4, '0');
  return sexagesimal(
    Number(match[1]),
    Number(digits.slice(0, 2)),
    Number(`${digits.slice(2, 4)}.${digits.slice(4)}`),
  );
}
