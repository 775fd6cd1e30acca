import type { Map as LibreMap, MapGeoJSONFeature, Point } from 'maplibre-gl';
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

/** Small shapes are found by a finger this near, px. */
const NEAR_PX = 8;

/** The id of the shape at a place on the map, or the first one close to it; null: none. */
export function shapeAt(map: LibreMap, { x, y }: Point): string | null {
  const options = { layers: ['shape-fill', 'shape-line', 'shape-point'] };
  const near: [[number, number], [number, number]] = [
    [x - NEAR_PX, y - NEAR_PX],
    [x + NEAR_PX, y + NEAR_PX],
  ];
  const [exact] = map.queryRenderedFeatures([x, y], options);
  const found = exact ?? map.queryRenderedFeatures(near, options)[0];
  return found === undefined ? null : String(found.properties.id);
}
