import type { ItemStatus, LayerStatus } from '../contract/index.ts';
import type { BatchLand, LayerReason, OverlayResult } from '../overlay/index.ts';

type SettledLayer = OverlayResult['layers'][number];

/** A layer's answer as it is stored: unrounded, m²; what stands in the batch by its key. */
interface StoredLayer extends Omit<SettledLayer, 'layer' | 'versions'> {
  layer: string;
  versions: string[];
}

/** An overlay as it is stored with its record. */
export interface StoredAnswer extends Pick<OverlayResult, 'villages' | 'counties'> {
  layers: StoredLayer[];
}

/** By layer: status, area and area below the threshold, m²; what lists are sorted and filtered by. */
export type Summary = Record<string, [LayerStatus, number, number]>;

export function storedAnswer({ layers, villages, counties }: OverlayResult): StoredAnswer {
  return {
    layers: layers.map(({ layer, versions, ...rest }) => ({
      ...rest,
      layer: layer.key,
      versions: versions.map(({ id }) => id),
    })),
    villages,
    counties,
  };
}

/** The overlay that was stored. Throws where the batch does not have one of its layers or versions. */
export function revived(
  { layers, villages, counties }: StoredAnswer,
  area_m2: number,
  land: BatchLand,
): OverlayResult {
  const layerOf = new Map(land.layers.map((layer) => [layer.key, layer]));
  const versionOf = new Map(land.versions.map((version) => [version.id, version]));
  const found = <T>(map: Map<string, T>, key: string): T => {
    const value = map.get(key);
    if (value === undefined) throw new Error(`the batch has no ${key}`);
    return value;
  };
  return {
    asOf: land.as_of,
    area_m2,
    counties,
    layers: layers.map(({ layer, versions, ...rest }) => ({
      ...rest,
      reason: rest.reason as LayerReason | null,
      layer: found(layerOf, layer),
      versions: versions.map((id) => found(versionOf, id)),
    })),
    villages,
    near: null,
    village_code: villages[0]?.code ?? null,
  };
}

export function summaryOf({ layers }: OverlayResult): Summary {
  return Object.fromEntries(
    layers.map(({ layer, status, area_m2, below_threshold_m2 }) => [
      layer.key,
      [status, area_m2, below_threshold_m2],
    ]),
  );
}

/**
 * All layers of a shape in one word, the gravest that holds: a zone is met, a layer failed, data are missing. Land use
 * says what there is, not what is in the way: that it was found is no `affected`.
 */
export function overallStatus({ layers }: OverlayResult): Exclude<ItemStatus, 'waiting' | 'remark'> {
  const has = (status: LayerStatus) => layers.some((row) => row.status === status);
  if (layers.some(({ layer, status }) => layer.kind !== 'land_use' && status === 'affected'))
    return 'affected';
  if (has('failed')) return 'failed';
  return has('no_data') ? 'no_data' : 'not_affected';
}
