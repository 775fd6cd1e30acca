import { Backend, RunawayStatement } from './backend.ts';
import type { WorkerSettings } from './messages.ts';
import { type Answer, holdsError, queryMessage, splitReady, type TransactionStatus } from './wire.ts';

/**
 * After this many C++ exceptions the worker is reopened: each leaves some of its stack behind, and after about
 * 2,500 PostgreSQL answers "stack depth limit exceeded" (docs/decisions/0002).
 */
const RECYCLE_AFTER = 500;

/** An SQL error raised in the server itself aborts the open transaction, implicit or not, and names the cause. */
const raise = (sqlstate: string, text: string) =>
  queryMessage(`do $cunma$ begin raise exception '${text}' using errcode = '${sqlstate}'; end $cunma$`);

const RUNAWAY = 'canceling statement due to statement timeout';
const RESTARTED = 'the embedded database was restarted; the statement was rolled back';

export interface EmbeddedCounters {
  exceptions: number;
  runaway: number;
  recycled: number;
}

/**
 * PGlite made safe at the wire: an exception that was not reported, a missing answer and a runaway statement all
 * end the worker, and leave the client where a server would: with an error, in a failed transaction.
 */
export class EmbeddedEngine {
  readonly counters: EmbeddedCounters = { exceptions: 0, runaway: 0, recycled: 0 };
  readonly #settings: WorkerSettings;
  #backend: Backend;
  #startup: Uint8Array | null = null;
  #status: TransactionStatus = 'I';
  /** bound of one statement in ms; 0: none */
  limitMs: number;

  private constructor(backend: Backend, settings: WorkerSettings, limitMs: number) {
    this.#backend = backend;
    this.#settings = settings;
    this.limitMs = limitMs;
  }

  static async open(settings: WorkerSettings, limitMs: number): Promise<EmbeddedEngine> {
    const backend = await Backend.open(settings);
    return new EmbeddedEngine(backend, settings, limitMs);
  }

  /** A client's startup message; remembered, since a reopened worker needs it again. */
  async start(bytes: Uint8Array): Promise<Uint8Array> {
    this.#startup = bytes.slice();
    // a client that went away in the middle of its transaction must not hand it to the next one
    if (this.#backend.dead) await this.#reopen();
    if (this.#status !== 'I') await this.#exec(queryMessage('rollback'), 0);
    this.#status = 'I';
    return this.#backend.exec(bytes, 0);
  }

  /** A whole batch (up to Query, Sync, Flush) → its answer; `status` is never null when `wanted`. */
  async run(bytes: Uint8Array, wanted: boolean): Promise<Answer> {
    const before = this.#status;
    const thrown = this.#backend.thrown;
    let answer: Answer;
    try {
      answer = await this.#exec(bytes, this.limitMs);
    } catch (error) {
      if (error instanceof RunawayStatement) this.counters.runaway++;
      return this.#restore(before, error instanceof RunawayStatement);
    }
    const exceptions = this.#backend.thrown - thrown;
    this.counters.exceptions += exceptions;
    // the second line of defence: an exception without an error, or no answer at all, is never passed on as a result
    if ((exceptions > 0 && !holdsError(answer.body)) || (wanted && answer.status === null))
      return this.#restore(before, false);
    if (this.#status === 'I' && this.#backend.thrown >= RECYCLE_AFTER) await this.#recycle();
    return answer;
  }

  close(): Promise<void> {
    return this.#backend.close();
  }

  async #exec(bytes: Uint8Array, limitMs: number): Promise<Answer> {
    const answer = splitReady(await this.#backend.exec(bytes, limitMs));
    if (answer.status !== null) this.#status = answer.status;
    return answer;
  }

  /** The worker is gone or useless: reopen it, and put the client where a server would leave it after such an error. */
  async #restore(before: TransactionStatus, runaway: boolean): Promise<Answer> {
    await this.#reopen();
    if (before !== 'I') await this.#exec(queryMessage('begin'), 0);
    const [sqlstate, text] = runaway ? ['57014', RUNAWAY] : ['57P01', RESTARTED];
    const answer = await this.#exec(raise(sqlstate!, text!), 0);
    if (answer.status === null || !holdsError(answer.body))
      throw new Error('the embedded database does not answer');
    return answer;
  }

  async #recycle(): Promise<void> {
    await this.#backend.close().catch(() => this.#backend.kill());
    await this.#reopen();
  }

  async #reopen(): Promise<void> {
    await this.#backend.kill();
    this.#backend = await Backend.open(this.#settings);
    this.#status = 'I';
    this.counters.recycled++;
    if (this.#startup) await this.#backend.exec(this.#startup, 0);
  }
}
