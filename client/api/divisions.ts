import type { DivisionList } from '../../server/contract/index.ts';
import { queryString } from './query_string.ts';
import { request } from './request.ts';

/** Divisions of every level that fit `q`, only in `within` (codes; empty: everywhere). */
export const searchDivisions = (
  q: string,
  within: readonly string[],
  limit: number,
  signal: AbortSignal,
): Promise<DivisionList> =>
  request(`/api/divisions${queryString({ q, within: within.join(','), limit })}`, { signal });
