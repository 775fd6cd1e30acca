import type { ItemQuery } from '../api/batches.ts';

/** What the page's address says of the list. */
export const LIST_PARAMS = ['layer', 'sort', 'status', 'township', 'q', 'offset'] as const;
export type ListParam = (typeof LIST_PARAMS)[number];
export type ListParams = Readonly<Record<ListParam, string>>;

/** Orders that the page offers; `layer`: by the area inside the layer that is looked at. */
export const ORDERS = ['layer', 'area', 'index'] as const;
export type Order = (typeof ORDERS)[number];

export const orderOf = (sort: string): Order => ORDERS.find((order) => order === sort) ?? 'layer';

/** A status of the layer that is looked at stands as `layer:affected`, one over all layers without a prefix. */
const OF_LAYER = 'layer:';

const wholeFrom0 = (text: string) => (/^\d{1,5}$/.test(text) ? Number(text) : 0);

/** What is asked of the server; `layer`: the layer that is looked at. */
export function itemQuery(
  params: ListParams,
  layer: string,
  page: { limit: number; offset: number },
): ItemQuery {
  const order = orderOf(params.sort);
  const ofLayer = params.status.startsWith(OF_LAYER);
  return {
    sort: order === 'layer' ? `-${layer}` : order === 'area' ? '-area' : 'index',
    ...(ofLayer ? { layer, status: params.status.slice(OF_LAYER.length) } : { status: params.status }),
    township: params.township,
    q: params.q.trim(),
    ...page,
  };
}

/** Number of the first row of the page, from 0. */
export const offsetOf = (params: Pick<ListParams, 'offset'>): number => wholeFrom0(params.offset);

/** A record in the list that it was opened from; `at`: where it stands there, from 0. */
export interface Standing {
  at: number;
  params: ListParams;
  /** the list is the one that the page shows; else it is the file itself */
  listed: boolean;
}

/** `at`: what the address says. Without it (an address that somebody was sent) the file is the list. */
export function standing(params: ListParams, at: string | null, index: number): Standing {
  if (at !== null && /^\d{1,5}$/.test(at)) return { at: Number(at), params, listed: true };
  const file = { layer: params.layer, sort: 'index', status: '', township: '', q: '', offset: '' };
  return { at: index - 1, params: file, listed: false };
}

export const isFiltered = (params: ListParams): boolean =>
  params.status !== '' || params.township !== '' || params.q.trim() !== '';
