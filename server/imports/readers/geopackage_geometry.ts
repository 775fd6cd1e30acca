import type { Position } from '../../geometry/index.ts';
import { Problem } from '../../problems.ts';
import { checkVertexCount } from '../bounds.ts';
import type { RawGeometry } from '../types.ts';

/** Bytes of the envelope by its indicator (OGC 12-128r18, 2.1.3). */
const ENVELOPE_BYTES = [0, 32, 48, 48, 64];
const [POINT, LINE, POLYGON, MULTI_POINT, MULTI_LINE, MULTI_POLYGON] = [1, 2, 3, 4, 5, 6];
/** A collection within a collection is none of the types that are read. */
const MAX_PARTS_DEPTH = 2;

const damaged = () => new Problem('geometry_invalid', { params: { part: 1, ring: 1, point: '–' } });

/** Numbers of a WKB in either byte order; beyond its end it is damaged. */
class Cursor {
  readonly #view: DataView;
  #at = 0;
  little = true;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #take(size: number): number {
    const at = this.#at;
    if (at + size > this.#view.byteLength) throw damaged();
    this.#at += size;
    return at;
  }
  byte(): number {
    return this.#view.getUint8(this.#take(1));
  }
  integer(): number {
    return this.#view.getUint32(this.#take(4), this.little);
  }
  double(): number {
    return this.#view.getFloat64(this.#take(8), this.little);
  }
  skip(size: number): void {
    this.#take(size);
  }
  /** a count of things that take at least `size` bytes each */
  count(size: number): number {
    const count = this.integer();
    if (count * size > this.#view.byteLength - this.#at) throw damaged();
    return count;
  }
}

/**
 * The geometry of a GeoPackage blob in the CRS of its table, x before y; heights and measures are passed over. null: it
 * is empty.
 * @throws Problem geometry_invalid where it is cut short, geometry_type where it is neither point, line nor area
 */
export function readGeoPackageGeometry(blob: Uint8Array): { geometry: RawGeometry; heights: boolean } | null {
  const cursor = new Cursor(blob);
  if (cursor.byte() !== 0x47 || cursor.byte() !== 0x50) throw damaged();
  cursor.skip(1);
  const flags = cursor.byte();
  const envelope = ENVELOPE_BYTES[(flags >> 1) & 7];
  if (envelope === undefined) throw damaged();
  cursor.skip(4 + envelope);
  const read = readWkb(cursor, 1);
  return isEmpty(read.geometry) ? null : read;
}

function isEmpty({ type, coordinates }: RawGeometry): boolean {
  return type === 'Point' ? Number.isNaN(coordinates[0]) : coordinates.length === 0;
}

/** Type and dimensions: ISO 13249-3 (1003, 2003, 3003), or the flags of PostGIS. */
function readHead(cursor: Cursor): { type: number; dimensions: number } {
  cursor.little = cursor.byte() === 1;
  const code = cursor.integer();
  const flagged = (code & 0x80000000 ? 1 : 0) + (code & 0x40000000 ? 1 : 0);
  if (code & 0x20000000) cursor.skip(4);
  const plain = code & 0x1fffffff;
  const iso = Math.floor(plain / 1000);
  return { type: plain % 1000, dimensions: 2 + flagged + (iso === 3 ? 2 : iso > 0 ? 1 : 0) };
}

function readWkb(cursor: Cursor, depth: number): { geometry: RawGeometry; heights: boolean } {
  const { type, dimensions } = readHead(cursor);
  const heights = dimensions > 2;
  const position = (): Position => {
    const at: Position = [cursor.double(), cursor.double()];
    cursor.skip(8 * (dimensions - 2));
    return at;
  };
  const path = (): Position[] => {
    const count = cursor.count(8 * dimensions);
    checkVertexCount(count);
    return Array.from({ length: count }, position);
  };
  const paths = () => Array.from({ length: cursor.count(4) }, path);
  const parts = (): RawGeometry[] => {
    if (depth >= MAX_PARTS_DEPTH) throw unsupported(type);
    return Array.from({ length: cursor.count(9) }, () => readWkb(cursor, depth + 1).geometry);
  };
  switch (type) {
    case POINT:
      return { geometry: { type: 'Point', coordinates: position() }, heights };
    case LINE:
      return { geometry: { type: 'LineString', coordinates: path() }, heights };
    case POLYGON:
      return { geometry: { type: 'Polygon', coordinates: paths() }, heights };
    case MULTI_LINE:
      return { geometry: { type: 'MultiLineString', coordinates: partsOf(parts(), 'LineString') }, heights };
    case MULTI_POLYGON:
      return { geometry: { type: 'MultiPolygon', coordinates: partsOf(parts(), 'Polygon') }, heights };
    case MULTI_POINT: {
      const points = partsOf(parts(), 'Point');
      if (points.length !== 1) throw unsupported(type);
      return { geometry: { type: 'Point', coordinates: points[0]! }, heights };
    }
    default:
      throw unsupported(type);
  }
}

type Coordinates<T extends RawGeometry['type']> = Extract<RawGeometry, { type: T }>['coordinates'];

function partsOf<T extends RawGeometry['type']>(parts: RawGeometry[], type: T): Coordinates<T>[] {
  return parts.map((part) => {
    if (part.type !== type) throw damaged();
    return part.coordinates as Coordinates<T>;
  });
}

/** Names of OGC 06-103r4, table 7. */
const NAMES: Readonly<Record<number, string>> = {
  4: 'MultiPoint',
  7: 'GeometryCollection',
  8: 'CircularString',
  9: 'CompoundCurve',
  10: 'CurvePolygon',
  11: 'MultiCurve',
  12: 'MultiSurface',
};

function unsupported(type: number): Problem {
  return new Problem('geometry_type', { params: { type: NAMES[type] ?? String(type) } });
}
