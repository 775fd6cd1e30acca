import type { ShapeRequest } from '../contract/index.ts';
import { footprintRing, readShape, type Shape } from '../geometry/index.ts';
import { messageText } from '../messages/index.ts';
import { Problem } from '../problems.ts';
import { given } from './shape_options.ts';

/** A given geometry, or the rectangle that a footprint sets down. Throws the problems of `readShape`. */
export function readFootprint(request: ShapeRequest): Shape {
  const { geometry, footprint } = request;
  if ((geometry === undefined) === (footprint === undefined)) {
    throw new Problem('invalid_request', {
      params: { path: 'geometry | footprint', message: messageText('requests.invalid.one_of_two') },
      where: { path: '' },
    });
  }
  if (geometry !== undefined) return readShape(geometry, { ...given(request), path: 'geometry' });
  // the centre is read as a point first: its datum, its extent and the order of its numbers are checked there
  const center = { type: 'Point' as const, coordinates: footprint!.center };
  const { point } = readShape(center, { ...given(request), path: 'footprint.center' });
  const ring = footprintRing({ ...footprint!, center: [point!.lon, point!.lat] });
  return readShape({ type: 'Polygon', coordinates: [ring] }, { path: 'footprint' });
}
