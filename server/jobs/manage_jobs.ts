import type { Knex } from 'knex';
import type { Actor, Who } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import type { JobFilter, JobRequest, Right } from '../contract/index.ts';
import { enterScope } from '../db/index.ts';
import { Problem } from '../problems.ts';
import { areasWith, isWithin } from '../rights.ts';
import { enqueue } from './enqueue.ts';
import { MAX_JOBS_PER_PERSON } from './limits.ts';
import { decide, type JobEvent } from './machine.ts';
import {
  changeJob,
  countOpenJobs,
  findJobRow,
  installationArea,
  type JobRow,
  jobLog,
  type LogRow,
  listJobs,
} from './queries.ts';
import type { JobKind } from './types.ts';

const DEFAULT_PAGE = 50;

export interface JobFound {
  row: JobRow;
  log: LogRow[];
}

/** From here on the transaction sees the person's own jobs and those of the areas in which they have `right`. */
export async function seeJobs(db: Knex.Transaction, actor: Actor, right: Right): Promise<readonly string[]> {
  const areas = actor.password_change_required ? [] : areasWith(right, actor.assignments, actor.token);
  await enterScope(db, { role: 'cunma_app', account: actor.account_id, areas });
  return areas;
}

/** One page of the jobs that somebody may see, the newest first, without their logs. */
export async function findJobs(
  db: Knex.Transaction,
  actor: Actor,
  filter: JobFilter,
): Promise<{ rows: JobRow[]; next: string | null }> {
  await seeJobs(db, actor, 'jobs.read');
  const limit = filter.limit ?? DEFAULT_PAGE;
  const rows = await listJobs(db, filter, limit + 1);
  const page = rows.slice(0, limit);
  return { rows: page, next: rows.length > limit ? page.at(-1)!.id : null };
}

/** One job with its log. Throws `not_found` where there is none, or none that this person may see. */
export async function findJob(db: Knex.Transaction, actor: Actor, id: string): Promise<JobFound> {
  await seeJobs(db, actor, 'jobs.read');
  const row = await findJobRow(db, id);
  if (row === null) throw new Problem('not_found');
  return { row, log: await jobLog(db, id) };
}

/**
 * Queues a job that a person asks for. Throws `job_kind_unknown`, `forbidden`, `too_many_jobs`, `body_too_large`;
 * `parseInput` throws where the input is not what the kind takes.
 */
export async function startJob(
  db: Knex.Transaction,
  who: Who,
  request: JobRequest,
  kinds: readonly JobKind[],
  parseInput: (kind: JobKind, input: unknown) => unknown,
): Promise<JobFound> {
  const actor = who.actor!;
  const kind = kinds.find((each) => each.kind === request.kind && each.internal !== true);
  if (kind === undefined) throw new Problem('job_kind_unknown', { params: { kind: request.kind } });
  if (actor.password_change_required) throw new Problem('password_change_required');
  const areas = await seeJobs(db, actor, kind.right);
  const division_code = await areaOf(db, kind, request, actor, areas);
  if (!isWithin(division_code, areas)) throw new Problem('forbidden');
  const input = parseInput(kind, request.input);
  const id = await enqueue(db, kind, {
    input,
    division_code,
    account_id: actor.account_id,
    token_id: actor.token?.id ?? null,
  });
  await audit(db, who, 'job.start', kind.right, { id: id!, division_code, kind: kind.kind });
  return { row: (await findJobRow(db, id!))!, log: [] };
}

/** System work is about the whole installation; other work about the area named, or the person's own. */
async function areaOf(
  db: Knex.Transaction,
  kind: JobKind,
  request: JobRequest,
  actor: Actor,
  areas: readonly string[],
): Promise<string> {
  if (kind.asOwner === true) return (await installationArea(db)) ?? '';
  if (request.division_code !== undefined) return request.division_code;
  return isWithin(actor.division_code, areas) ? actor.division_code : (areas[0] ?? '');
}

/** Asks for the end of a job: at once where it waits, between two steps where it runs. Throws `not_found`, `forbidden`, `job_ended`. */
export async function cancelJob(db: Knex.Transaction, who: Who, id: string): Promise<JobFound> {
  return change(db, who, id, 'cancel', 'job_ended');
}

/**
 * Lets a job that failed or was cancelled try again, from where it had got to and for the person who queued it. Throws
 * `not_found`, `forbidden`, `job_not_ended`, `too_many_jobs`.
 */
export async function retryJob(db: Knex.Transaction, who: Who, id: string): Promise<JobFound> {
  return change(db, who, id, 'retry', 'job_not_ended');
}

async function change(
  db: Knex.Transaction,
  who: Who,
  id: string,
  event: Extract<JobEvent, 'cancel' | 'retry'>,
  otherwise: 'job_ended' | 'job_not_ended',
): Promise<JobFound> {
  const actor = who.actor!;
  const { row: seen } = await findJob(db, actor, id);
  if (actor.password_change_required) throw new Problem('password_change_required');
  const areas = await seeJobs(db, actor, 'jobs.manage');
  const manages = isWithin(seen.division_code, areas);
  if (!manages && !isOwn(seen, actor)) throw new Problem('forbidden');
  if (event === 'retry' && seen.account_id !== null) await refuseTooMany(db, seen.account_id);
  // the trail before the row, as a step has them: the other way round the two could wait for each other
  await audit(db, who, `job.${event}`, manages ? 'jobs.manage' : null, seen);
  const row = await findJobRow(db, id, true);
  if (row === null) throw new Problem('not_found');
  const change = decide(row, event);
  if (change === null) throw new Problem(otherwise);
  await changeJob(db, id, change);
  return findJob(db, actor, id);
}

/** A token manages what it has queued itself, not everything of its person. */
function isOwn(row: JobRow, actor: Actor): boolean {
  return row.account_id === actor.account_id && (actor.token === null || row.token_id === actor.token.id);
}

async function refuseTooMany(db: Knex.Transaction, accountId: string): Promise<void> {
  if ((await countOpenJobs(db, accountId)) >= MAX_JOBS_PER_PERSON)
    throw new Problem('too_many_jobs', { params: { limit: MAX_JOBS_PER_PERSON } });
}

async function audit(
  db: Knex.Transaction,
  who: Who,
  action: string,
  right: Right | null,
  job: { id: string; division_code: string; kind: string },
): Promise<void> {
  const { id, division_code, kind } = job;
  await appendAudit(db, who, {
    action,
    record_kind: 'job',
    record_id: id,
    division_code,
    right,
    after: { kind },
  });
}
