import type { CheckAnswer, CheckRequest } from '../../server/contract/index.ts';
import { request } from './request.ts';

export function postCheck(check: CheckRequest): Promise<CheckAnswer> {
  return request('/api/checks', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(check),
  });
}

export function getCheck(id: string, signal: AbortSignal): Promise<CheckAnswer> {
  return request(`/api/checks/${encodeURIComponent(id)}`, { signal });
}

/** Removes a check for good; whoever knows its address may. */
export function deleteCheck(id: string): Promise<void> {
  return request(`/api/checks/${encodeURIComponent(id)}`, { method: 'DELETE' });
}
