import type { Knex } from 'knex';
import {
  type BatchLand,
  type BatchOptions,
  type BatchShape,
  failedShape,
  failRemoved,
  landFor,
  overlayBatch,
} from './batch.ts';
import { isReachable } from './batch_queries.ts';
import { type OverlayResult, overlayShape } from './overlay_shape.ts';

/** Runs `work` in a short transaction of its own: what fails in one leaves the others untouched. */
export type Transactions = <T>(work: (db: Knex.Transaction) => Promise<T>) => Promise<T>;

/** PostgreSQL ended the statement because its time was over. */
const TIME_OVER = '57014';
/** The connection, or on the embedded engine the worker, has gone (SQLSTATE classes 08 and 57P, and what pg says). */
const LOST = /^(08|57P)/;
const LOST_IN_WORDS = /Connection terminated|ECONNRESET|ECONNREFUSED/;

/**
 * A slice of a batch: all shapes in one statement, and where that fails shape by shape, so that one that the database
 * cannot digest neither spoils the others nor reads as clear: its layers are `failed`. A shape whose areas do not add up
 * there is asked once more by the single road, which cuts with care. Throws only where the database itself cannot be
 * reached, or where `signal` says that nobody wants the answers any more.
 */
export async function overlaySlice(
  transaction: Transactions,
  shapes: readonly BatchShape[],
  land: BatchLand,
  options: BatchOptions & { signal?: AbortSignal },
): Promise<OverlayResult[]> {
  const together = await transaction((db) => overlayBatch(db, shapes, land, options)).catch((error) => {
    if (!isFromDatabase(error)) throw error;
    options.onFailure?.('*', error);
    return null;
  });
  const results: OverlayResult[] = [];
  for (const [i, shape] of shapes.entries()) {
    const found = together?.[i];
    options.signal?.throwIfAborted();
    results.push(
      found === undefined || !addsUp(found) ? await overlayAlone(transaction, shape, land, options) : found,
    );
  }
  return results;
}

function addsUp({ layers }: OverlayResult): boolean {
  return !layers.some(({ reason }) => reason === 'areas_do_not_add_up');
}

/** One shape by the single road; tried twice where the connection is lost, which another's work may have cost. */
async function overlayAlone(
  transaction: Transactions,
  each: BatchShape,
  land: BatchLand,
  options: BatchOptions,
  again = true,
): Promise<OverlayResult> {
  const input = { shape: each.shape, asOf: land.as_of, land: landFor(each, land) };
  try {
    const [result] = await transaction(async (db) =>
      failRemoved(db, [await overlayShape(db, input, options)]),
    );
    return result!;
  } catch (error) {
    if (!isFromDatabase(error)) throw error;
    options.onFailure?.('*', error);
    if (codeOf(error) === TIME_OVER) return failedShape(each, land, 'timed_out');
    if (isLost(error)) {
      await transaction(isReachable);
      if (again) return overlayAlone(transaction, each, land, options, false);
    }
    return failedShape(each, land, 'query_failed');
  }
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

function isLost(error: unknown): boolean {
  return LOST.test(codeOf(error)) || LOST_IN_WORDS.test(`${codeOf(error)} ${String(error)}`);
}

/** What the database answered, or that it went away while it worked; anything else is a fault of ours. */
function isFromDatabase(error: unknown): boolean {
  return /^[0-9A-Z]{5}$/.test(codeOf(error)) || isLost(error);
}
