import { toEqualArea } from './equal_area.ts';
import { fault, type Naming } from './fault.ts';
import type { Position } from './positions.ts';

/** One ring in both planes: `lonlat` in degrees (EPSG:4490), `plane` in metres (EPSG:6933), vertex for vertex, closed. */
export interface PlaneRing {
  part: number;
  ring: number;
  lonlat: Position[];
  plane: Position[];
  /** for each vertex its index among the submitted ones */
  index: number[];
}

/**
 * A submitted ring, already lon/lat, as a closed ring without consecutive duplicates. A duplicate is a vertex with the
 * same coordinates in the equal-area plane as the one before it (at most 2 nm away): it carries no information.
 * @throws Problem ring_not_closed, too_few_points
 */
export function readRing(points: readonly Position[], part: number, ring: number, naming: Naming): PlaneRing {
  const first = points[0]!;
  const last = points[points.length - 1]!;
  if (first[0] !== last[0] || first[1] !== last[1]) {
    throw fault('ring_not_closed', naming, { part, ring, point: points.length - 1 }, {}, last);
  }
  const lonlat: Position[] = [];
  const plane: Position[] = [];
  const index: number[] = [];
  points.forEach((point, i) => {
    const projected = toEqualArea(point[0], point[1]);
    const before = plane[plane.length - 1];
    if (before && before[0] === projected[0] && before[1] === projected[1]) return;
    lonlat.push(point);
    plane.push(projected);
    index.push(i);
  });
  const distinct = new Set(plane.map(([x, y]) => `${x} ${y}`)).size;
  if (points.length < 4 || distinct < 3) {
    throw fault('too_few_points', naming, { part, ring }, { count: distinct }, first);
  }
  const end = plane[plane.length - 1]!;
  if (plane[0]![0] !== end[0] || plane[0]![1] !== end[1]) {
    lonlat.push(first);
    plane.push(plane[0]!);
    index.push(0);
  } else {
    lonlat[lonlat.length - 1] = first;
    index[index.length - 1] = 0;
  }
  return { part, ring, lonlat, plane, index };
}
