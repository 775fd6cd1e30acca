import { area, bbox, feature, featureCollection, intersect } from '@turf/turf';
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson';

type Areal = Polygon | MultiPolygon;
type Box = ReturnType<typeof bbox>;

const apart = (a: Box, b: Box) => a[2] < b[0] || b[2] < a[0] || a[3] < b[1] || b[3] < a[1];
const isAreal = (candidate: Feature): candidate is Feature<Areal> =>
  candidate.geometry.type === 'Polygon' || candidate.geometry.type === 'MultiPolygon';

/** What two shapes share on the sphere, m², within about half a per cent; null: turf cannot tell. */
export function shared(a: Areal, b: Areal): number | null {
  try {
    const common = intersect(featureCollection<Areal>([feature(a), feature(b)]));
    return common === null ? 0 : area(common);
  } catch {
    return null;
  }
}

export interface Overlap {
  a: string;
  b: string;
  /** an estimate; null: it could not be told */
  area_m2: number | null;
}

/** Less than this, m², is what two descriptions of one border differ by. */
const FROM_M2 = 0.05;

/** The pairs of parcels that share land: what lies in both is counted twice in every sum. */
export function overlapsAmong(parcels: readonly { id: string; geometry: Areal }[]): Overlap[] {
  const boxes = parcels.map(({ geometry }) => bbox(geometry));
  return parcels.flatMap(({ id, geometry }, i) =>
    parcels.slice(i + 1).flatMap((other, k) => {
      if (apart(boxes[i]!, boxes[i + 1 + k]!)) return [];
      const area_m2 = shared(geometry, other.geometry);
      return area_m2 === null || area_m2 >= FROM_M2 ? [{ a: id, b: other.id, area_m2 }] : [];
    }),
  );
}

/** About how much of a shape lies in each class of a generalised layer, largest first. */
export function classesWithin(
  shape: Areal,
  layer: FeatureCollection | undefined,
): { code: string; name: string; area_m2: number }[] {
  const box = bbox(shape);
  const found = new Map<string, { code: string; name: string; area_m2: number }>();
  for (const part of layer?.features ?? []) {
    if (!isAreal(part) || apart(box, bbox(part))) continue;
    const area_m2 = shared(shape, part.geometry) ?? 0;
    if (area_m2 < FROM_M2) continue;
    const code = String(part.properties?.code ?? '');
    const entry = found.get(code) ?? { code, name: String(part.properties?.name ?? code), area_m2: 0 };
    entry.area_m2 += area_m2;
    found.set(code, entry);
  }
  return [...found.values()].sort((a, b) => b.area_m2 - a.area_m2);
}

/** The area of a shape on the sphere, m²: an estimate. */
export const roughArea = (shape: Areal): number => area(shape);
