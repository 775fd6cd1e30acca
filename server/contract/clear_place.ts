import { z } from 'zod';
import { Activity, Details, LayerStatus, Outcome } from './check.ts';
import { Datum, MultiPolygonGeometry, PolygonGeometry } from './geometry.ts';

export const MAX_CLEAR_PLACE_RADIUS_M = 300;
export const DEFAULT_CLEAR_PLACE_RADIUS_M = 100;

export const ClearPlaceRequest = z
  .strictObject({
    geometry: z.discriminatedUnion('type', [PolygonGeometry, MultiPolygonGeometry]),
    activity: Activity,
    details: Details.optional(),
    crs: z.string().max(32).optional(),
    datum: Datum.optional(),
    radius_m: z.number().min(1).max(MAX_CLEAR_PLACE_RADIUS_M).default(DEFAULT_CLEAR_PLACE_RADIUS_M),
    rotate: z.boolean().default(false).meta({ description: 'also try the shape turned' }),
  })
  .refine(({ activity, details }) => Object.keys(details ?? {}).every((detail) => detail === activity), {
    path: ['details'],
    message: 'details of another activity',
  });
export type ClearPlaceRequest = z.infer<typeof ClearPlaceRequest>;

/** What a layer says at the place found. */
export const ClearPlaceLayer = z.object({
  layer: z.string(),
  title: z.string(),
  status: LayerStatus,
  hits: z.array(z.object({ code: z.string(), name: z.string(), area_m2: z.number() })),
});
export type ClearPlaceLayer = z.infer<typeof ClearPlaceLayer>;

const Asked = {
  activity: Activity,
  details: Details.meta({ description: 'as searched for: what is built elsewhere takes new land' }),
  radius_m: z.number(),
  rotate: z.boolean(),
  as_of: z.string(),
};

export const ClearPlaceAnswer = z.discriminatedUnion('found', [
  z.object({
    found: z.literal(true),
    ...Asked,
    demonstration: z.boolean(),
    distance_m: z.number().meta({ description: 'planar in the local 3° zone; rounded up to the centimetre' }),
    bearing_deg: z
      .number()
      .nullable()
      .meta({ description: 'grid bearing from north clockwise; null: not moved' }),
    direction: z.string().nullable().meta({ description: 'in words: 东北' }),
    rotation_deg: z.number().meta({ description: 'clockwise, about the centre of gravity' }),
    geometry: MultiPolygonGeometry.meta({ description: 'the moved shape, lon/lat CGCS2000' }),
    area_m2: z.number(),
    outcome: Outcome.meta({ description: 'of a check at the new place: clear or permit' }),
    headline: z.string(),
    layers: z.array(ClearPlaceLayer),
  }),
  z.object({
    found: z.literal(false),
    ...Asked,
    decided: z
      .boolean()
      .meta({ description: 'false: nobody can tell; true: there is no such place within the radius' }),
    reason: z.string(),
  }),
]);
export type ClearPlaceAnswer = z.infer<typeof ClearPlaceAnswer>;
