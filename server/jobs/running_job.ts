import { setImmediate as turn } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { Who } from '../actor.ts';
import { type Database, enterScope } from '../db/index.ts';
import { messageText, type Text } from '../messages/index.ts';
import { Problem } from '../problems.ts';
import { areasWith, isWithin } from '../rights.ts';
import { Cancelled, LeaseLost } from './failure.ts';
import { addLines, beat, type ClaimedJob, leaveScope, standing, storeMark } from './lease_queries.ts';
import { LEASE_MS, MAX_LOG_LENGTH, MAX_LOG_LINES, MAX_STEP_MS } from './limits.ts';
import { personNow } from './person_queries.ts';
import type { JobContext, JobKind, Mark } from './types.ts';

/** One claim of a job, from the worker's side: what `run` is called with, and what keeps the claim. */
export class RunningJob implements JobContext {
  input: unknown = null;
  readonly job_id: string;
  readonly account_id: string | null;
  readonly division_code: string;
  checkpoint: unknown;
  areas: readonly string[] = [];
  who: Who;
  /** `run` was told to end: what it hands back afterwards is not the whole result */
  refused = false;
  readonly #job: ClaimedJob;
  readonly #kind: JobKind;
  readonly #database: Database;
  readonly #abort = new AbortController();
  #lines: Text[] | null = null;
  /** a step of which nobody knows whether it was committed: only a new claim may read how far the job has got */
  #unknown: unknown = null;
  #confirmedAt = performance.now();

  constructor(database: Database, kind: JobKind, job: ClaimedJob) {
    this.#database = database;
    this.#kind = kind;
    this.#job = job;
    this.job_id = job.id;
    this.account_id = job.account_id;
    this.division_code = job.division_code;
    this.checkpoint = job.checkpoint;
    // kinds take what they need of their context apart
    this.step = this.step.bind(this);
    this.log = this.log.bind(this);
    this.who = { actor: null, address: 'local', request_id: `job ${job.id}` };
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get database(): Database {
    if (this.#kind.asOwner !== true) throw new Error('only system work has the database itself; use step()');
    return this.#database;
  }

  /** What was queued, perhaps by an older version, is checked again. Throws ZodError. */
  parseInput(): void {
    this.input = this.#kind.input.parse(this.#job.input);
  }

  /** Tells `run` to end. */
  end(reason: Error): void {
    this.#abort.abort(reason);
  }

  /** Finds out who the job works for and whether they still may. Throws `job_right_lost`. */
  async admit(db: Knex): Promise<void> {
    const { account_id, token_id, system, division_code } = this.#job;
    if (system && this.#kind.asOwner === true) {
      this.areas = [division_code];
      return;
    }
    const actor = account_id === null ? null : await personNow(db, account_id, token_id);
    this.areas = actor === null ? [] : areasWith(this.#kind.right, actor.assignments, actor.token);
    if (!isWithin(division_code, this.areas)) throw new Problem('job_right_lost');
    this.who = { ...this.who, actor };
  }

  async step<T>(
    work: (db: Knex.Transaction) => Promise<T>,
    mark: Mark | ((result: T) => Mark) = {},
  ): Promise<T> {
    if (this.#lines !== null) throw new Error('a step cannot hold another one');
    if (this.#unknown !== null) throw this.#unknown;
    this.#lines = [];
    try {
      // requests that have come in meanwhile queue for the one connection of the embedded engine before this step
      await turn();
      this.#refuseEnded();
      const { result, made } = await this.#database.knex.transaction((db) => this.#carryOut(db, work, mark));
      this.#confirmedAt = performance.now();
      if (made.checkpoint !== undefined) this.checkpoint = made.checkpoint;
      return result;
    } catch (error) {
      // a fault of the input has been rolled back for certain; anything else may have struck the commit itself
      if (!(error instanceof Problem)) this.#unknown = error;
      throw error;
    } finally {
      this.#lines = null;
    }
  }

  async #carryOut<T>(
    db: Knex.Transaction,
    work: (db: Knex.Transaction) => Promise<T>,
    mark: Mark | ((result: T) => Mark),
  ): Promise<{ result: T; made: Mark }> {
    this.#obey(await standing(db, this.#job));
    this.#refuseEnded();
    await this.admit(db);
    if (this.#kind.asOwner !== true)
      await enterScope(db, { role: 'cunma_app', account: this.account_id, areas: this.areas });
    const result = await this.#inTime(work(db));
    if (this.#kind.asOwner !== true) await leaveScope(db);
    const made = typeof mark === 'function' ? mark(result) : mark;
    await addLines(db, this.#job, this.#lines ?? [], LOG_FULL);
    if (!(await storeMark(db, this.#job, made))) {
      this.end(new LeaseLost());
      this.#refuseEnded();
    }
    return { result, made };
  }

  /** On time-out the transaction is rolled back under the hands of `work`, whose next statement fails. */
  async #inTime<T>(work: Promise<T>): Promise<T> {
    const limit = this.#kind.stepLimitMs ?? MAX_STEP_MS;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Problem('job_step_too_slow', { params: { limit: Math.round(limit / 1000) } })),
        limit,
      );
    });
    work.catch(() => undefined);
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async log(text: Text): Promise<void> {
    const line = { zh: text.zh.slice(0, MAX_LOG_LENGTH), en: text.en.slice(0, MAX_LOG_LENGTH) };
    if (this.#lines !== null) this.#lines.push(line);
    else await addLines(this.#database.knex, this.#job, [line], LOG_FULL);
  }

  /** Keeps the claim while `run` works, and hears whether it is to end. */
  async beat(): Promise<void> {
    try {
      this.#obey(await beat(this.#database.knex, this.#job));
      this.#confirmedAt = performance.now();
    } catch {
      // on the embedded engine there is nobody else who could take over
      const over = performance.now() - this.#confirmedAt > LEASE_MS;
      if (over && this.#database.kind === 'native') this.end(new LeaseLost());
    }
  }

  #obey(now: { cancel_requested: boolean } | null): void {
    if (now === null) this.end(new LeaseLost());
    else if (now.cancel_requested) this.end(new Cancelled());
  }

  #refuseEnded(): void {
    if (!this.signal.aborted) return;
    this.refused = true;
    throw this.signal.reason;
  }
}

const LOG_FULL = messageText('jobs.log_full', { limit: MAX_LOG_LINES });
