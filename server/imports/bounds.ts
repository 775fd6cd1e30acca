import { Problem } from '../problems.ts';
import { MAX_FEATURES, MAX_FILE_VERTICES } from './limits.ts';

/** Readers ask as they count, so that a hostile file is refused before it has grown in memory. @throws Problem too_many_features */
export function checkFeatureCount(count: number): void {
  if (count > MAX_FEATURES)
    throw new Problem('too_many_features', { params: { count, limit: MAX_FEATURES } });
}

/** @throws Problem too_many_vertices */
export function checkVertexCount(count: number): void {
  if (count > MAX_FILE_VERTICES) {
    throw new Problem('too_many_vertices', { params: { count, limit: MAX_FILE_VERTICES } });
  }
}
