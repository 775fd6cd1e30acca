import type { MultiPolygon, Polygon } from 'geojson';
import type { MapLand } from '../map/types.ts';

/** So many villages are drawn at once: each is a map of its own. */
export const MOST_VILLAGES = 12;

/** Which villages are drawn: those that the parcels lie in, then those that were looked at last. */
export function villagesShown(affected: readonly string[], looked: readonly string[]): string[] {
  return [...new Set([...affected, ...looked])].slice(0, MOST_VILLAGES);
}

const polygonsOf = (boundary: Polygon | MultiPolygon): MultiPolygon['coordinates'] =>
  boundary.type === 'Polygon' ? [boundary.coordinates] : boundary.coordinates;

/** Several villages as one land, with the outlines of all. */
export function joined(lands: readonly MapLand[]): MapLand {
  const layers: MapLand['layers'] = {};
  for (const land of lands)
    for (const [layer, { features }] of Object.entries(land.layers))
      layers[layer] = {
        type: 'FeatureCollection',
        features: [...(layers[layer]?.features ?? []), ...features],
      };
  const outlines = lands.flatMap(({ boundary }) => (boundary === null ? [] : polygonsOf(boundary)));
  return {
    boundary: outlines.length === 0 ? null : { type: 'MultiPolygon', coordinates: outlines },
    layers,
  };
}
