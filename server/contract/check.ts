import { z } from 'zod';
import { Datum, ShapeGeometry } from './geometry.ts';

export const ACTIVITIES = [
  'house',
  'shed',
  'facility',
  'pond',
  'trees',
  'temporary',
  'excavate',
  'grave',
  'other',
] as const;
export const Activity = z.enum(ACTIVITIES);
export type Activity = z.infer<typeof Activity>;

/** What refines an activity where the law differs. */
export const DETAILS = {
  facility: ['crop', 'livestock', 'aquaculture'],
  trees: ['fruit', 'seedlings', 'turf'],
  house: ['old_plot', 'new_plot', 'rebuild'],
} as const;
export const Details = z
  .object({
    facility: z.enum(DETAILS.facility).optional(),
    trees: z.enum(DETAILS.trees).optional(),
    house: z.enum(DETAILS.house).optional(),
  })
  .strict();
export type Details = z.infer<typeof Details>;

/** Strongest first. */
export const OUTCOMES = ['conflict', 'unknown', 'permit', 'clear'] as const;
export const Outcome = z.enum(OUTCOMES);
export type Outcome = z.infer<typeof Outcome>;

export const LAYER_STATUSES = ['affected', 'not_affected', 'no_data', 'failed'] as const;
export const LayerStatus = z.enum(LAYER_STATUSES);
export type LayerStatus = z.infer<typeof LayerStatus>;

/** A day whose land and rules may be asked for; none after today, which the verbs look to. */
export const AsOf = z.iso
  .date()
  .refine((day) => day >= '1949-10-01' && day < '2200-01-01', '1949-10-01 … 2199-12-31');

const OverlayFields = z.strictObject({
  geometry: ShapeGeometry,
  layers: z.array(z.string().max(64)).max(64).optional(),
  as_of: AsOf.optional(),
  crs: z.string().max(32).optional(),
  datum: Datum.optional(),
  accuracy_m: z.number().positive().max(1000).optional(),
  cross: z
    .union([z.literal('affected'), z.array(z.string().max(64)).max(16)])
    .optional()
    .meta({
      description:
        'zone layers to cross with land use, or `affected`: those that the shape meets, and where it meets none the first by rank that has data, so that the land is always counted',
    }),
});

export const detailsFit = ({
  activity,
  details,
}: {
  activity?: Activity | undefined;
  details?: Details | undefined;
}) => Object.keys(details ?? {}).every((detail) => detail === activity);
export const DETAILS_FIT = { path: ['details'], message: 'details of another activity' };

export const OverlayRequest = OverlayFields.extend({
  activity: Activity.optional().meta({
    description: 'judged by the rules of the day `as_of`, nothing is kept',
  }),
  details: Details.optional(),
}).refine(detailsFit, DETAILS_FIT);
export type OverlayRequest = z.infer<typeof OverlayRequest>;

export const CheckRequest = OverlayFields.omit({ layers: true, as_of: true, cross: true })
  .extend({
    activity: Activity,
    details: Details.optional(),
  })
  .refine(detailsFit, DETAILS_FIT);
export type CheckRequest = z.infer<typeof CheckRequest>;

export const Article = z.object({
  id: z.string(),
  source: z.string().meta({ description: 'title of the statute or document' }),
  number: z.string().meta({ description: 'document number, may be empty' }),
  article: z.string().meta({ description: 'e.g. 第三十七条第三款' }),
  text: z.string().meta({ description: 'the provision in short' }),
  in_force_from: z.string().nullable(),
  in_force_until: z.string().nullable(),
  verified: z.boolean().meta({ description: 'false: 效力待核, nobody has verified that it is in force' }),
});
export type Article = z.infer<typeof Article>;

export const Office = z.object({
  id: z.string(),
  name: z.string(),
  phone: z.string(),
  phone_verified: z
    .boolean()
    .optional()
    .meta({ description: 'somebody has called it; missing in older answers' }),
});
export type Office = z.infer<typeof Office>;

