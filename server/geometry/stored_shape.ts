import { toEqualArea } from './equal_area.ts';
import type { Shape } from './shape.ts';
import { multiPolygonFromEwkb } from './wkb.ts';

/**
 * A shape that had passed every check when it was stored: from its EWKB (EPSG:4490) and its official area, m², the same
 * to the bit. Nothing is checked again.
 */
export function storedShape(ewkb: Buffer, area_m2: number): Shape {
  const coordinates = multiPolygonFromEwkb(ewkb);
  const box: Shape['bbox'] = [Infinity, Infinity, -Infinity, -Infinity];
  let vertex_count = 0;
  const plane = coordinates.map((part) =>
    part.map((ring) => {
      vertex_count += ring.length - 1;
      return ring.map(([lon, lat]) => {
        box[0] = Math.min(box[0], lon);
        box[1] = Math.min(box[1], lat);
        box[2] = Math.max(box[2], lon);
        box[3] = Math.max(box[3], lat);
        return toEqualArea(lon, lat);
      });
    }),
  );
  return {
    geometry: { type: 'MultiPolygon', coordinates },
    plane,
    area_m2,
    bbox: box,
    vertex_count,
    point: null,
  };
}
