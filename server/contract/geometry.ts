import { z } from 'zod';

const Position = z.array(z.number()).min(2).max(4);
const LinearRing = z.array(Position);

export const PointGeometry = z.object({ type: z.literal('Point'), coordinates: Position });
export const PolygonGeometry = z.object({ type: z.literal('Polygon'), coordinates: z.array(LinearRing) });
export const MultiPolygonGeometry = z.object({
  type: z.literal('MultiPolygon'),
  coordinates: z.array(z.array(LinearRing)),
});
/** GeoJSON (RFC 7946) lon/lat on CGCS2000 unless `crs` or `datum` of the request says otherwise. */
export const ShapeGeometry = z.discriminatedUnion('type', [
  PointGeometry,
  PolygonGeometry,
  MultiPolygonGeometry,
]);
export type ShapeGeometry = z.infer<typeof ShapeGeometry>;

export const Datum = z.enum(['cgcs2000', 'wgs84', 'gcj02']);
export type Datum = z.infer<typeof Datum>;