export const AppliedRule = z.object({
  id: z.string(),
  outcome: Outcome,
  text: z.string(),
  penalty: z.string().optional().meta({ description: 'what the statute threatens' }),
  procedure: z.string().optional().meta({ description: 'the steps to take' }),
  term: z.string().optional().meta({ description: 'how long it may last, or by when' }),
  articles: z.array(Article),
  office: Office,
});
export type AppliedRule = z.infer<typeof AppliedRule>;

/** How large a plot may be, beside how large the shape is: it never changes the outcome, a survey decides. */
export const SizeRemark = z.object({
  id: z.string(),
  text: z.string().meta({ description: 'the provision in plain words' }),
  finding: z.string().meta({ description: 'the comparison in one sentence' }),
  exceeds: z.enum(['none', 'some', 'all', 'not_compared']),
  sizes: z.array(
    z.object({
      title: z.string().meta({ description: 'on what land the size holds' }),
      max_m2: z.number(),
      applies: z.boolean().meta({ description: 'false: not on the land that the shape takes' }),
    }),
  ),
  articles: z.array(Article),
  office: Office,
});
export type SizeRemark = z.infer<typeof SizeRemark>;

export const VersionReference = z.object({
  id: z.string(),
  county: z.string(),
  label: z.string(),
  source: z.string(),
  in_force_from: z.string(),
  in_force_until: z.string().nullable(),
  declared_empty: z.boolean(),
  demonstration: z.boolean(),
});
export type VersionReference = z.infer<typeof VersionReference>;

export const LayerHit = z.object({ code: z.string(), name: z.string(), area_m2: z.number() });
export type LayerHit = z.infer<typeof LayerHit>;

export const Certainty = z.enum(['surely_inside', 'maybe', 'surely_outside']);
export type Certainty = z.infer<typeof Certainty>;

/** One layer's answer. A row per layer, always. */
export const LayerAnswer = z.object({
  layer: z.string(),
  title: z.string(),
  status: LayerStatus,
  reason: z.string().nullable().meta({ description: 'why a layer is no_data or failed, in words' }),
  area_m2: z.number(),
  area_mu: z.number(),
  share: z.number().meta({ description: 'of the shape, 0 to 1' }),
  uncovered_m2: z.number(),
  threshold_m2: z.number().meta({ description: 'smallest area that counts' }),
  below_threshold_m2: z.number().meta({ description: 'found, but smaller than what counts' }),
  certainty: Certainty.nullable().meta({
    description: 'with an accuracy: whether the place is surely inside, maybe, or surely outside; else null',
  }),
  exact: z.boolean().meta({
    description:
      'false: the public may not see this layer; the area is rounded up to 100 m², classes are left out',
  }),
  hits: z.array(LayerHit),
  below_threshold: z.array(LayerHit).optional().meta({
    description: 'the classes of below_threshold_m2; they meet no rule. Missing in older answers',
  }),
  version: z.array(VersionReference),
  rank: z
    .number()
    .optional()
    .meta({ description: 'of several layers the one of the lowest rank speaks first; only of overlays' }),
  rules: z
    .array(AppliedRule)
    .optional()
    .meta({ description: 'strongest first; only where an activity was asked about' }),
});
export type LayerAnswer = z.infer<typeof LayerAnswer>;

export const LandUseShare = z.object({
  code: z.string(),
  name: z.string(),
  area_m2: z.number(),
  area_mu: z.number(),
  net_area_m2: z.number().optional().meta({ description: 'without 田坎 (KCXS); missing in older answers' }),
  share: z.number(),
});
export type LandUseShare = z.infer<typeof LandUseShare>;

/** Something that the shape does not touch but comes close to. Never part of the verdict. */
export const NearMiss = z.object({
  layer: z.string(),
  title: z.string(),
  code: z.string(),
  name: z.string(),
  distance_m: z.number().meta({ description: 'in the local 3° zone' }),
});
export type NearMiss = z.infer<typeof NearMiss>;

export const VillageShare = z.object({
  code: z.string(),
  name: z.string(),
  area_m2: z.number(),
  net_area_m2: z.number(),
});
export type VillageShare = z.infer<typeof VillageShare>;

