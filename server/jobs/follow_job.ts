import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../actor.ts';
import type { Database } from '../db/index.ts';
import { Problem } from '../problems.ts';
import { glance } from './follow_queries.ts';
import { findJob, type JobFound } from './manage_jobs.ts';
import { personNow } from './person_queries.ts';

export interface Following {
  database: Database;
  actor: Actor;
  id: string;
  /** revision that the follower has seen; null: none */
  after: string | null;
  /** fires when the follower has gone */
  signal: AbortSignal;
  /** how often the job is looked at, and after how long a quiet stream says that it is there, ms */
  pollMs: number;
  quietMs: number;
}

/** The job as it stands, or a sign that the stream lives. */
export type JobNews = JobFound | 'quiet';

/** Whether there is nothing more to hear: it has ended, and the follower knows. */
export function heardAll({ row }: JobFound, after: string | null): boolean {
  return row.ended_at !== null && after !== null && BigInt(after) >= BigInt(row.revision);
}

/**
 * The job as it stands, then after each change, to its end. Holds no connection between two looks. Ends too where the
 * follower's session or token has ended, or the job is out of their sight. Throws `not_found` at the first look.
 */
export async function* followJob(first: JobFound, follow: Following): AsyncGenerator<JobNews> {
  let told = follow.after;
  let found: JobFound | null = first;
  let quietSince = performance.now();
  for (;;) {
    if (found !== null && found.row.revision !== told) {
      told = found.row.revision;
      quietSince = performance.now();
      yield found;
    }
    if (found !== null && found.row.ended_at !== null) return;
    if (!(await pause(follow))) return;
    if (performance.now() - quietSince >= follow.quietMs) {
      quietSince = performance.now();
      yield 'quiet';
    }
    const next = await look(follow, told);
    if (next === 'over') return;
    found = next;
  }
}

/** null: nothing new, or the database does not answer just now. */
async function look(
  { database, actor, id }: Following,
  told: string | null,
): Promise<JobFound | 'over' | null> {
  try {
    const { revision, admitted } = await glance(database.knex, actor, id);
    if (!admitted || revision === null) return 'over';
    if (revision === told) return null;
    return await database.knex.transaction(async (db) => {
      const now = await personNow(db, actor.account_id, actor.token?.id ?? null);
      if (now === null) return 'over';
      return findJob(db, { ...actor, assignments: now.assignments, token: now.token }, id);
    });
  } catch (error) {
    return error instanceof Problem && error.code === 'not_found' ? 'over' : null;
  }
}

/** false: the follower has gone. */
async function pause({ pollMs, signal }: Following): Promise<boolean> {
  return sleep(pollMs, true, { signal }).catch(() => false);
}

/** Counts who follows, all together and each person. */
export class Followers {
  readonly #limit: number;
  readonly #each: number;
  readonly #of = new Map<string, number>();
  #all = 0;

  constructor(limit: number, each: number) {
    this.#limit = limit;
    this.#each = each;
  }

  /** Takes a place until `signal` fires. Throws `too_many_streams`. */
  take(accountId: string, signal: AbortSignal): void {
    const own = this.#of.get(accountId) ?? 0;
    if (this.#all >= this.#limit || own >= this.#each)
      throw new Problem('too_many_streams', { params: { seconds: 30 } });
    if (signal.aborted) return;
    this.#all++;
    this.#of.set(accountId, own + 1);
    signal.addEventListener('abort', () => this.#give(accountId), { once: true });
  }

  #give(accountId: string): void {
    this.#all--;
    const left = this.#of.get(accountId)! - 1;
    if (left === 0) this.#of.delete(accountId);
    else this.#of.set(accountId, left);
  }
}
