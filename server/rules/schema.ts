import { z } from 'zod';
import { ACTIVITIES, DETAILS, Outcome } from '../contract/index.ts';

/** The shapes of the files under `data/rules/`. Everything strict: a misspelt key is an error, never ignored. */
const Bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const Id = z.string().regex(/^[a-z0-9]+([-_][a-z0-9]+)*$/);
const Day = z.iso.date();

const ArticleEntry = z.strictObject({
  id: Id,
  article: Bilingual,
  text: Bilingual,
  verified: z.boolean().optional(),
});
const Source = z.strictObject({
  id: Id,
  title: Bilingual,
  number: z.string(),
  authority: Bilingual,
  in_force_from: Day.nullable(),
  in_force_until: Day.nullable(),
  verified: z.boolean(),
  articles: z.array(ArticleEntry).min(1),
});
export const SourcesFile = z.strictObject({ sources: z.array(Source).min(1) });

const OfficeEntry = z.strictObject({
  id: Id,
  name: Bilingual,
  phone: z.string(),
  phone_verified: z.boolean(),
  contact: z.boolean(),
});
export const OfficesFile = z.strictObject({ offices: z.array(OfficeEntry).min(1) });

const LayerEntry = z.strictObject({
  key: Id,
  title: Bilingual,
  kind: z.enum(['land_use', 'zone', 'reference']),
  legal_basis: z.array(Id).min(1),
  office: Id,
  threshold_m2: z.number().nonnegative(),
  near_miss_m: z.number().nonnegative(),
  audience: z.enum(['none', 'picture', 'generalised', 'exact']),
  colour: z.string().regex(/^#[0-9A-F]{6}$/),
  rank: z.number().int(),
  position: z.number().int(),
});
/** layer key → class code → its name */
export const ZoneClassesFile = z.strictObject({
  zone_classes: z.record(Id, z.record(z.string(), Bilingual)),
});
export const LayersFile = z.strictObject({ layers: z.array(LayerEntry).min(1) });

const ClassCode = z.string().regex(/^\d{2}([0-9A-Z]\d[A-Z]?)?$/);
const Channel = z.number().int().min(0).max(255);
const LandClassEntry = z.strictObject({
  code: ClassCode,
  name: Bilingual,
  parent: ClassCode.nullable(),
  category: z.enum(['agricultural', 'construction', 'unused']).nullable(),
  cropland: z.boolean(),
  colour: z.tuple([Channel, Channel, Channel]),
});
export const LandClassesFile = z.strictObject({
  scheme: Id,
  suffixes: z.record(z.string().regex(/^[A-Z]$/), Bilingual),
  groups: z.record(Id, z.array(ClassCode).min(1)),
  classes: z.array(LandClassEntry).min(1),
});

const DetailName = z.enum(Object.keys(DETAILS) as [keyof typeof DETAILS]);
const When = z.strictObject({
  layer: z.union([Id, z.array(Id).min(1)]).transform((layer) => (Array.isArray(layer) ? layer : [layer])),
  classes: z.array(z.string().min(1)).min(1).optional(),
  details: z.partialRecord(DetailName, z.array(z.string()).min(1)).optional(),
});
/** Beginning of a division code (GB/T 2260): province, city or county. */
const RegionCode = z.string().regex(/^\d{2}(\d{2}){0,2}$/);
const Validity = z.strictObject({ from: Day.nullable(), until: Day.nullable() });
const RuleEntry = z.strictObject({
  id: Id,
  when: When,
  region: RegionCode.optional(),
  outcome: Outcome,
  text: Bilingual,
  penalty: Bilingual.optional(),
  procedure: Bilingual.optional(),
  term: Bilingual.optional(),
  articles: z.array(Id),
  office: Id,
  valid: Validity,
});
const SizeEntry = z.strictObject({
  title: Bilingual,
  max_m2: z.number().positive(),
  not_on: z.array(z.string().min(1)).min(1).optional(),
});
const LimitEntry = z.strictObject({
  id: Id,
  region: RegionCode.optional(),
  text: Bilingual,
  sizes: z.array(SizeEntry).min(1),
  articles: z.array(Id).min(1),
  office: Id,
  valid: Validity,
});
const Question = z.strictObject({ text: Bilingual, options: z.record(Id, Bilingual) });
export const ActivityFile = z.strictObject({
  activity: z.enum(ACTIVITIES),
  title: Bilingual,
  requires: z.array(Id).min(1),
  questions: z.partialRecord(DetailName, Question),
  rules: z.array(RuleEntry).min(1),
  limits: z.array(LimitEntry).default([]),
});
export const RegionsFile = z.strictObject({
  regions: z.array(z.strictObject({ code: RegionCode, name: Bilingual })).min(1),
});

const Policy = z.strictObject({ title: Bilingual, text: Bilingual, articles: z.array(Id) });
export const PoliciesFile = z.strictObject({ policies: z.array(Policy).min(1) });
export const NotExaminedFile = z.strictObject({ not_examined: z.array(Bilingual).min(1) });
