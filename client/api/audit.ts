import type { SignedHeads, TrailPage, Verification } from '../../server/contract/index.ts';
import { queryString } from './query_string.ts';
import { RequestFailed, readReply, request, requestLanguage, sendJson } from './request.ts';

/** What to show of the trail; a filter that is missing or empty lets everything through. */
export interface TrailSearch {
  account?: string;
  action?: string;
  record_kind?: string;
  record_id?: string;
  division?: string;
  from?: string;
  until?: string;
}

/** Newest first; `before`: `next` of the page before. */
export const getTrail = (
  search: TrailSearch,
  before: string | null,
  limit: number,
  signal?: AbortSignal,
): Promise<TrailPage> =>
  request(`/api/audit${queryString({ ...search, before, limit })}`, signal === undefined ? {} : { signal });

/** The same as a file, with the name that the server gives it. */
export async function exportTrail(
  search: TrailSearch,
  format: 'csv' | 'ndjson',
): Promise<{ name: string; content: Blob }> {
  let response: Response;
  try {
    response = await fetch(`/api/audit/export${queryString({ ...search, format })}`, {
      headers: { 'Accept-Language': requestLanguage() },
    });
    if (response.ok) {
      const named = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '');
      return { name: named?.[1] ?? `audit.${format}`, content: await response.blob() };
    }
  } catch {
    throw new RequestFailed({ kind: 'network' });
  }
  return readReply(response.status, await response.text());
}

export const getHeads = (signal: AbortSignal): Promise<SignedHeads> =>
  request('/api/audit/heads', { signal });

/** Computes every chain anew; `heads`: signed before and kept elsewhere. */
export const verifyTrail = (heads: SignedHeads | null): Promise<Verification> =>
  sendJson('POST', '/api/audit/verification', heads === null ? {} : { heads });
