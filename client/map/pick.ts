import type { MapGeoJSONFeature } from 'maplibre-gl';
import type { Picked } from './types.ts';

const OWN = new Set(['outside', 'boundary', 'shapes']);

/** What lies under a tap, each layer and class once; uppermost first. */
export function picked(features: Pick<MapGeoJSONFeature, 'source' | 'properties'>[]): Picked[] {
  const seen = new Map<string, Picked>();
  for (const { source, properties } of features) {
    if (OWN.has(source) || source.startsWith('td-')) continue;
    const code = String(properties.code ?? '');
    const key = `${source} ${code}`;
    if (seen.has(key)) continue;
    const area = properties.area_mu;
    seen.set(key, {
      layer: source,
      code,
      name: String(properties.name ?? ''),
      area_mu: typeof area === 'number' ? area : null,
    });
  }
  return [...seen.values()];
}
