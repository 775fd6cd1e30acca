import { queryString } from '../../api/query_string.ts';
import type { ListParams } from '../../inspector/item_query.ts';

/** Where one record of a batch is shown; `at`: its place in the list that it is opened from. */
export const itemAddress = (batch: string, index: number, params: ListParams, at: number | null): string =>
  `/inspector/${batch}/${index}${queryString({ ...params, at })}`;

export const listAddress = (batch: string, params: ListParams): string =>
  `/inspector/${batch}${queryString(params)}`;
