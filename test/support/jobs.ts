import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { Database } from '../../server/db/index.ts';
import {
  enqueue,
  type JobContext,
  type JobKind,
  JobQueue,
  type QueueOptions,
} from '../../server/jobs/index.ts';
import type { StoredProblem } from '../../server/jobs/queries.ts';
import type { Person } from './people.ts';

const SILENT = { warn: () => undefined, error: () => undefined };

export const Steps = z.object({ steps: z.number().int() });
export type Steps = z.infer<typeof Steps>;

/** A job's row, as the owner of the database sees it. */
export interface StoredJob {
  id: string;
  status: string;
  attempts: number;
  done: string;
  total: string | null;
  checkpoint: unknown;
  result: unknown;
  problem: StoredProblem | null;
  lease_until: Date | null;
  worker: string | null;
}

/** A kind for tests: one effect a step, in the table `test_effect`, and a checkpoint after each. */
export function counting(
  name: string,
  options: Partial<JobKind<Steps>> & { between?: (context: JobContext<Steps>, n: number) => unknown } = {},
): JobKind<Steps> {
  const { between, ...rest } = options;
  return {
    kind: name,
    title: { zh: '数数', en: 'Counting' },
    input: Steps,
    right: 'jobs.manage',
    maxAttempts: 3,
    run: async (context) => {
      const { input, step } = context;
      for (let n = ((context.checkpoint as number | null) ?? 0) + 1; n <= input.steps; n++) {
        await step((db) => addEffect(db, context.job_id, n), { checkpoint: n, done: n, total: input.steps });
        await between?.(context, n);
      }
      return { counted: input.steps };
    },
    ...rest,
  };
}

export async function addEffect(db: Knex, jobId: string, n: number): Promise<void> {
  await db.raw('insert into test_effect (job_id, n) values (?, ?)', [jobId, n]);
}

/** The steps whose effects are there, in order; one that happened twice stands there twice. */
export async function effects(knex: Knex, jobId: string): Promise<number[]> {
  const { rows } = await knex.raw<{ rows: { n: number }[] }>(
    'select n from test_effect where job_id = ? order by n',
    [jobId],
  );
  return rows.map(({ n }) => n);
}

export async function makeEffectTable(knex: Knex): Promise<void> {
  await knex.raw('create table if not exists test_effect (job_id bigint not null, n integer not null)');
  await knex.raw('grant select, insert on test_effect to cunma_app');
}

export async function queue(
  knex: Knex,
  kind: JobKind<Steps>,
  steps: number,
  options: { division_code?: string; for?: Person | null; token_id?: string } = {},
): Promise<string> {
  const id = await knex.transaction((db) =>
    enqueue(db, kind, {
      input: { steps },
      division_code: options.division_code ?? '410821',
      account_id: options.for?.account_id ?? null,
      token_id: options.token_id ?? null,
    }),
  );
  return id!;
}

export async function stored(knex: Knex, id: string): Promise<StoredJob> {
  return (await knex('job').where({ id }).first()) as StoredJob;
}

export async function logOf(knex: Knex, id: string): Promise<string[]> {
  const rows = (await knex('job_log').where({ job_id: id }).orderBy('line')) as { text: { en: string } }[];
  return rows.map(({ text }) => text.en);
}

/** Waits until `is` says yes of the job's row. */
export async function until(knex: Knex, id: string, is: (job: StoredJob) => boolean): Promise<StoredJob> {
  for (;;) {
    const job = await stored(knex, id);
    if (is(job)) return job;
    await sleep(10);
  }
}

export const ended = ({ status }: StoredJob) => status !== 'queued' && status !== 'running';

/** Works with these kinds while `test` runs, quickly. */
export async function working(
  database: Database,
  kinds: readonly JobKind[],
  test: (queue: JobQueue) => Promise<void>,
  options: QueueOptions = {},
): Promise<void> {
  const worker = new JobQueue(database, kinds, SILENT, {
    pollMs: 10,
    heartbeatMs: 50,
    backoff: () => 0,
    ...options,
  });
  await worker.start();
  try {
    await test(worker);
  } finally {
    await worker.stop();
  }
}
