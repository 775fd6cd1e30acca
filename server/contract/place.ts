import { z } from 'zod';

/** Where in what the user gave a fault lies. Parts and rings count from 1; ring 1 is the outer one. */
export const Place = z.object({
  path: z
    .string()
    .optional()
    .meta({ description: 'JSON path inside the request, e.g. geometry.coordinates' }),
  file: z.string().optional().meta({ description: 'file or entry inside an archive' }),
  line: z.number().int().optional(),
  record: z.number().int().optional().meta({ description: 'number of the record in the file, from 1' }),
  feature: z.union([z.string(), z.number()]).optional().meta({ description: 'parcel name or number' }),
  part: z.number().int().optional(),
  ring: z.number().int().optional(),
  point: z.string().optional().meta({ description: 'point name (J5) or its number in the ring' }),
  position: z.tuple([z.number(), z.number()]).optional().meta({ description: 'lon, lat (EPSG:4490)' }),
});
export type Place = z.infer<typeof Place>;

/** A remark on something that was read: what was noticed, how bad it is, and where. */
export const Note = z.object({
  severity: z.enum(['info', 'warning', 'error']),
  code: z.string(),
  message: z.string(),
  where: Place.optional(),
});
export type Note = z.infer<typeof Note>;
