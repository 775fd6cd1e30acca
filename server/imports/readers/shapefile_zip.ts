import { Problem } from '../../problems.ts';
import type { ReadFile, ReadOptions } from '../types.ts';
/** Zipped Shapefile. */
export function readShapefileZip(file: string, _bytes: Buffer, _options: ReadOptions): ReadFile {
  throw new Problem('file_format_unknown', { params: { file } });
}
