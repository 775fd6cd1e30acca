import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import type { VillageMap } from '../../server/contract/index.ts';
import type { MapLand } from '../map/types.ts';

/** A village's map as the contract sends it, with its boundary as a bare geometry. */
export function landOf(map: VillageMap): MapLand {
  const boundary = map.boundary as Polygon | MultiPolygon | { geometry: Polygon | MultiPolygon } | null;
  return {
    boundary: boundary === null ? null : 'geometry' in boundary ? boundary.geometry : boundary,
    layers: map.layers as Record<string, FeatureCollection>,
  };
}
