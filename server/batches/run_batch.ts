import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import { BatchId } from '../contract/index.ts';
import { type Database, enterScope } from '../db/index.ts';
import { storedShape } from '../geometry/index.ts';
import type { JobContext, JobKind } from '../jobs/index.ts';
import { messageText } from '../messages/index.ts';
import {
  type BatchLand,
  type BatchOptions,
  type OverlayResult,
  overlaySlice,
  type Transactions,
} from '../overlay/index.ts';
import { Problem } from '../problems.ts';
import { isWithin } from '../rights.ts';
import { overallStatus, storedAnswer, summaryOf } from './answer.ts';
import { batchById, countDone, landOf } from './batch_queries.ts';
import { inLanes } from './lanes.ts';
import { LANES, SLICE_M2, SLICE_SHAPES, SLICE_VERTICES } from './limits.ts';
import { type Slice, slicesFor } from './slices.ts';
import { outsideAreas } from './take_in.ts';
import { type ItemResult, storeResults, waitingItems, waitingSizes } from './work_queries.ts';

export const BatchInput = z.strictObject({ batch_id: BatchId });
export type BatchInput = z.infer<typeof BatchInput>;

/** How far a job has come: everything before this turn has its result. */
interface At {
  turn: number;
  done: number;
  refused: number;
}

export interface BatchWork {
  database: () => Database | null;
  /** told of what fails, beside the shape's own answer */
  warn?: (what: string, error: unknown) => void;
  /** tests put faults in here, and other sizes of slices */
  measures?: Pick<BatchOptions, 'batch' | 'measures'>;
  slice?: number;
  lanes?: number;
}

/**
 * Examines the shapes of a batch, slice by slice. Slices are measured on connections of their own, up to two at once;
 * what they found is stored by steps, in the order of the slices, with the checkpoint: after a crash no shape is
 * missing and none has been counted twice. What is done stays when the job is cancelled.
 */
export function batchJob(work: BatchWork): JobKind<BatchInput> {
  return {
    kind: 'overlay_batch',
    title: messageText('batches.job'),
    input: BatchInput,
    right: 'overlays.run',
    maxAttempts: 5,
    internal: true,
    run: async (context) => {
      const { batch_id } = context.input;
      const database = work.database();
      if (database === null) throw new Problem('starting');
      let at = (context.checkpoint as At | null) ?? { turn: 0, done: 0, refused: 0 };
      const begun = await context.step(async (db) => {
        const [batch, stored] = [await batchById(db, batch_id), await landOf(db, batch_id)];
        const sizes = await waitingSizes(db, batch_id, at.turn);
        return batch === null || stored === null ? null : { batch, land: stored.land, sizes };
      });
      if (begun === null) return { removed: true };
      const { kind } = database;
      const slices = slicesFor(begun.sizes, {
        shapes: work.slice ?? SLICE_SHAPES[kind],
        vertices: SLICE_VERTICES[kind],
        m2: SLICE_M2[kind],
      });
      const total = at.done + at.refused + begun.sizes.length;
      const measured = inLanes(slices, work.lanes ?? LANES[kind], (slice) =>
        measure(slice, context, { land: begun.land, database, work }),
      );
      for await (const { slice, items } of measured) {
        const next = await context.step(
          (db) => store(db, context, begun.batch.division_code, items, at, slice),
          (reached) =>
            reached === null ? {} : { checkpoint: reached, done: reached.done + reached.refused, total },
        );
        if (next === null) return { removed: true };
        at = next;
      }
      return { batch_id, shapes: at.done, refused: at.refused };
    },
  };
}

interface Measured {
  slice: Slice;
  items: { index: number; result: OverlayResult }[];
}

interface Measuring {
  land: BatchLand;
  database: Database;
  work: BatchWork;
}

/** Measures a slice in transactions of its own, under the person's scope; each sees one moment. */
async function measure(
  slice: Slice,
  { input, account_id, areas, signal }: JobContext<BatchInput>,
  { land, database, work }: Measuring,
): Promise<Measured> {
  const transaction: Transactions = (inside) =>
    database.knex.transaction(
      async (db) => {
        await enterScope(db, { role: 'cunma_app', account: account_id, areas });
        return inside(db);
      },
      { isolationLevel: 'repeatable read' },
    );
  // requests that have come in meanwhile queue for the one connection of the embedded engine before this slice
  await turn();
  signal.throwIfAborted();
  const waiting = await transaction((db) => waitingItems(db, input.batch_id, slice));
  const shapes = waiting.map(({ geom, area_m2, counties }) => ({
    shape: storedShape(geom, area_m2),
    counties,
  }));
  const results = await overlaySlice(transaction, shapes, land, {
    gridSize: database.gridSize,
    onFailure: (layer, error) => work.warn?.(`overlay of ${layer} in a batch`, error),
    ...work.measures,
    signal,
  });
  return { slice, items: waiting.map(({ index }, i) => ({ index, result: results[i]! })) };
}

/** Stores the results of a slice; null: the batch has been removed. */
async function store(
  db: Parameters<Parameters<JobContext['step']>[0]>[0],
  { input, areas }: JobContext<BatchInput>,
  division_code: string,
  items: Measured['items'],
  at: At,
  { to }: Slice,
): Promise<At | null> {
  if ((await batchById(db, input.batch_id)) === null) return null;
  const results = items.map(({ index, result }) => itemResult(index, result, division_code, areas));
  await storeResults(db, input.batch_id, results);
  const refused = results.filter(({ status }) => status === 'remark').length;
  const done = results.length - refused;
  const failed = results.filter(({ summary }) => hasFailed(summary)).length;
  const affected = results.filter(({ status }) => status === 'affected').length;
  await countDone(db, input.batch_id, { done, failed, affected, refused });
  return { turn: to + 1, done: at.done + done, refused: at.refused + refused };
}

function hasFailed(summary: ItemResult['summary']): boolean {
  return summary !== null && Object.values(summary).some(([status]) => status === 'failed');
}

/** A result belongs to the village in which its shape mostly lies; where that is not the person's, there is none. */
function itemResult(
  index: number,
  result: OverlayResult,
  division_code: string,
  areas: readonly string[],
): ItemResult {
  const { village_code } = result;
  if (village_code !== null && !isWithin(village_code, areas)) {
    const remark = outsideAreas(index);
    return {
      index,
      status: 'remark',
      division_code,
      village_code: null,
      summary: null,
      answer: null,
      remark,
    };
  }
  return {
    index,
    status: overallStatus(result),
    division_code: village_code ?? division_code,
    village_code,
    summary: summaryOf(result),
    answer: storedAnswer(result),
    remark: null,
  };
}
