import type { Knex } from 'knex';
import type { Who } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import type { BatchForm } from '../contract/index.ts';
import type { CheckedFile, UploadKeeper } from '../files/index.ts';
import type { BatchFault, BatchRecord, ReadBatch } from '../imports/index.ts';
import { enqueue, type JobKind } from '../jobs/index.ts';
import { listLayers, versionsInForce } from '../layers/index.ts';
import { messageText } from '../messages/index.ts';
import { type BatchLand, sameCoverage } from '../overlay/index.ts';
import { isWithin } from '../rights.ts';
import { dayAsked } from '../today.ts';
import { insertBatch, setJob } from './batch_queries.ts';
import { REMARKS_SHOWN, ROWS_AT_ONCE } from './limits.ts';
import { groundOrder } from './order.ts';
import type { BatchInput } from './run_batch.ts';
import { countiesOf, insertItems, type NewItem } from './work_queries.ts';

/** A file that has been read, before the transaction. */
export interface ReadFile {
  file: string;
  read: ReadBatch;
  form: BatchForm;
  division_code: string;
  /** where the original is kept as well */
  kept: CheckedFile | null;
}

export interface TakeIn {
  db: Knex.Transaction;
  who: Who;
  areas: readonly string[];
  /** YYYY-MM-DD */
  today: string;
  kind: JobKind<BatchInput>;
  keeper: UploadKeeper;
}

export interface TakenIn {
  id: string;
  title: string;
  job_id: string;
  counts: { shapes: number; remarks: number };
  faults: BatchFault[];
}

/**
 * Takes a batch in: every record of the file under its number, what its answers rest on fixed, and the job that
 * examines it queued, all in one transaction. Shapes that can only lie outside the person's areas get a remark.
 * Throws `too_many_jobs`, `file_quota`.
 */
export async function takeIn(given: ReadFile, context: TakeIn): Promise<TakenIn> {
  const { db, who, areas } = context;
  const { read, form, division_code } = given;
  const as_of = dayAsked(form.as_of, context.today);
  const { records, faults, counties } = await place(db, read, areas);
  const land = await landFor(db, as_of, counties);
  const account_id = who.actor!.account_id;
  const title = form.title ?? (given.file.slice(0, 200) || messageText('batches.untitled').zh);
  const file_id =
    given.kept === null ? null : await context.keeper.record(db, who, given.kept, division_code);
  const counts = { shapes: records.length, remarks: faults.length };
  const id = await insertBatch(db, {
    division_code,
    account_id,
    file_id,
    title,
    as_of,
    format: read.format,
    crs: read.crs,
    notes: read.notes,
    land,
    ...counts,
  });
  for (const items of pages(newItems(read, records, faults))) await insertItems(db, id, division_code, items);
  const token_id = who.actor!.token?.id ?? null;
  const job_id = (await enqueue(db, context.kind, {
    input: { batch_id: id },
    division_code,
    account_id,
    token_id,
  }))!;
  await setJob(db, id, job_id);
  await appendAudit(db, who, {
    action: 'batch.create',
    record_kind: 'batch',
    record_id: id,
    division_code,
    right: 'overlays.run',
    after: { as_of, format: read.format, ...counts, file_id, job_id },
  });
  return { id, title, job_id, counts, faults: faults.slice(0, REMARKS_SHOWN) };
}

interface Placed extends BatchRecord {
  counties: string[];
}

/** Which counties each shape may touch; where none of them is the person's, it is refused. */
async function place(
  db: Knex,
  read: ReadBatch,
  areas: readonly string[],
): Promise<{ records: Placed[]; faults: BatchFault[]; counties: string[] }> {
  const records: Placed[] = [];
  const faults = [...read.faults];
  for (const page of pages(read.records)) {
    const found = await countiesOf(
      db,
      page.map(({ plane }) => plane),
    );
    page.forEach((record, i) => {
      const counties = found[i]!;
      const near = counties.length === 0 || counties.some((county) => mayLieIn(county, areas));
      if (near) records.push({ ...record, counties });
      else faults.push(refused(record));
    });
  }
  faults.sort((a, b) => a.index - b.index);
  return { records, faults, counties: [...new Set(records.flatMap(({ counties }) => counties))] };
}

function mayLieIn(county: string, areas: readonly string[]): boolean {
  return isWithin(county, areas) || areas.some((area) => area.startsWith(county));
}

function refused({ index, name, attributes }: BatchRecord): BatchFault {
  return { index, name, attributes, note: outsideAreas(index) };
}

/** The remark on a shape that lies outside one's areas. */
export function outsideAreas(index: number): BatchFault['note'] {
  return {
    severity: 'error',
    code: 'outside_areas',
    message: messageText('batches.outside_areas'),
    where: { record: index },
  };
}

async function landFor(db: Knex, as_of: string, counties: string[]): Promise<BatchLand> {
  const [layers, versions] = [await listLayers(db), await versionsInForce(db, as_of, counties)];
  const coverage = await sameCoverage(
    db,
    versions.map(({ id }) => id),
  );
  return { as_of, layers, versions, coverage: Object.fromEntries(coverage) };
}

function* newItems(
  read: ReadBatch,
  records: readonly Placed[],
  faults: readonly BatchFault[],
): Generator<NewItem> {
  const order = groundOrder(records.map(({ bbox }) => bbox));
  for (const [turn, i] of order.entries()) {
    const { index, name, attributes, counties, area_m2, from, to } = records[i]!;
    const geom = Buffer.from(read.geometries.buffer, read.geometries.byteOffset + from, to - from);
    yield { index, name, attributes, turn, counties, area_m2, geom, remark: null };
  }
  for (const { index, name, attributes, note } of faults)
    yield { index, name, attributes, turn: null, counties: null, area_m2: null, geom: null, remark: note };
}

function* pages<T>(rows: Iterable<T>): Generator<T[]> {
  let page: T[] = [];
  for (const row of rows) {
    page.push(row);
    if (page.length < ROWS_AT_ONCE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
