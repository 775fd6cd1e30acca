import { Problem } from '../../problems.ts';
import { checkFeatureCount, checkVertexCount } from '../bounds.ts';
import { MAX_UNREADABLE_LINES } from '../limits.ts';
import { type Line, type ParcelShape, readLine, readNumber } from './boundary_points_lines.ts';

export interface TextPoint {
  name: string;
  /** columns as they stand in the file: normally X (northing), Y (easting) */
  first: number;
  second: number;
  line: number;
}

export interface TextParcel {
  line: number;
  label: string;
  name: string | null;
  shape: ParcelShape;
  stated_points: number | null;
  stated_area_m2: number | null;
  attributes: Record<string, string>;
  rings: Map<string, TextPoint[]>;
  /** lines that stand among its points and cannot be read */
  unreadable: UnreadableLine[];
}

export interface UnreadableLine {
  line: number;
  /** as it stands there, its beginning */
  text: string;
}

export interface TextFile {
  header: Map<string, string>;
  parcels: TextParcel[];
  /** unreadable lines before the first parcel */
  unreadable: UnreadableLine[];
}

/** So much of a line is shown. */
const SHOWN = 60;

export function unreadableLine(line: number, text: string): UnreadableLine {
  return { line, text: text.trim().slice(0, SHOWN) };
}

function checkUnreadable(count: number, file: string, line: number): void {
  if (count <= MAX_UNREADABLE_LINES) return;
  throw new Problem('file_unreadable', { params: { file, place: String(line) }, where: { file, line } });
}

const MU_M2 = 10_000 / 15;

/** "0.7655", "0.7655公顷", "7655平方米", "11.48亩" → m²; hectares where no unit is named. */
function readArea(token: string | undefined): number | null {
  const match = /^([\d.]+)\s*(公顷|ha|hm2|hm²|平方米|㎡|m2|m²|亩)?$/i.exec((token ?? '').normalize('NFC'));
  const value = match ? readNumber(match[1]!) : null;
  if (value === null || value === 0) return null;
  const unit = match![2]?.toLowerCase();
  if (unit === '亩') return value * MU_M2;
  return unit && ['平方米', '㎡', 'm2', 'm²'].includes(unit) ? value : value * 10_000;
}

function newParcel(line: number, number: number, tokens: string[], shape: ParcelShape | null): TextParcel {
  const at = shape === null ? 4 : tokens.indexOf(shape);
  const text = (index: number) => (index >= 0 ? tokens[index] : undefined) || undefined;
  const id = at >= 2 ? text(at - 2) : undefined;
  const name = at >= 1 ? text(at - 1) : undefined;
  const named = { number: id, name, sheet: text(at + 1), use: text(at + 2), land_class: text(at + 3) };
  const attributes: Record<string, string> = {};
  for (const [key, value] of Object.entries(named)) if (value !== undefined) attributes[key] = value;
  tokens.slice(at + 4).forEach((value, i) => {
    if (value !== '') attributes[`extra_${i + 1}`] = value;
  });
  return {
    line,
    label: name ?? id ?? `#${number}`,
    name: name ?? id ?? null,
    shape: shape ?? '面',
    stated_points: readNumber(tokens[0] ?? ''),
    stated_area_m2: readArea(tokens[1]),
    attributes,
    rings: new Map(),
    unreadable: [],
  };
}

/**
 * The lines of a boundary-point file as header and parcels. Headers, sections and even the parcel line may be missing:
 * points before any parcel line make a parcel of their own.
 * @throws Problem too_many_features, too_many_vertices, file_unreadable
 */
export function readParcels(text: string, name: string): TextFile {
  const file: TextFile = { header: new Map(), parcels: [], unreadable: [] };
  let current: TextParcel | undefined;
  let points = 0;
  let unreadable = 0;
  text.split(/\r\n|\n|\r/).forEach((raw, i) => {
    const line: Line | null = readLine(raw);
    if (!line || line.kind === 'section') return;
    if (line.kind === 'parcel') {
      checkFeatureCount(file.parcels.length + 1);
      current = newParcel(i + 1, file.parcels.length + 1, line.tokens, line.shape);
      file.parcels.push(current);
    } else if (line.kind === 'point') {
      checkVertexCount(++points);
      if (!current) {
        current = newParcel(i + 1, 1, [], null);
        file.parcels.push(current);
      }
      const point = { name: line.name, first: line.first, second: line.second, line: i + 1 };
      const ring = current.rings.get(line.ring);
      if (ring) ring.push(point);
      else current.rings.set(line.ring, [point]);
    } else if (line.kind === 'header' && !current) {
      file.header.set(line.key, line.value);
    } else {
      (current ?? file).unreadable.push(unreadableLine(i + 1, raw));
      checkUnreadable(++unreadable, name, i + 1);
    }
  });
  return file;
}
