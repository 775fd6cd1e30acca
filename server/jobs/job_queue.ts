import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '../db/index.ts';
import { messageText } from '../messages/index.ts';
import { Problem } from '../problems.ts';
import { claimNext, settle } from './claim.ts';
import { Cancelled, failureOf, LeaseLost, Stopping } from './failure.ts';
import { type ClaimedJob, type Ending, expireLeases } from './lease_queries.ts';
import { HEARTBEAT_MS, MAX_RESULT_BYTES, POLL_MS, SCHEDULE_MS } from './limits.ts';
import { backoffMs, type JobEvent } from './machine.ts';
import { queueDue } from './queue_due.ts';
import { RunningJob } from './running_job.ts';
import type { JobKind, Schedule } from './types.ts';

export interface QueueOptions {
  /** jobs that this process works on at once; 0: none, it only takes them in */
  concurrency?: number;
  schedules?: readonly Schedule[];
  pollMs?: number;
  heartbeatMs?: number;
  scheduleMs?: number;
  /** until the next try after the given number of tries, ms */
  backoff?: (attempts: number) => number;
}

/** A database that was restarted is back after some seconds; past them the job's lease runs out, and it is taken over. */
const SETTLE_TRIES = 6;
const SETTLE_WAIT_MS = 1_000;

/**
 * Works on the jobs in the database, together with the queues of other processes. One at a time on the embedded
 * engine, whose one connection the jobs share with the requests; two on PostgreSQL.
 */
export class JobQueue {
  readonly #database: Database;
  readonly #kinds: ReadonlyMap<string, JobKind>;
  readonly #log: Pick<Logger, 'warn' | 'error'>;
  readonly #options: Required<QueueOptions>;
  readonly #worker = randomUUID();
  readonly #running = new Map<string, { job: RunningJob; ended: Promise<void> }>();
  #loop: Promise<void> | null = null;
  #stop = new AbortController();
  #wake: () => void = () => undefined;
  #schedulesAt = Number.NEGATIVE_INFINITY;

  constructor(
    database: Database,
    kinds: readonly JobKind[],
    log: Pick<Logger, 'warn' | 'error'>,
    options: QueueOptions = {},
  ) {
    const schedules = options.schedules ?? [];
    const names = kinds.map(({ kind }) => kind);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) throw new Error(`two kinds of jobs are called ${twice}`);
    const idle = schedules.find(({ kind }) => kind.asOwner !== true || !names.includes(kind.kind));
    if (idle !== undefined) throw new Error(`${idle.kind.kind} cannot be scheduled: system work only`);
    this.#database = database;
    this.#kinds = new Map(kinds.map((kind) => [kind.kind, kind]));
    this.#log = log;
    this.#options = {
      concurrency: options.concurrency ?? (database.kind === 'embedded' ? 1 : 2),
      schedules,
      pollMs: options.pollMs ?? POLL_MS,
      heartbeatMs: options.heartbeatMs ?? HEARTBEAT_MS,
      scheduleMs: options.scheduleMs ?? SCHEDULE_MS,
      backoff: options.backoff ?? ((attempts) => backoffMs(attempts, Math.random())),
    };
  }

  /** Begins to work. On the embedded engine nobody else can have a job: what is marked as running was cut off. */
  async start(): Promise<void> {
    if (this.#options.concurrency === 0) return;
    if (this.#database.kind === 'embedded') await expireLeases(this.#database.knex);
    this.#loop = this.#work();
  }

  /** Takes no more jobs, lets running steps end and gives the jobs back; resolves when that is done. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake();
    for (const { job } of this.#running.values()) job.end(new Stopping());
    await this.#loop;
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
  }

  /** Looks for work at once. */
  wake(): void {
    this.#wake();
  }

  async #work(): Promise<void> {
    let reachable = true;
    while (!this.#stop.signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      try {
        await this.#lookAtSchedules();
        await this.#takeJobs();
        reachable = true;
      } catch (error) {
        if (reachable) this.#log.warn({ err: error }, 'the job queue does not reach the database');
        reachable = false;
      }
      const timer = setTimeout(this.#wake, this.#options.pollMs);
      await woken;
      clearTimeout(timer);
    }
  }

  async #lookAtSchedules(): Promise<void> {
    if (performance.now() - this.#schedulesAt < this.#options.scheduleMs) return;
    await queueDue(this.#database.knex, this.#options.schedules, new Date());
    this.#schedulesAt = performance.now();
  }

  async #takeJobs(): Promise<void> {
    while (this.#running.size < this.#options.concurrency && !this.#stop.signal.aborted) {
      const claimed = await claimNext(
        this.#database.knex,
        [...this.#kinds.keys()],
        [...this.#running.keys()],
        this.#worker,
      );
      if (claimed === null) return;
      this.#begin(claimed);
    }
  }

  #begin(claimed: ClaimedJob): void {
    const kind = this.#kinds.get(claimed.kind)!;
    const job = new RunningJob(this.#database, kind, claimed);
    if (this.#stop.signal.aborted) job.end(new Stopping());
    const ended = this.#carryOut(kind, job, claimed).finally(() => {
      this.#running.delete(claimed.id);
      this.#wake();
    });
    this.#running.set(claimed.id, { job, ended });
  }

  async #carryOut(kind: JobKind, job: RunningJob, claimed: ClaimedJob): Promise<void> {
    const heart = setInterval(() => void job.beat(), this.#options.heartbeatMs);
    try {
      await this.#settle(claimed, ...(await this.#outcome(kind, job)));
    } catch (error) {
      this.#log.error({ job: claimed.id, kind: claimed.kind, err: error }, 'the end of a job was not stored');
    } finally {
      clearInterval(heart);
    }
  }

  /** Runs the job; what has become of it, whatever happens. */
  async #outcome(kind: JobKind, job: RunningJob): Promise<[JobEvent | null, Ending]> {
    try {
      job.parseInput();
      await job.admit(this.#database.knex);
      if (job.checkpoint !== null) await job.log(messageText('jobs.resumed'));
      const result = (await kind.run(job)) ?? null;
      if (job.refused) throw job.signal.reason;
      if (Buffer.byteLength(JSON.stringify(result)) > MAX_RESULT_BYTES)
        throw new Problem('job_result_too_large', { params: { limit: `${MAX_RESULT_BYTES / 1024} KB` } });
      return ['succeed', { result }];
    } catch (error) {
      if (job.signal.aborted) return [endOf(job.signal.reason), {}];
      const { event, problem } = failureOf(error);
      this.#log.warn({ job: job.job_id, kind: kind.kind, err: error }, `job failed: ${problem.code}`);
      return [event, { problem }];
    }
  }

  async #settle(claimed: ClaimedJob, event: JobEvent | null, ending: Ending): Promise<void> {
    if (event === null) return;
    const { backoff } = this.#options;
    const withWait = (attempts: number): Ending =>
      event === 'fail_passing' ? { ...ending, waitMs: backoff(attempts) } : ending;
    for (let tries = 1; ; tries++) {
      try {
        return await settle(this.#database.knex, claimed, event, withWait);
      } catch (error) {
        const { event: passing } = failureOf(error);
        if (passing !== 'fail_passing' || tries === SETTLE_TRIES || this.#stop.signal.aborted) throw error;
        await sleep(SETTLE_WAIT_MS);
      }
    }
  }
}

function endOf(reason: unknown): JobEvent | null {
  if (reason instanceof Cancelled) return 'abort';
  if (reason instanceof Stopping) return 'release';
  if (reason instanceof LeaseLost) return null;
  throw reason;
}
