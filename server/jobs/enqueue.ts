import type { Knex } from 'knex';
import { messageText } from '../messages/index.ts';
import { Problem } from '../problems.ts';
import { MAX_INPUT_BYTES, MAX_JOBS_PER_PERSON } from './limits.ts';
import { countOpenJobs, insertJob } from './queries.ts';
import type { JobKind } from './types.ts';

export interface NewJob<I> {
  input: I;
  /** the area that the job is about; `installation.area` for work of the whole installation */
  division_code: string;
  /** for whom it works; null: for the installation, which only the owner's connection may queue */
  account_id: string | null;
  /** the token that asks for it; the job may do no more than it */
  token_id?: string | null;
  /** at most one job ever has it */
  unique_key?: string | null;
}

/**
 * Queues a job in the caller's transaction: it exists if that commits. Under a request's scope only for the person
 * themself, in an area of theirs. Answers its id; null: there is a job with this unique key.
 * Throws `body_too_large`, `invalid_request` (a NUL), `too_many_jobs`.
 */
export async function enqueue<I>(db: Knex, kind: JobKind<I>, job: NewJob<I>): Promise<string | null> {
  const input = JSON.stringify(job.input ?? null);
  // PostgreSQL's jsonb has no NUL
  if (input.includes('\\u0000'))
    throw new Problem('invalid_request', {
      params: { path: 'input', message: messageText('requests.invalid.nul') },
      where: { path: 'input' },
    });
  if (Buffer.byteLength(input) > MAX_INPUT_BYTES)
    throw new Problem('body_too_large', { params: { limit: `${MAX_INPUT_BYTES / 1024} KB` } });
  if (job.account_id !== null && (await countOpenJobs(db, job.account_id)) >= MAX_JOBS_PER_PERSON)
    throw new Problem('too_many_jobs', { params: { limit: MAX_JOBS_PER_PERSON } });
  return insertJob(db, {
    kind: kind.kind,
    title: kind.title,
    division_code: job.division_code,
    account_id: job.account_id,
    token_id: job.token_id ?? null,
    unique_key: job.unique_key ?? null,
    input: job.input,
    max_attempts: kind.maxAttempts,
  });
}
