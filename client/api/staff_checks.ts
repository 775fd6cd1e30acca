import type { Activity, CheckList, Indicators, Outcome } from '../../server/contract/index.ts';
import { queryString } from './query_string.ts';
import { request } from './request.ts';

export interface CheckSearch {
  outcome?: Outcome;
  activity?: Activity;
  division?: string;
  from?: string;
  until?: string;
}

/** The checks of one's areas, newest first; `before`: `next` of the page before. */
export const listChecks = (
  search: CheckSearch,
  before: string | null,
  limit: number,
  signal?: AbortSignal,
): Promise<CheckList> =>
  request(`/api/checks${queryString({ ...search, before, limit })}`, signal === undefined ? {} : { signal });

/** Numbers of the last `days` days in one's area or a smaller one. */
export const getIndicators = (days: number, division: string, signal: AbortSignal): Promise<Indicators> =>
  request(`/api/indicators${queryString({ days, division })}`, { signal });
