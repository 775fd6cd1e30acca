import type { MultiPolygon, Polygon, Position } from 'geojson';
import { demonstrationCounties } from '../../../data/demonstration/index.ts';
import { ringArea, toEqualArea } from '../../../server/geometry/equal_area.ts';
import type { LandCounty, LandFeature } from '../../../server/layers/land_source.ts';

export interface LoadedCounty {
  county: LandCounty;
  /** features by layer */
  layers: Map<string, LandFeature[]>;
  middle: [number, number];
}

let loaded: LoadedCounty[] | undefined;

/** The whole demonstration, read once. */
export function loadedCounties(): LoadedCounty[] {
  loaded ??= [...demonstrationCounties()].map((county) => ({
    county,
    layers: new Map(county.versions.map((v) => [v.layer, [...v.features()]])),
    middle: county.divisions[0]!.geometry.coordinates[0]![0]![0] as [number, number],
  }));
  return loaded;
}

export function rings(geometry: Polygon | MultiPolygon): Position[][] {
  return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
}

/** Directed edges as text: equal only if the doubles are equal. */
export function edges(geometry: Polygon | MultiPolygon): [string, string][] {
  return rings(geometry).flatMap((ring) =>
    ring.slice(1).map((p, i): [string, string] => [String(ring[i]), String(p)]),
  );
}

/** Official area in m². */
export function area(geometry: Polygon | MultiPolygon): number {
  return rings(geometry).reduce((sum, ring) => sum + ringArea(ring.map((p) => toEqualArea(p[0]!, p[1]!))), 0);
}

/**
 * Whether parts lie in a whole without gap or overlap, by their edges alone: every edge of a part appears once, and
 * either also the other way round or in the border of the whole; and the border has no other edges. Returns what is
 * wrong, or null.
 */
export function partitionFault(
  parts: (Polygon | MultiPolygon)[],
  whole: Polygon | MultiPolygon,
): string | null {
  const seen = new Set<string>();
  for (const part of parts) {
    for (const [a, b] of edges(part)) {
      if (seen.has(`${a} ${b}`)) return `edge twice: ${a} ${b}`;
      seen.add(`${a} ${b}`);
    }
  }
  const border = new Set(edges(whole).map(([a, b]) => `${a} ${b}`));
  let open = 0;
  for (const edge of seen) {
    const [a, b] = edge.split(' ');
    if (seen.has(`${b} ${a}`)) continue;
    open++;
    if (!border.has(edge)) return `edge with no neighbour: ${edge}`;
  }
  return open === border.size ? null : `the border has ${border.size} edges, the parts leave ${open}`;
}
