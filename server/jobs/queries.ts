import type { Knex } from 'knex';
import type { JobFilter, JobStatus } from '../contract/index.ts';
import { query } from '../db/index.ts';
import type { Text } from '../messages/index.ts';
import type { JobChange } from './machine.ts';

/** A Problem as it is stored: in both languages. */
export interface StoredProblem {
  code: string;
  status: number;
  title: Text;
  detail: Text;
}

/** What a caller may see of a job, as it stands in the database. */
export interface JobRow {
  id: string;
  kind: string;
  title: Text;
  status: JobStatus;
  done: string;
  total: string | null;
  division_code: string;
  account_id: string | null;
  account_name: string | null;
  token_id: string | null;
  created_at: Date;
  run_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  attempts: number;
  max_attempts: number;
  cancel_requested: boolean;
  result: unknown;
  problem: StoredProblem | null;
  revision: string;
}

export interface LogRow {
  at: Date;
  text: Text;
}

const COLUMNS = `j.id, j.kind, j.title, j.status, j.done, j.total, j.division_code, j.account_id, a.name as account_name,
  j.token_id, j.created_at, j.run_at, j.started_at, j.ended_at, j.attempts, j.max_attempts,
  j.cancel_requested_at is not null as cancel_requested, j.result, j.problem, j.revision`;

export interface NewJobRow {
  kind: string;
  title: Text;
  division_code: string;
  account_id: string | null;
  token_id: string | null;
  unique_key: string | null;
  input: unknown;
  max_attempts: number;
}

/** Answers the new job's id; null: there is one with this unique key. */
export async function insertJob(db: Knex, job: NewJobRow): Promise<string | null> {
  const [row] = await query<{ id: string }>(
    db,
    `insert into job (kind, title, division_code, account_id, token_id, system, unique_key, input, max_attempts)
     values (?, ?::jsonb, ?, ?, ?, ?, ?, ?::jsonb, ?) on conflict (unique_key) do nothing returning id`,
    [
      job.kind,
      JSON.stringify(job.title),
      job.division_code,
      job.account_id,
      job.token_id,
      job.account_id === null,
      job.unique_key,
      JSON.stringify(job.input ?? null),
      job.max_attempts,
    ],
  );
  return row?.id ?? null;
}

/** How many jobs of a person wait or run. Until the transaction ends, nobody else counts or queues for this person. */
export async function countOpenJobs(db: Knex, accountId: string): Promise<number> {
  await query(db, 'select pg_advisory_xact_lock(hashtextextended(?, 0))', [`cunma job ${accountId}`]);
  const [row] = await query<{ n: number }>(
    db,
    "select count(*)::int as n from job where account_id = ? and status in ('queued', 'running')",
    [accountId],
  );
  return row!.n;
}

/** Jobs that the transaction's scope shows, the newest first. */
export async function listJobs(
  db: Knex,
  { status, kind, before }: JobFilter,
  limit: number,
): Promise<JobRow[]> {
  return query<JobRow>(
    db,
    `select ${COLUMNS} from job j left join account a on a.id = j.account_id
     where (?::text is null or j.status = ?) and (?::text is null or j.kind = ?) and (?::bigint is null or j.id < ?)
     order by j.id desc limit ?`,
    [status ?? null, status ?? null, kind ?? null, kind ?? null, before ?? null, before ?? null, limit],
  );
}

/** The job, where the transaction's scope shows it; `lock`: until the transaction ends nobody else changes it. */
export async function findJobRow(db: Knex, id: string, lock = false): Promise<JobRow | null> {
  const [row] = await query<JobRow>(
    db,
    `select ${COLUMNS} from job j left join account a on a.id = j.account_id where j.id = ?
     ${lock ? 'for no key update of j' : ''}`,
    [id],
  );
  return row ?? null;
}

export async function jobLog(db: Knex, id: string): Promise<LogRow[]> {
  return query<LogRow>(db, 'select at, text from job_log where job_id = ? order by line', [id]);
}

/** Stores what somebody has asked for (`cancel`, `retry`) of a job that is locked. */
export async function changeJob(db: Knex, id: string, change: JobChange): Promise<void> {
  await query(
    db,
    `update job set status = ?, attempts = ?, revision = revision + 1,
       cancel_requested_at = case when ? then coalesce(cancel_requested_at, now()) end,
       run_at = case when ? = 'queued' then now() else run_at end,
       problem = case when ? = 'queued' then null else problem end,
       ended_at = case when ? in ('cancelled') then now() when ? = 'queued' then null else ended_at end
     where id = ?`,
    [
      change.status,
      change.attempts,
      change.cancel_requested,
      change.status,
      change.status,
      change.status,
      change.status,
      id,
    ],
  );
}

/** The area of the whole installation; null before the first administrator. */
export async function installationArea(db: Knex): Promise<string | null> {
  const [row] = await query<{ area: string }>(db, 'select area from installation');
  return row?.area ?? null;
}
