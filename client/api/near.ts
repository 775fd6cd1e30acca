import type { VillageList } from '../../server/contract/index.ts';
import { request } from './request.ts';

/** The village at a position (lon, lat) first, then those around it. */
export function villagesNear(
  [lon, lat]: readonly [number, number],
  limit: number,
  signal: AbortSignal,
): Promise<VillageList> {
  const search = new URLSearchParams({ near: `${lon.toFixed(7)},${lat.toFixed(7)}`, limit: String(limit) });
  return request(`/api/villages?${search}`, { signal });
}
