import Coordinate from 'jsts/org/locationtech/jts/geom/Coordinate.js';
import GeometryFactory from 'jsts/org/locationtech/jts/geom/GeometryFactory.js';
import IsValidOp from 'jsts/org/locationtech/jts/operation/valid/IsValidOp.js';

const factory = new GeometryFactory();

/** Whether JTS holds a MultiPolygon [part][ring][point][x, y] for valid (OGC); an engine of its own, for comparison. */
export function isValidForJts(parts: readonly (readonly (readonly (readonly number[])[])[])[]): boolean {
  const ringOf = (ring: readonly (readonly number[])[]) =>
    factory.createLinearRing(ring.map(([x, y]) => new Coordinate(x, y)));
  const polygons = parts.map(([shell, ...holes]) => factory.createPolygon(ringOf(shell!), holes.map(ringOf)));
  return new IsValidOp(factory.createMultiPolygon(polygons)).isValid() as boolean;
}
