import type { Knex } from 'knex';
import { query } from '../db/index.ts';
import type { Text } from '../messages/index.ts';
import { LEASE_MS, MAX_LOG_LINES } from './limits.ts';
import type { JobChange, JobState } from './machine.ts';
import type { StoredProblem } from './queries.ts';
import type { Mark } from './types.ts';

/** A claim of a job: valid while the job runs and nobody has claimed it since. */
export interface Lease {
  id: string;
  fence: string;
}

/** A job in the hands of a worker. */
export interface ClaimedJob extends Lease {
  kind: string;
  division_code: string;
  account_id: string | null;
  token_id: string | null;
  system: boolean;
  input: unknown;
  checkpoint: unknown;
  attempts: number;
}

type Candidate = JobState & { id: string };

const STATE = 'id, status, attempts, max_attempts, cancel_requested_at is not null as cancel_requested';
const HELD = "id = ? and fence = ? and status = 'running'";

/**
 * Locks the next job for a worker that knows these kinds: one that is due, or one whose lease has run out. A lease that
 * ends later than any could was given before the clock was set back. `mine`: ids that this process is working on.
 */
export async function nextJob(
  db: Knex,
  kinds: readonly string[],
  mine: readonly string[],
): Promise<Candidate | null> {
  const [row] = await query<Candidate>(
    db,
    `select ${STATE} from job
     where status in ('queued', 'running') and kind = any(?) and id <> all(?::bigint[])
       and ((status = 'queued' and run_at <= clock_timestamp())
         or (status = 'running' and (lease_until < clock_timestamp()
           or lease_until > clock_timestamp() + 2 * ? * interval '1 ms')))
     order by run_at, id limit 1 for update skip locked`,
    [kinds, mine, LEASE_MS],
  );
  return row ?? null;
}

/** Hands a locked job to a worker under a new fence. */
export async function claimJob(
  db: Knex,
  id: string,
  worker: string,
  { attempts }: JobChange,
): Promise<ClaimedJob> {
  const [row] = await query<ClaimedJob>(
    db,
    `update job set status = 'running', attempts = ?, fence = fence + 1, worker = ?, revision = revision + 1,
       lease_until = clock_timestamp() + ? * interval '1 ms', started_at = coalesce(started_at, now())
     where id = ?
     returning id, fence, kind, division_code, account_id, token_id, system, input, checkpoint, attempts`,
    [attempts, worker, LEASE_MS, id],
  );
  return row!;
}

/** Locks a job that this lease still holds; null: it has been lost. */
export async function lockHeld(db: Knex, { id, fence }: Lease): Promise<JobState | null> {
  const [row] = await query<JobState>(db, `select ${STATE} from job where ${HELD} for update`, [id, fence]);
  return row ?? null;
}

/** Whether the lease still holds, and whether somebody asks for the job's end; null: it has been lost. */
export async function standing(
  db: Knex,
  { id, fence }: Lease,
): Promise<{ cancel_requested: boolean } | null> {
  const [row] = await query<{ cancel_requested: boolean }>(
    db,
    `select cancel_requested_at is not null as cancel_requested from job where ${HELD}`,
    [id, fence],
  );
  return row ?? null;
}

/** Prolongs the lease and answers as {@link standing} does. */
export async function beat(db: Knex, { id, fence }: Lease): Promise<{ cancel_requested: boolean } | null> {
  const [row] = await query<{ cancel_requested: boolean }>(
    db,
    `update job set lease_until = clock_timestamp() + ? * interval '1 ms' where ${HELD}
     returning cancel_requested_at is not null as cancel_requested`,
    [LEASE_MS, id, fence],
  );
  return row ?? null;
}

/**
 * Stores where the job stands; false: the lease has been lost, and the transaction must not commit. Waits for whoever is
 * claiming the job just now. A job that has got further has its tries again.
 */
export async function storeMark(db: Knex, { id, fence }: Lease, mark: Mark): Promise<boolean> {
  const rows = await query(
    db,
    `update job set checkpoint = case when ? then ?::jsonb else checkpoint end,
       attempts = case when ?::bigint > done then 1 else attempts end,
       done = coalesce(?::bigint, done), total = coalesce(?::bigint, total),
       lease_until = clock_timestamp() + ? * interval '1 ms', revision = revision + 1
     where ${HELD} returning id`,
    [
      mark.checkpoint !== undefined,
      JSON.stringify(mark.checkpoint ?? null),
      mark.done ?? null,
      mark.done ?? null,
      mark.total ?? null,
      LEASE_MS,
      id,
      fence,
    ],
  );
  return rows.length > 0;
}

/** Adds lines to the log of a job that this lease holds; past the limit `full` once, then nothing. */
export async function addLines(
  db: Knex,
  { id, fence }: Lease,
  lines: readonly Text[],
  full: Text,
): Promise<void> {
  for (const text of lines)
    await query(
      db,
      `with held as (update job set revision = revision + 1 where ${HELD} returning id),
         last as (select coalesce(max(line), 0) as line from job_log where job_id = ?)
       insert into job_log (job_id, line, text)
       select held.id, last.line + 1, (case when last.line + 1 < ? then ? else ? end)::jsonb
       from held, last where last.line < ?`,
      [id, fence, id, MAX_LOG_LINES, JSON.stringify(text), JSON.stringify(full), MAX_LOG_LINES],
    );
}

export interface Ending {
  result?: unknown;
  problem?: StoredProblem | null;
  /** until the next try, ms */
  waitMs?: number;
}

/** Takes a locked job out of its worker's hands. */
export async function settleJob(db: Knex, id: string, change: JobChange, ending: Ending): Promise<void> {
  const open = change.status === 'queued';
  await query(
    db,
    `update job set status = ?, attempts = ?, result = ?::jsonb, problem = ?::jsonb, lease_until = null, worker = null,
       cancel_requested_at = case when ? then coalesce(cancel_requested_at, now()) end,
       run_at = case when ? then clock_timestamp() + ? * interval '1 ms' else run_at end,
       ended_at = case when ? then null else clock_timestamp() end, revision = revision + 1
     where id = ?`,
    [
      change.status,
      change.attempts,
      ending.result === undefined ? null : JSON.stringify(ending.result),
      ending.problem ? JSON.stringify(ending.problem) : null,
      change.cancel_requested,
      open,
      ending.waitMs ?? 0,
      open,
      id,
    ],
  );
}

/** Lets every lease run out at once: for the one process of the embedded engine, whose predecessor is gone. */
export async function expireLeases(db: Knex): Promise<void> {
  await query(db, "update job set lease_until = '-infinity' where status = 'running'");
}

/** The rest of the transaction acts as the owner again. */
export async function leaveScope(db: Knex): Promise<void> {
  await query(
    db,
    `select set_config('role', 'none', true), set_config('cunma.account', '', true), set_config('cunma.scope', '', true)`,
  );
}
