import type { Village, VillageList, VillageMap } from '../../server/contract/index.ts';
import { request } from './request.ts';

/** Villages whose name, pinyin or code fits `query`; those with land first. */
export function searchVillages(query: string, limit: number, signal: AbortSignal): Promise<VillageList> {
  const search = new URLSearchParams({ limit: String(limit) });
  if (query !== '') search.set('q', query);
  return request(`/api/villages?${search}`, { signal });
}

/** Villages below a division; those with land first. */
export function villagesIn(parent: string, limit: number, signal: AbortSignal): Promise<VillageList> {
  return request(`/api/villages?${new URLSearchParams({ parent, limit: String(limit) })}`, { signal });
}

export function getVillage(code: string, signal: AbortSignal): Promise<Village> {
  return request(`/api/villages/${encodeURIComponent(code)}`, { signal });
}

/** Clipped and generalised layers of one village, lon/lat. */
export function getVillageMap(code: string, signal: AbortSignal): Promise<VillageMap> {
  return request(`/api/villages/${encodeURIComponent(code)}/map`, { signal });
}
