import type { MultiPolygon, Polygon, Position } from 'geojson';

/** Even-odd rule; what lies on the line itself may fall to either side. */
function inRing([x, y]: readonly [number, number], ring: Position[]): boolean {
  let inside = false;
  ring.forEach(([x1 = 0, y1 = 0], i) => {
    const [x2 = 0, y2 = 0] = ring[(i + 1) % ring.length]!;
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  });
  return inside;
}

/** Whether a position (lon, lat) lies in an area of the same system; holes are outside. */
export function inside(position: readonly [number, number], area: Polygon | MultiPolygon): boolean {
  const parts = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
  return parts.some(([outer, ...holes]) =>
    outer === undefined ? false : inRing(position, outer) && !holes.some((hole) => inRing(position, hole)),
  );
}