/** Land of one kind in one village, in one class of the zone layer or outside it. */
export const CrossCell = z.object({
  class_code: z.string(),
  class_name: z.string(),
  village_code: z.string().nullable(),
  slope_class: z.string().nullable().meta({ description: '坡度级别 GDPDJB, 1 to 5' }),
  ownership: z.string().nullable().meta({ description: '权属性质 QSXZ' }),
  zone_code: z.string().nullable().meta({ description: 'null: outside the zone layer' }),
  zone_name: z.string().nullable(),
  area_m2: z.number(),
  net_area_m2: z.number(),
});
export type CrossCell = z.infer<typeof CrossCell>;

export const CrossTable = z.object({
  layer: z.string(),
  title: z.string(),
  status: z.enum(['complete', 'no_data', 'failed']).meta({
    description:
      'no_data: the layer, or the land-use survey, has no data here; failed: the cells did not add up to what the overlay measured. Neither has cells',
  }),
  uncovered_m2: z.number().meta({
    description: 'of the shape, in no cell: what the zone layer or the land-use survey does not cover',
  }),
  cells: z.array(CrossCell),
});
export type CrossTable = z.infer<typeof CrossTable>;

const Deciding = z
  .object({ layer: z.string(), rule: z.string().nullable() })
  .nullable()
  .meta({ description: 'what decided the outcome' });
const Questions = z
  .array(
    z.object({
      detail: z.string(),
      text: z.string(),
      options: z.array(z.object({ value: z.string(), text: z.string() })),
    }),
  )
  .meta({ description: 'answers that could change the outcome' });

/** What an activity means on an overlay, by the rules of its day. */
export const OverlayVerdict = z.object({
  activity: Activity,
  details: Details,
  outcome: Outcome,
  headline: z.string().meta({ description: 'the verdict in one plain sentence' }),
  deciding: Deciding,
  questions: Questions,
  remarks: z.array(SizeRemark),
  not_examined: z.array(z.string()),
});
export type OverlayVerdict = z.infer<typeof OverlayVerdict>;

export const OverlayAnswer = z.object({
  area_m2: z.number(),
  area_mu: z.number(),
  as_of: z.string(),
  layers: z.array(LayerAnswer),
  land_use: z.array(LandUseShare),
  uncovered_m2: z.number().meta({ description: 'part of the shape outside the land-use survey' }),
  villages: z
    .array(VillageShare)
    .optional()
    .meta({ description: 'by the land-use survey, largest first; missing in older answers' }),
  near_misses: z
    .array(NearMiss)
    .nullable()
    .optional()
    .meta({ description: 'null: could not be examined; missing in older answers' }),
  cross: z.array(CrossTable).optional(),
  verdict: OverlayVerdict.optional().meta({ description: 'only where an activity was asked about' }),
  rules_version: z.string().optional().meta({ description: 'SHA-256 of the rule files' }),
});
export type OverlayAnswer = z.infer<typeof OverlayAnswer>;

export const CheckLayer = LayerAnswer.extend({ rules: z.array(AppliedRule) });
export type CheckLayer = z.infer<typeof CheckLayer>;

export const CheckAnswer = OverlayAnswer.omit({ layers: true, verdict: true }).extend({
  id: z.string(),
  outcome: Outcome,
  activity: Activity,
  details: Details,
  created_at: z.string(),
  geometry: ShapeGeometry.meta({ description: 'the shape that was checked, lon/lat CGCS2000' }),
  village: z.object({ code: z.string(), name: z.string(), path: z.array(z.string()) }).nullable(),
  accuracy_m: z
    .number()
    .nullable()
    .meta({ description: 'how exactly the position is known; null: not said' }),
  headline: z.string().meta({ description: 'the verdict in one plain sentence' }),
  deciding: Deciding,
  questions: Questions,
  layers: z.array(CheckLayer),
  remarks: z.array(SizeRemark).optional(),
  not_examined: z.array(z.string()),
  rules_version: z.string().meta({ description: 'SHA-256 of the rule files' }),
  demonstration: z.boolean(),
});
export type CheckAnswer = z.infer<typeof CheckAnswer>;
