import type { Knex } from 'knex';
import { Problem } from '../problems.ts';
import { storedProblem } from './failure.ts';
import type { Ending } from './lease_queries.ts';
import { type ClaimedJob, claimJob, type Lease, lockHeld, nextJob, settleJob } from './lease_queries.ts';
import { decide, type JobEvent } from './machine.ts';

/**
 * Takes the next job that is due, in a transaction of its own. A job that was cut off once too often, or whose end
 * somebody wanted, is ended instead. null: there is nothing to do just now.
 */
export async function claimNext(
  knex: Knex,
  kinds: readonly string[],
  mine: readonly string[],
  worker: string,
): Promise<ClaimedJob | null> {
  for (;;) {
    const found = await knex.transaction(async (db) => {
      const job = await nextJob(db, kinds, mine);
      if (job === null) return null;
      const change = decide(job, 'claim')!;
      if (change.status === 'running') return claimJob(db, job.id, worker, change);
      const problem = change.problem === undefined ? null : storedProblem(new Problem(change.problem));
      await settleJob(db, job.id, change, { problem });
      return 'ended' as const;
    });
    if (found !== 'ended') return found;
  }
}

/** Stores what has become of a job, if this lease still holds it. `ending` may depend on how often it was tried. */
export async function settle(
  knex: Knex,
  lease: Lease,
  event: JobEvent,
  ending: (attempts: number) => Ending = () => ({}),
): Promise<void> {
  await knex.transaction(async (db) => {
    const job = await lockHeld(db, lease);
    const change = job === null ? null : decide(job, event);
    if (change !== null) await settleJob(db, lease.id, change, ending(change.attempts));
  });
}
