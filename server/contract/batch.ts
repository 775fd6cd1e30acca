import { z } from 'zod';
import { DivisionCode } from './account.ts';
import { LayerStatus, OverlayAnswer, VersionReference } from './check.ts';
import { FileId } from './file.ts';
import { JobId, JobStatus } from './job.ts';
import { Note } from './place.ts';

const Number0 = (most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .pipe(z.number().int().min(0).max(most));
const blankIsNone = (value: unknown) => (value === '' ? undefined : value);
const Key = /^[a-z][a-z0-9_]{0,63}$/;

export const BatchId = z.string().regex(/^[1-9]\d{0,17}$/);

/** What the form of a batch says besides its `file`; a field left blank says nothing. */
export const BatchForm = z.strictObject({
  title: z.preprocess(
    (value) => (typeof value === 'string' ? blankIsNone(value.trim()) : value),
    z.string().max(200).optional().meta({ description: 'by default the name of the file' }),
  ),
  as_of: z.preprocess(
    blankIsNone,
    z.iso
      .date()
      .refine((day) => day >= '1949-10-01' && day < '2200-01-01', '1949-10-01 … 2199-12-31')
      .optional()
      .meta({ description: 'by default today' }),
  ),
  crs: z.preprocess(blankIsNone, z.string().max(120).optional()),
  datum: z.preprocess(blankIsNone, z.enum(['cgcs2000', 'wgs84', 'gcj02']).optional()),
  division_code: z.preprocess(blankIsNone, DivisionCode.optional()).meta({
    description: 'the area that the batch belongs to; by default the office, else the first area',
  }),
});
export type BatchForm = z.infer<typeof BatchForm>;

/** A remark on a record that has no result: broken, without a shape, or outside one's areas. */
export const BatchRemark = Note.extend({
  index: z.number().int().meta({ description: 'number of the record in the file, from 1' }),
  name: z.string().nullable(),
});
export type BatchRemark = z.infer<typeof BatchRemark>;

export const BatchCounts = z.object({
  shapes: z.number().int().meta({ description: 'that are, or are to be, examined' }),
  remarks: z.number().int().meta({ description: 'records without a result, each with its reason' }),
});

/** A batch that has been taken in. */
export const NewBatch = z.object({
  id: BatchId,
  title: z.string(),
  counts: BatchCounts,
  job_id: JobId,
  remarks: z.array(BatchRemark).meta({ description: 'the first 200; all are items with status `remark`' }),
  notes: z.array(Note).meta({ description: 'on the file as a whole' }),
});
export type NewBatch = z.infer<typeof NewBatch>;

export const Batch = z.object({
  id: BatchId,
  title: z.string(),
  as_of: z.string(),
  status: JobStatus.meta({
    description: '`cancelled` and `failed`: what was done before is kept, the rest is `waiting`',
  }),
  job_id: JobId.nullable().meta({ description: 'null: the job has been removed since' }),
  created_at: z.string(),
  mine: z.boolean(),
  division_code: z.string(),
  format: z.string(),
  crs: z.object({ id: z.string(), name: z.string(), how: z.string() }),
  file_id: FileId.nullable().meta({ description: 'the original; null: not kept' }),
  counts: BatchCounts.extend({
    done: z.number().int().meta({ description: 'shapes with a result' }),
    failed: z.number().int().meta({ description: 'of these, with a layer that could not be examined' }),
    affected: z.number().int().meta({ description: 'of these, that meet a zone' }),
  }),
});
export type Batch = z.infer<typeof Batch>;

export const BatchList = z.object({
  batches: z.array(Batch),
  next: z.string().nullable().meta({ description: '`before` of the next page; null: this was the last' }),
});
export type BatchList = z.infer<typeof BatchList>;

export const BatchLayer = z.object({
  layer: z.string(),
  title: z.string(),
  kind: z.enum(['land_use', 'zone', 'reference', 'self_test']),
  colour: z.string(),
  threshold_m2: z.number(),
});

/** One batch with what its answers rest on: layers and versions as they were when it was taken in. */
export const BatchDetail = Batch.extend({
  layers: z.array(BatchLayer),
  versions: z.array(VersionReference.extend({ layer: z.string() })),
  townships: z
    .array(z.object({ code: z.string(), name: z.string(), shapes: z.number().int() }))
    .meta({ description: 'where the shapes with results lie, to filter by' }),
  remarks: z.array(BatchRemark).meta({ description: 'the first 200; all are items with status `remark`' }),
  notes: z.array(Note),
  bbox: z
    .tuple([z.number(), z.number(), z.number(), z.number()])
    .nullable()
    .meta({ description: 'west, south, east, north of all shapes; null: none' }),
});
export type BatchDetail = z.infer<typeof BatchDetail>;

export const ITEM_STATUSES = ['waiting', 'remark', ...LayerStatus.options] as const;
export const ItemStatus = z.enum(ITEM_STATUSES);
export type ItemStatus = z.infer<typeof ItemStatus>;

export const ItemLayer = z.object({
  status: LayerStatus,
  area_m2: z.number(),
  below_threshold_m2: z.number(),
});
export type ItemLayer = z.infer<typeof ItemLayer>;

/** One record of the file: its result in short, or the remark in its place. */
export const BatchItem = z.object({
  index: z.number().int().meta({ description: 'number of the record in the file, from 1' }),
  name: z.string().nullable(),
  status: ItemStatus.meta({
    description:
      'over all layers, the first that holds: affected (a zone is met), failed, no_data, not_affected; `waiting`: not examined yet; `remark`: no result',
  }),
  village: z.object({ code: z.string(), name: z.string() }).nullable(),
  township: z.object({ code: z.string(), name: z.string() }).nullable(),
  area_m2: z.number().nullable(),
  area_mu: z.number().nullable(),
  centroid: z.tuple([z.number(), z.number()]).nullable().meta({ description: 'lon, lat (EPSG:4490)' }),
  layers: z.record(z.string(), ItemLayer).meta({ description: 'a row per layer once it has been examined' }),
  remark: Note.nullable(),
  attributes: z.record(z.string(), z.unknown()).meta({ description: 'of the file' }),
});
export type BatchItem = z.infer<typeof BatchItem>;

export const ItemFilter = z.object({
  sort: z
    .string()
    .regex(/^-?[a-z][a-z0-9_]{0,63}$/)
    .optional()
    .meta({ description: '`index`, `area` or a layer (its area); with `-` the largest first' }),
  township: z
    .string()
    .regex(/^\d{9}$/)
    .optional(),
  status: ItemStatus.optional().meta({ description: 'of the layer named, else over all layers' }),
  layer: z.string().regex(Key).optional(),
  q: z.string().max(100).optional().meta({ description: 'part of the name, or the index' }),
  bbox: z
    .string()
    .regex(/^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$/)
    .transform((text) => text.split(',').map(Number) as [number, number, number, number])
    .optional()
    .meta({ description: 'west,south,east,north' }),
  limit: Number0(1_000).optional().meta({ description: 'by default 100' }),
  offset: Number0(100_000).optional(),
});
export type ItemFilter = z.infer<typeof ItemFilter>;

export const ItemList = z.object({
  items: z.array(BatchItem),
  total: z.number().int().meta({ description: 'of the filter, without limit and offset' }),
});
export type ItemList = z.infer<typeof ItemList>;

/** One record with everything: its shape as it was given, and the whole overlay where it has been examined. */
export const BatchItemDetail = BatchItem.extend({
  geometry: z
    .object({ type: z.literal('MultiPolygon'), coordinates: z.any() })
    .nullable()
    .meta({ description: 'lon, lat (EPSG:4490)' }),
  answer: OverlayAnswer.nullable(),
});
export type BatchItemDetail = z.infer<typeof BatchItemDetail>;

/** The shapes for a map: simplified, with what they are coloured by. */
export const BatchMap = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      id: z.number().int().meta({ description: 'index of the record' }),
      geometry: z.object({ type: z.enum(['Polygon', 'MultiPolygon', 'Point']), coordinates: z.any() }),
      properties: z.object({
        index: z.number().int(),
        name: z.string().nullable(),
        status: ItemStatus,
        layers: z.array(z.string()).meta({ description: 'zones that it meets' }),
      }),
    }),
  ),
  left_out: z
    .number()
    .int()
    .meta({ description: 'shapes beyond the bound of one map: ask for a smaller bbox' }),
});
export type BatchMap = z.infer<typeof BatchMap>;

export const BATCH_EXPORT_FORMATS = ['csv', 'xlsx', 'geojson'] as const;
export const BatchExportQuery = z.object({
  format: z.enum(BATCH_EXPORT_FORMATS),
  lang: z.enum(['zh', 'en']).optional().meta({ description: 'of the headings; else as the request asks' }),
});
export type BatchExportQuery = z.infer<typeof BatchExportQuery>;

export const BatchFilter = z.object({
  limit: Number0(200).optional(),
  before: BatchId.optional().meta({ description: '`next` of the page before' }),
});
export type BatchFilter = z.infer<typeof BatchFilter>;
