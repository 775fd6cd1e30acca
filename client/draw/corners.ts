import type { Polygon, Position } from 'geojson';

const same = (a: Position | undefined, b: Position | undefined) => a?.[0] === b?.[0] && a?.[1] === b?.[1];

/** The corners of a ring (lon/lat, closed or not) without a corner that only repeats the one before it. */
function corners(ring: Position[]): Position[] {
  const kept = ring.filter((corner, i) => i === 0 || !same(corner, ring[i - 1]));
  while (kept.length > 1 && same(kept[0], kept.at(-1))) kept.pop();
  return kept;
}

/** The ring so far as a closed polygon; null while it has less than three corners. */
export function drawnPolygon(ring: Position[]): Polygon | null {
  const found = corners(ring);
  if (found.length < 3) return null;
  return { type: 'Polygon', coordinates: [[...found, found[0]!]] };
}
