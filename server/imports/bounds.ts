import { MAX_AREA_M2 } from '../geometry/index.ts';
import { Problem } from '../problems.ts';
import { MAX_FEATURES, MAX_FILE_BYTES, MAX_FILE_VERTICES } from './limits.ts';

/** How much one file may hold. */
export interface FileBounds {
  bytes: number;
  features: number;
  vertices: number;
  /** of one shape, m² */
  area_m2: number;
}

export const UPLOAD_BOUNDS: FileBounds = {
  bytes: MAX_FILE_BYTES,
  features: MAX_FEATURES,
  vertices: MAX_FILE_VERTICES,
  area_m2: MAX_AREA_M2,
};

/** Of the file that is being read: reading is one call that never waits, so no other comes between. */
let bounds = UPLOAD_BOUNDS;

/** Reads a file within bounds other than an upload's. `read` must not be asynchronous. */
export function within<T>(other: FileBounds, read: () => T): T {
  const before = bounds;
  bounds = other;
  try {
    return read();
  } finally {
    bounds = before;
  }
}

/** The largest shape that the file may hold, m². */
export function mostArea(): number {
  return bounds.area_m2;
}

/** @throws Problem file_too_large */
export function checkFileSize(file: string, size: number): void {
  if (size > bounds.bytes)
    throw new Problem('file_too_large', {
      params: { limit: `${bounds.bytes / 1024 / 1024} MB` },
      where: { file },
    });
}

/** Readers ask as they count, so that a hostile file is refused before it has grown in memory. @throws Problem too_many_features */
export function checkFeatureCount(count: number): void {
  if (count > bounds.features)
    throw new Problem('too_many_features', { params: { count, limit: bounds.features } });
}

/** @throws Problem too_many_vertices */
export function checkVertexCount(count: number): void {
  if (count > bounds.vertices)
    throw new Problem('too_many_vertices', { params: { count, limit: bounds.vertices } });
}
