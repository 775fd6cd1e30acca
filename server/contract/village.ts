import { z } from 'zod';

export const VillageSummary = z.object({
  code: z.string().meta({ description: '12 digits, GB/T 2260 + GB/T 10114' }),
  name: z.string(),
  pinyin: z.string().meta({ description: 'of the name, without tones' }),
  path: z.array(z.string()).meta({ description: 'names from city to township' }),
  path_pinyin: z.array(z.string()).meta({ description: 'the same in pinyin' }),
  has_land: z.boolean(),
});
export type VillageSummary = z.infer<typeof VillageSummary>;

export const VillageList = z.object({ villages: z.array(VillageSummary), number_matched: z.number().int() });
export type VillageList = z.infer<typeof VillageList>;

export const Village = VillageSummary.extend({
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  area_m2: z.number().nullable(),
  area_mu: z.number().nullable(),
  land: z.array(z.object({ code: z.string(), name: z.string(), area_m2: z.number(), area_mu: z.number() })),
  layers: z.array(
    z.object({
      layer: z.string(),
      title: z.string(),
      status: z.enum(['affected', 'not_affected', 'no_data']),
      area_m2: z.number(),
      area_mu: z.number(),
      version: z.object({ label: z.string(), in_force_from: z.string(), source: z.string() }).nullable(),
    }),
  ),
  policies: z.array(z.object({ title: z.string(), text: z.string() })),
  contacts: z.array(z.object({ name: z.string(), phone: z.string(), phone_verified: z.boolean() })),
  demonstration: z.boolean(),
});
export type Village = z.infer<typeof Village>;

/**
 * One village's map for the public, clipped and generalised (about 1 m). FeatureCollections per layer key, lon/lat.
 * Feature properties: `{code, name}`; land_use features also `area_mu`.
 */
export const VillageMap = z.object({
  boundary: z.any(),
  layers: z.record(z.string(), z.any()),
});
export type VillageMap = z.infer<typeof VillageMap>;
