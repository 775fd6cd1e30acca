import type { Position } from '../../geometry/index.ts';
import { Problem } from '../../problems.ts';
import { checkFeatureCount, checkVertexCount } from '../bounds.ts';

/** One record of a .shp in its own CRS; rings of an area are still loose. `heights`: it carries Z or M values. */
export type ShpRecord =
  | { type: 'null' }
  | { type: 'point'; position: Position; heights: boolean }
  | { type: 'line' | 'area'; paths: Position[][]; heights: boolean }
  | { type: 'unsupported'; code: number };

const KINDS: Record<number, 'null' | 'point' | 'line' | 'area'> = {
  0: 'null',
  1: 'point',
  3: 'line',
  5: 'area',
};

function readPaths(data: Buffer): Position[][] | null {
  if (data.length < 44) return null;
  const parts = data.readInt32LE(36);
  const points = data.readInt32LE(40);
  if (parts < 0 || points < 0 || 44 + parts * 4 + points * 16 > data.length) return null;
  checkVertexCount(points);
  const paths: Position[][] = [];
  for (let part = 0; part < parts; part++) {
    const from = data.readInt32LE(44 + part * 4);
    const to = part + 1 < parts ? data.readInt32LE(48 + part * 4) : points;
    if (from < 0 || to < from || to > points) return null;
    const path: Position[] = [];
    for (let i = from; i < to; i++) {
      const at = 44 + parts * 4 + i * 16;
      path.push([data.readDoubleLE(at), data.readDoubleLE(at + 8)]);
    }
    paths.push(path);
  }
  return paths;
}

/** Content of a record, its shape type first; null where it is cut short. */
function readRecord(data: Buffer): ShpRecord | null {
  if (data.length < 4) return null;
  const code = data.readInt32LE(0);
  const kind = KINDS[code % 10];
  const heights = code >= 10;
  if (kind === undefined || code < 0 || code > 25) return { type: 'unsupported', code };
  if (kind === 'null') return { type: 'null' };
  if (kind === 'point') {
    if (data.length < 20) return null;
    return { type: 'point', position: [data.readDoubleLE(4), data.readDoubleLE(12)], heights };
  }
  const paths = readPaths(data);
  return paths && { type: kind, paths, heights };
}

/**
 * The records of a .shp (ESRI Shapefile Technical Description, 1998). Coordinates in its own CRS, x before y; Z and M
 * are passed over.
 * @throws Problem too_many_features, too_many_vertices, file_unreadable with the number of the record that is cut short
 */
export function readShp(file: string, shp: Buffer): ShpRecord[] {
  const damaged = (place: string) =>
    new Problem('file_unreadable', { params: { file, place }, where: { file } });
  if (shp.length < 100 || shp.readInt32BE(0) !== 9994) throw damaged('header');
  const end = shp.readInt32BE(24) * 2;
  const records: ShpRecord[] = [];
  let at = 100;
  let points = 0;
  while (at < end) {
    const place = `#${records.length + 1}`;
    if (at + 8 > shp.length) throw damaged(place);
    const length = shp.readInt32BE(at + 4) * 2;
    if (length < 4 || at + 8 + length > shp.length) throw damaged(place);
    const record = readRecord(shp.subarray(at + 8, at + 8 + length));
    if (!record) throw damaged(place);
    records.push(record);
    checkFeatureCount(records.length);
    if ('paths' in record) points += record.paths.reduce((sum, path) => sum + path.length, 0);
    checkVertexCount(points);
    at += 8 + length;
  }
  return records;
}
