import type { Knex } from 'knex';
import type { JobStatus } from '../contract/index.ts';
import { query } from '../db/index.ts';
import type { ReadNote } from '../imports/index.ts';
import type { Text } from '../messages/index.ts';
import type { BatchLand } from '../overlay/index.ts';

export interface BatchRow {
  /** bigint, as text */
  id: string;
  division_code: string;
  account_id: string | null;
  job_id: string | null;
  file_id: string | null;
  title: string;
  as_of: string;
  format: string;
  crs: { id: string; name: Text; how: Text };
  shapes: number;
  remarks: number;
  done: number;
  failed: number;
  affected: number;
  created_at: Date;
  /** null: the job has been removed since */
  job_status: JobStatus | null;
}

const COLUMNS = `b.id, b.division_code, b.account_id, b.job_id, b.file_id, b.title, b.as_of, b.format, b.crs, b.shapes,
  b.remarks, b.done, b.failed, b.affected, b.created_at, j.status as job_status`;
// in_scope: one's own show themselves to the data that one may take along, and to nothing else
const FROM = 'from overlay_batch b left join job j on j.id = b.job_id';

export interface NewBatchRow {
  division_code: string;
  account_id: string;
  file_id: string | null;
  title: string;
  as_of: string;
  format: string;
  crs: BatchRow['crs'];
  notes: readonly ReadNote[];
  land: BatchLand;
  shapes: number;
  remarks: number;
}

export async function insertBatch(db: Knex, batch: NewBatchRow): Promise<string> {
  const [row] = await query<{ id: string }>(
    db,
    `insert into overlay_batch (division_code, account_id, file_id, title, as_of, format, crs, notes, land, shapes, remarks)
     values (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?) returning id`,
    [
      batch.division_code,
      batch.account_id,
      batch.file_id,
      batch.title,
      batch.as_of,
      batch.format,
      JSON.stringify(batch.crs),
      JSON.stringify(batch.notes),
      JSON.stringify(batch.land),
      batch.shapes,
      batch.remarks,
    ],
  );
  return row!.id;
}

export async function setJob(db: Knex, id: string, job_id: string): Promise<void> {
  await query(db, 'update overlay_batch set job_id = ? where id = ?', [job_id, id]);
}

/** One page of what the transaction may see, newest first; one more than `limit` where there are more. */
export async function listBatches(
  db: Knex,
  { before }: { before?: string | undefined },
  limit: number,
): Promise<BatchRow[]> {
  return query<BatchRow>(
    db,
    `select ${COLUMNS} ${FROM} where in_scope(b.division_code) and (?::bigint is null or b.id < ?) order by b.id desc limit ?`,
    [before ?? null, before ?? null, limit + 1],
  );
}

export async function batchById(db: Knex, id: string): Promise<BatchRow | null> {
  const [row] = await query<BatchRow>(
    db,
    `select ${COLUMNS} ${FROM} where b.id = ? and in_scope(b.division_code)`,
    [id],
  );
  return row ?? null;
}

/** What the answers of a batch rest on, and what was remarked on its file; null: there is no such batch to be seen. */
export async function landOf(db: Knex, id: string): Promise<{ land: BatchLand; notes: ReadNote[] } | null> {
  const [row] = await query<{ land: BatchLand; notes: ReadNote[] }>(
    db,
    'select land, notes from overlay_batch where id = ?',
    [id],
  );
  return row ?? null;
}

/** Counts what a step has done; locks the batch, so that it is not removed in between. */
export async function countDone(
  db: Knex,
  id: string,
  counts: { done: number; failed: number; affected: number; refused: number },
): Promise<void> {
  await query(
    db,
    `update overlay_batch set shapes = shapes - ?, remarks = remarks + ?, done = done + ?, failed = failed + ?,
       affected = affected + ? where id = ?`,
    [counts.refused, counts.refused, counts.done, counts.failed, counts.affected, id],
  );
}

export async function deleteBatch(db: Knex, id: string): Promise<boolean> {
  return (await query(db, 'delete from overlay_batch where id = ? returning id', [id])).length > 0;
}
