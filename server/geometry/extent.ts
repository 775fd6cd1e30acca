import type { Crs } from './crs.ts';
import { type At, fault, type Naming } from './fault.ts';
import { CHINA_EXTENT } from './limits.ts';
import type { Position } from './positions.ts';
import { toLonLat } from './projection.ts';

const [WEST, SOUTH, EAST, NORTH] = CHINA_EXTENT;

function inChina(lon: number, lat: number): boolean {
  return lon >= WEST && lon <= EAST && lat >= SOUTH && lat <= NORTH;
}

/** Metres: eastings within 500 km of the central meridian, northings of 0 to 6,000 km (Chinese territory). */
function inZone(crs: Crs, easting: number, northing: number): boolean {
  const offset = easting - (crs.zone?.false_easting ?? 0);
  return Math.abs(offset) <= 500_000 && northing > 0 && northing < 6_000_000;
}

/**
 * A position of `crs` as lon, lat in degrees (EPSG:4490), after it has been found plausible.
 * @throws Problem coordinates_swapped, coordinate_out_of_range, outside_china
 */
export function locate(crs: Crs, [x, y]: Position, naming: Naming, at: At): Position {
  if (crs.zone) {
    if (!inZone(crs, x, y)) {
      const code = inZone(crs, y, x) ? 'coordinates_swapped' : 'coordinate_out_of_range';
      throw fault(code, naming, at, { x, y, crs: crs.id });
    }
  } else if (!inChina(x, y) && inChina(y, x)) {
    throw fault('coordinates_swapped', naming, at, { x, y, crs: crs.id });
  } else if (Math.abs(x) > 180 || Math.abs(y) > 90) {
    throw fault('coordinate_out_of_range', naming, at, { x, y, crs: crs.id });
  }
  const [lon, lat] = toLonLat(crs, x, y);
  if (!inChina(lon, lat)) {
    throw fault('outside_china', naming, at, { lon: lon.toFixed(6), lat: lat.toFixed(6) }, [lon, lat]);
  }
  return [lon, lat];
}
