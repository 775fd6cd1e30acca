import type { ShapeAnswer, ShapeRequest } from '../../server/contract/index.ts';
import { request } from './request.ts';

/** A shape or footprint as the server understands it: lon/lat on CGCS2000 with its official area. */
export function postShape(shape: ShapeRequest): Promise<ShapeAnswer> {
  return request('/api/shapes', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(shape),
  });
}
