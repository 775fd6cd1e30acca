import { z } from 'zod';
import { Datum, MultiPolygonGeometry, ShapeGeometry } from './geometry.ts';

/** A rectangle set down on the ground: the local 3° zone measures it, not the map. */
export const Footprint = z.strictObject({
  center: z.array(z.number()).length(2).meta({ description: 'lon, lat in the datum given' }),
  width_m: z.number().min(0.5).max(2000),
  depth_m: z.number().min(0.5).max(2000),
  bearing_deg: z
    .number()
    .min(-360)
    .max(360)
    .default(0)
    .meta({ description: 'grid bearing of the depth, clockwise from north' }),
});
export type Footprint = z.infer<typeof Footprint>;

export const ShapeRequest = z.strictObject({
  geometry: ShapeGeometry.optional(),
  footprint: Footprint.optional(),
  crs: z.string().max(32).optional(),
  datum: Datum.optional(),
  accuracy_m: z.number().positive().max(1000).optional(),
});
export type ShapeRequest = z.infer<typeof ShapeRequest>;

/** A shape as the server understood it: lon/lat on CGCS2000, official area. */
export const ShapeAnswer = z.object({
  geometry: MultiPolygonGeometry,
  area_m2: z.number(),
  area_mu: z.number(),
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
});
export type ShapeAnswer = z.infer<typeof ShapeAnswer>;
