import { DISC_SIDES } from './limits.ts';
import type { Position } from './positions.ts';
import { fromLocalZone, localZone, toLocalZone } from './projection.ts';

/** Smallest radius of curvature of the ellipsoid, metres: makes the scale below an upper bound. */
const CURVATURE_M = 6_335_000;

/**
 * A closed ring of lon, lat (EPSG:4490) that covers the disc of `radius` metres around a position: a regular polygon
 * circumscribed about it in the local 3° zone, enlarged by the zone's scale there. Covers at most 0.5 % too much area.
 */
export function discAround([lon, lat]: Position, radius: number): Position[] {
  const meridian = localZone(lon);
  const [x, y] = toLocalZone(lon, lat, meridian);
  const reach = Math.abs(x - 500_000) + radius;
  const scale = 1 + (reach * reach) / (2 * CURVATURE_M * CURVATURE_M);
  const r = (radius * scale * (1 + 1e-6)) / Math.cos(Math.PI / DISC_SIDES);
  const ring: Position[] = [];
  for (let i = 0; i < DISC_SIDES; i++) {
    const angle = (2 * Math.PI * i) / DISC_SIDES;
    ring.push(fromLocalZone(x + r * Math.cos(angle), y + r * Math.sin(angle), meridian));
  }
  ring.push(ring[0]!);
  return ring;
}
