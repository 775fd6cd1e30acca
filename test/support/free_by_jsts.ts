import { createRequire } from 'node:module';
import type { PlanePolygon } from '../../server/geometry/plane_edges.ts';

interface JstsGeometry {
  getGeometryN(i: number): JstsGeometry;
}
interface Jsts {
  io: {
    GeoJSONReader: new () => { read(geometry: unknown): JstsGeometry };
    GeoJSONWriter: new () => { write(geometry: JstsGeometry): { type: string; coordinates: unknown } };
  };
  operation: {
    union: { UnaryUnionOp: { union(geometry: JstsGeometry): JstsGeometry } };
    distance: {
      IndexedFacetDistance: unknown;
      DistanceOp: { distance(a: JstsGeometry, b: JstsGeometry): number };
    };
  };
}
const jsts = createRequire(import.meta.url)('jsts/dist/jsts.min.js') as Jsts;
const reader = new jsts.io.GeoJSONReader();
const writer = new jsts.io.GeoJSONWriter();

/** The union of polygons by JSTS. */
export function union(polygons: readonly PlanePolygon[]): PlanePolygon[] {
  const merged = jsts.operation.union.UnaryUnionOp.union(
    reader.read({
      type: 'GeometryCollection',
      geometries: polygons.map((coordinates) => ({ type: 'Polygon', coordinates })),
    }),
  );
  const { type, coordinates } = writer.write(merged);
  return (type === 'Polygon' ? [coordinates] : coordinates) as PlanePolygon[];
}

/** How far a shape is from obstacles, 0 where it meets or holds one, by JSTS: an engine that the search does not use. */
export function distanceByJsts(shape: readonly PlanePolygon[], obstacles: readonly PlanePolygon[]): number {
  const multi = (coordinates: readonly PlanePolygon[]) => reader.read({ type: 'MultiPolygon', coordinates });
  return jsts.operation.distance.DistanceOp.distance(multi(shape), multi(obstacles));
}
