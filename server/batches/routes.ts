import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { slicesOf } from '../audit/index.ts';
import {
  BatchDetail,
  BatchExportQuery,
  BatchFilter,
  BatchForm,
  BatchId,
  BatchItemDetail,
  BatchList,
  BatchMap,
  ItemFilter,
  ItemList,
  NewBatch,
} from '../contract/index.ts';
import type { Database } from '../db/index.ts';
import { areaFor, type UploadKeeper } from '../files/index.ts';
import { type Endpoint, endpoint, invalidRequest, Reply, type UploadedFile } from '../http/index.ts';
import { FILE_LIMITS, FILE_PROBLEMS, readBatchBounded } from '../imports/index.ts';
import type { JobKind } from '../jobs/index.ts';
import { Problem } from '../problems.ts';
import { areasWith, isWithin } from '../rights.ts';
import type { RuleBook } from '../rules/index.ts';
import { today } from '../today.ts';
import { listBatches } from './batch_queries.ts';
import { csvText, geojsonText, xlsxStream } from './export_file.ts';
import { exportPages } from './export_pages.ts';
import type { BatchInput } from './run_batch.ts';
import { showBatch, showNote, showRemark } from './show_batch.ts';
import { type ReadFile, takeIn } from './take_in.ts';
import { batchDetail, batchMap, findBatch, itemDetail, itemPage, removeBatch } from './verbs.ts';

const PRIVATE = { 'Cache-Control': 'private, no-store' };
const ById = z.object({ id: BatchId });
const ByIndex = ById.extend({
  index: z
    .string()
    .regex(/^[1-9]\d{0,6}$/)
    .transform(Number),
});
const UNKNOWN = ['sign_in_required', 'forbidden', 'batch_unknown'] as const;
const DEFAULT_PAGE = 50;
const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  geojson: 'application/geo+json; charset=utf-8',
} as const;

export interface BatchContext {
  rules: RuleBook;
  keeper: UploadKeeper;
  kind: JobKind<BatchInput>;
  /** for exports, which read in slices */
  database: () => Database | null;
}

