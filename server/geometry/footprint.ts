import type { Footprint } from '../contract/index.ts';
import type { Position } from './positions.ts';
import { fromLocalZone, localZone, toLocalZone } from './projection.ts';

/**
 * A rectangle `width_m` × `depth_m` around a centre (lon, lat, EPSG:4490), measured in the local 3° zone. Its depth
 * points along the grid bearing, clockwise from grid north. Returns a closed ring of lon, lat.
 */
export function footprintRing({ center, width_m, depth_m, bearing_deg }: Footprint): Position[] {
  const [lon, lat] = center as [number, number];
  const meridian = localZone(lon);
  const [x, y] = toLocalZone(lon, lat, meridian);
  const bearing = (bearing_deg * Math.PI) / 180;
  const [sin, cos] = [Math.sin(bearing), Math.cos(bearing)];
  const corner = (across: number, along: number): Position => {
    const [u, v] = [(across * width_m) / 2, (along * depth_m) / 2];
    return fromLocalZone(x + u * cos + v * sin, y - u * sin + v * cos, meridian);
  };
  const ring = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
  return [...ring, ring[0]!];
}
