import { area, bbox, feature, featureCollection, intersect, kinks } from '@turf/turf';
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson';

/** What can be said while drawing, before the server has looked: an estimate, never an answer. */
export interface Estimate {
  /** on a sphere: within about half a per cent of the official area */
  area_m2: number;
  /** its sides cross: then there is no area to speak of */
  crosses: boolean;
  zones: { layer: string; touch: 'maybe' | 'not_seen' | 'not_known' }[];
}

type Box = ReturnType<typeof bbox>;
const apart = (a: Box, b: Box) => a[2] < b[0] || b[2] < a[0] || a[3] < b[1] || b[3] < a[1];

function isAreal(candidate: Feature): candidate is Feature<Polygon | MultiPolygon> {
  return candidate.geometry.type === 'Polygon' || candidate.geometry.type === 'MultiPolygon';
}

/** Whether the shape and a generalised zone share some area, as far as turf can tell. */
export function touches(
  shape: Polygon,
  zone: FeatureCollection | undefined,
): 'maybe' | 'not_seen' | 'not_known' {
  if (zone === undefined) return 'not_known';
  const box = bbox(shape);
  let known = true;
  for (const part of zone.features) {
    if (!isAreal(part) || apart(box, bbox(part))) continue;
    try {
      if (intersect(featureCollection<Polygon | MultiPolygon>([feature(shape), part])) !== null)
        return 'maybe';
    } catch {
      known = false;
    }
  }
  return known ? 'not_seen' : 'not_known';
}

/** Area and touched zones of a drawn polygon (lon/lat), by turf.js on the sphere and on generalised zones. */
export function estimate(
  shape: Polygon,
  zones: Record<string, FeatureCollection>,
  watched: readonly string[],
): Estimate {
  return {
    area_m2: area(shape),
    crosses: kinks(shape).features.length > 0,
    zones: watched.map((layer) => ({ layer, touch: touches(shape, zones[layer]) })),
  };
}
