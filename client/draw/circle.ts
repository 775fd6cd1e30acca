import type { Polygon } from 'geojson';
import { offset } from './ellipsoid.ts';

const CORNERS = 64;

/** A circle of `radius_m` metres around lon, lat, as a polygon to look at. */
export function circle(center: readonly [number, number], radius_m: number): Polygon {
  const ring = Array.from({ length: CORNERS }, (_, i) => {
    const turn = (2 * Math.PI * i) / CORNERS;
    return offset(center, radius_m * Math.cos(turn), radius_m * Math.sin(turn));
  });
  return { type: 'Polygon', coordinates: [[...ring, ring[0]!]] };
}