export function batchRoutes({ rules, keeper, kind, database }: BatchContext): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/api/overlay-batches',
      summary:
        'Takes in a file of up to 20,000 shapes (zipped Shapefile, GeoPackage, GeoJSON and what /api/uploads reads) and queues the job that overlays each with all layers. Broken records become remarks; none is lost. Honours Idempotency-Key.',
      access: 'overlays.run',
      multipart: { maxBytes: FILE_LIMITS.MAX_BATCH_FILE_BYTES, fields: BatchForm },
      idempotent: true,
      reply: NewBatch,
      status: 201,
      problems: ['sign_in_required', 'forbidden', 'too_many_jobs', 'idempotency_mismatch', ...FILE_PROBLEMS],
      prepare: async ({ body, who, areas }): Promise<ReadFile> => {
        const file = body as UploadedFile;
        const parsed = BatchForm.safeParse(file.fields);
        if (!parsed.success) throw invalidRequest(parsed.error, file.fields);
        const form = parsed.data;
        const actor = who.actor!;
        const division_code = areaFor(actor, areas, form.division_code);
        const bytes = () => readFile(file.path);
        const read = await readBatchBounded({ name: file.name, bytes }, { crs: form.crs, datum: form.datum });
        const mayKeep = isWithin(division_code, areasWith('files.write', actor.assignments, actor.token));
        const kept = mayKeep ? await keeper.take(file, read.format) : null;
        return { file: file.name, read, form, division_code, kept };
      },
      handle: async ({ body, db, who, areas, language }) => {
        const given = body as unknown as ReadFile;
        const taken = await takeIn(given, { db, who, areas, today: today(), kind, keeper });
        const { faults, ...batch } = taken;
        return {
          ...batch,
          remarks: faults.map(({ index, name, note }) => showRemark({ index, name, remark: note }, language)),
          notes: given.read.notes.map((note) => showNote(note, language)),
        };
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/overlay-batches',
      summary: 'The batches of one’s areas, newest first.',
      access: 'overlays.run',
      query: BatchFilter,
      reply: BatchList,
      problems: ['sign_in_required', 'forbidden'],
      handle: async ({ db, query, who, language }) => {
        const limit = query.limit ?? DEFAULT_PAGE;
        const rows = await listBatches(db, query, limit);
        const account = who.actor!.account_id;
        return {
          batches: rows.slice(0, limit).map((row) => showBatch(row, account, language)),
          next: rows.length > limit ? rows[limit - 1]!.id : null,
        };
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/overlay-batches/{id}',
      summary: 'One batch: how far it is, and the layers and versions that its answers rest on.',
      access: 'overlays.run',
      params: ById,
      reply: BatchDetail,
      problems: UNKNOWN,
      handle: ({ db, params, who, language }) => batchDetail(db, params.id, who.actor!.account_id, language),
    }),
    endpoint({
      method: 'get',
      path: '/api/overlay-batches/{id}/items',
      summary: 'Its records with their results in short, or with the remark in its place.',
      access: 'overlays.run',
      params: ById,
      query: ItemFilter,
      reply: ItemList,
      problems: UNKNOWN,
      handle: ({ db, params, query, language }) => itemPage(db, params.id, query, language),
    }),
    endpoint({
      method: 'get',
      path: '/api/overlay-batches/{id}/items/{index}',
      summary: 'One record: its shape, and the whole overlay as one of the shape alone would answer it.',
      access: 'overlays.run',
      params: ByIndex,
      reply: BatchItemDetail,
      problems: [...UNKNOWN, 'batch_item_unknown'],
      handle: ({ db, params, language, gridSize, warn }) =>
        itemDetail(db, params.id, params.index, { rules, language, gridSize, warn }),
    }),
    endpoint({
      method: 'get',
      path: '/api/overlay-batches/{id}/map',
      summary: 'Its shapes as GeoJSON for a map: simplified outlines, or of more than 2,000 a point each.',
      access: 'overlays.run',
      params: ById,
      query: ItemFilter,
      reply: BatchMap,
      problems: UNKNOWN,
      handle: ({ db, params, query }) => batchMap(db, params.id, query),
    }),
    endpoint({
      method: 'get',
      path: '/api/overlay-batches/{id}/export',
      summary: 'All its records as CSV, workbook or GeoJSON, sent while it is read.',
      access: 'overlays.run',
      params: ById,
      query: BatchExportQuery,
      reply: TYPES.csv,
      transaction: false,
      problems: UNKNOWN,
      handle: async ({ params, query, who, areas, language, signal, warn }) => {
        const open = database();
        if (open === null) throw new Problem('starting');
        const account = who.actor!.account_id;
        const slices = slicesOf(open.knex, { role: 'cunma_app', account, areas });
        await slices((db) => findBatch(db, params.id));
        const pages = exportPages(slices, params.id, query.lang ?? language, signal);
        const fail = (error: unknown) => {
          if (!signal.aborted) warn('an export broke off', error);
        };
        const body =
          query.format === 'xlsx'
            ? xlsxStream(pages, fail)
            : Readable.from(query.format === 'csv' ? csvText(pages) : geojsonText(pages)).once('error', fail);
        const file = `cunma-batch-${params.id}.${query.format}`;
        return new Reply(body, {
          headers: {
            ...PRIVATE,
            'Content-Type': TYPES[query.format],
            'Content-Disposition': `attachment; filename="${file}"`,
          },
        });
      },
    }),
    endpoint({
      method: 'delete',
      path: '/api/overlay-batches/{id}',
      summary: 'Takes back a batch of one’s own with all its results; its job ends at its next step.',
      access: 'overlays.run',
      params: ById,
      reply: z.null(),
      status: 204,
      problems: UNKNOWN,
      handle: async ({ db, who, params }) => {
        await removeBatch(db, who, params.id);
        return null;
      },
    }),
  ];
}
