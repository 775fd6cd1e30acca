import type { MapLand } from '../map/types.ts';

/** At most so many villages lie under the shapes: each is a map of its own. */
export const MOST_VILLAGES = 8;

/** The villages whose land is shown: that of the open record first, then those of the rows in their order. */
export function villagesShown(
  open: string | null,
  rows: readonly { village: { code: string } | null }[],
): string[] {
  const codes = [open, ...rows.map(({ village }) => village?.code ?? null)];
  return [...new Set(codes.filter((code) => code !== null))].slice(0, MOST_VILLAGES);
}

/** Several villages as one map; without an outline, since none of them is the one that is meant. */
export function joinLands(lands: readonly MapLand[]): MapLand {
  const layers: MapLand['layers'] = {};
  for (const land of lands) {
    for (const [layer, { features }] of Object.entries(land.layers)) {
      layers[layer] = {
        type: 'FeatureCollection',
        features: [...(layers[layer]?.features ?? []), ...features],
      };
    }
  }
  return { boundary: null, layers };
}
