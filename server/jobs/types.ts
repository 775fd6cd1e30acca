import type { Knex } from 'knex';
import type { z } from 'zod';
import type { Who } from '../actor.ts';
import type { Right } from '../contract/index.ts';
import type { Database } from '../db/index.ts';
import type { Text } from '../messages/index.ts';

/** Where a job stands: stored with the effect of the step that got it there. */
export interface Mark {
  /** JSON; what `run` needs to go on after a crash */
  checkpoint?: unknown;
  /** whole numbers, in units of the kind's own */
  done?: number;
  total?: number;
}

/** What a kind's `run` is called with. docs/how-to/add-a-job.md */
export interface JobContext<I = unknown> {
  readonly input: I;
  readonly job_id: string;
  /** who queued it; null: a schedule */
  readonly account_id: string | null;
  /** the area that the job is about */
  readonly division_code: string;
  /** for the audit trail: the person as of the last step, or nobody for a schedule */
  readonly who: Who;
  /** where the person has the kind's right, as of the last step; of a schedule: the job's area */
  readonly areas: readonly string[];
  /** as the last committed step left it; null: from the beginning */
  readonly checkpoint: unknown;
  /** fires when the job is cancelled, the server stops, or another process has taken over */
  readonly signal: AbortSignal;
  /** only for kinds `asOwner`; others get an error, their way to the database is `step` */
  readonly database: Database;
  /**
   * One transaction: under the person's scope, or as the owner for kinds `asOwner`. Committed with `mark` (given, or
   * made from what `work` hands back) only while this worker still has the job, so the effect happens once. Throws what
   * `work` throws, or the reason of `signal`; `run` lets both pass.
   */
  step<T>(work: (db: Knex.Transaction) => Promise<T>, mark?: Mark | ((result: T) => Mark)): Promise<T>;
  /** Adds a line to the job's log: kept with the step's effect inside `step`, at once outside. */
  log(text: Text): Promise<void>;
}

/** A kind of long work, as a feature declares it and server/app.ts lists it. */
export interface JobKind<I = unknown> {
  /** snake_case, unique, stored with its jobs */
  readonly kind: string;
  readonly title: Text;
  readonly input: z.ZodType<I>;
  /** whoever queues it must have this right in the job's area, when it is queued and at every step */
  readonly right: Right;
  /** how often it may start without getting further; 1: never tried again */
  readonly maxAttempts: number;
  /** system work: steps act as the owner of the database, past row-level security; about the whole installation */
  readonly asOwner?: boolean;
  /** only queued by other features and schedules, never through POST /api/jobs */
  readonly internal?: boolean;
  /** bound of one step, ms; {@link MAX_STEP_MS} by default */
  readonly stepLimitMs?: number;
  /** hands back the result (JSON, up to 64 KB, may hold {@link Text}s). After a crash it runs again, from `checkpoint` */
  run(context: JobContext<I>): Promise<unknown>;
}

/** A job of a kind `asOwner` every day. */
export interface Schedule {
  readonly kind: JobKind;
  readonly input: unknown;
  /** HH:MM on the wall clock */
  readonly at: string;
  /** IANA name, or `local`: the server's own */
  readonly timeZone: string;
}
