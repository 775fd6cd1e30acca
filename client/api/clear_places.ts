import type { ClearPlaceAnswer, ClearPlaceRequest } from '../../server/contract/index.ts';
import { request } from './request.ts';

/** Fields that the server fills in may be left out. */
export type ClearPlaceQuestion = Pick<ClearPlaceRequest, 'geometry' | 'activity'> &
  Partial<ClearPlaceRequest>;

/** The nearest place at which an activity meets no objection. Nothing of it is kept. */
export function postClearPlace(question: ClearPlaceQuestion, signal: AbortSignal): Promise<ClearPlaceAnswer> {
  return request('/api/clear-places', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(question),
    signal,
  });
}
