import type { BatchDetail, BatchItem, ItemStatus } from '../../server/contract/index.ts';

export type BatchLayer = BatchDetail['layers'][number];

/** The layer that inspectors look at first. */
export const PROTECTED = 'permanent_basic_farmland';

export interface MetLayer {
  layer: BatchLayer;
  area_m2: number;
}

/** What a row says of a shape; every layer stands in exactly one of the lists. */
export interface ItemView {
  /** zones that it meets: the one that is looked at first, then the largest area */
  met: MetLayer[];
  /** no outcome: the look-up failed, or there are no data; never to be read as "nothing found" */
  failed: BatchLayer[];
  no_data: BatchLayer[];
  /** found, but smaller than what counts */
  below: MetLayer[];
  not_met: BatchLayer[];
}

/** Sorts the layers of an examined shape; land use is what the land is, and met by every shape. */
export function viewItem(
  item: Pick<BatchItem, 'layers'>,
  layers: readonly BatchLayer[],
  first: string,
): ItemView {
  const view: ItemView = { met: [], failed: [], no_data: [], below: [], not_met: [] };
  for (const layer of layers) {
    const found = item.layers[layer.layer];
    if (found === undefined) continue;
    if (found.status === 'failed') view.failed.push(layer);
    else if (found.status === 'no_data') view.no_data.push(layer);
    else if (layer.kind === 'land_use') continue;
    else if (found.status === 'affected') view.met.push({ layer, area_m2: found.area_m2 });
    else if (found.below_threshold_m2 > 0) view.below.push({ layer, area_m2: found.below_threshold_m2 });
    else view.not_met.push(layer);
  }
  const isFirst = ({ layer }: MetLayer) => Number(layer.layer === first);
  view.met.sort((a, b) => isFirst(b) - isFirst(a) || b.area_m2 - a.area_m2);
  return view;
}

/** How a shape looks on the map and in the list: by the layer that is looked at, else by what it is over all. */
export type ItemTone = 'conflict' | 'permit' | 'unknown' | 'clear' | 'plain';

/** `met`: keys of the zones that the shape meets. */
export function itemTone(status: ItemStatus, met: readonly string[], first: string): ItemTone {
  if (status === 'waiting' || status === 'remark') return 'plain';
  if (met.includes(first)) return 'conflict';
  if (status === 'affected') return 'permit';
  return status === 'not_affected' ? 'clear' : 'unknown';
}
