import type { Database } from '../db/index.ts';
import { longUnreferenced, markBlobs, takeUnreferenced, unmarkReferenced } from './blob_queries.ts';
import { UNREFERENCED_HOURS } from './limits.ts';
import type { BlobStore } from './storage/types.ts';

const BATCH = 500;

/** What a sweep did. */
export interface Swept {
  /** content in the store */
  seen: number;
  removed: number;
}

/**
 * Removes content that no record has named for a day; as the owner, while requests go on. The first sweep that finds it
 * without a record marks it, and only a mark of a day's age is acted on: a backup that began before still finds all that
 * its records name, and an upload whose record is about to be committed keeps its content. Each removal holds the row of
 * the mark, which a record of the same content has to take away first.
 */
export async function sweepFiles({ knex }: Database, store: BlobStore, signal?: AbortSignal): Promise<Swept> {
  const swept: Swept = { seen: 0, removed: 0 };
  let batch: string[] = [];
  for await (const { sha256 } of store.list()) {
    signal?.throwIfAborted();
    swept.seen++;
    batch.push(sha256);
    if (batch.length === BATCH) await markBlobs(knex, batch.splice(0));
  }
  if (batch.length > 0) await markBlobs(knex, batch);
  batch = [];
  await unmarkReferenced(knex);
  for (;;) {
    const hashes = await longUnreferenced(knex, UNREFERENCED_HOURS, BATCH);
    if (hashes.length === 0) return swept;
    for (const sha256 of hashes) {
      signal?.throwIfAborted();
      await knex.transaction(async (db) => {
        if (!(await takeUnreferenced(db, sha256, UNREFERENCED_HOURS))) return;
        // before the commit: a crash in between leaves a mark without content, which the next sweep takes away
        await store.remove(sha256);
        swept.removed++;
      });
    }
  }
}
