import { Backend, RunawayStatement } from './backend.ts';
import type { WorkerSettings } from './messages.ts';
import { isAnswered, type WireMessage } from './completeness.ts';
import { type Answer, FLUSH, queryMessage, SYNC, splitReady, type TransactionStatus } from './wire.ts';

/**
 * After this many swallowed statements the worker is reopened. Without it PGlite 0.5.8 answers nothing at
 * all any more after about 640 (docs/decisions/0002).
 */
const RECYCLE_AFTER = 100;

/** An SQL error raised in the server itself aborts the open transaction, implicit or not, and names the cause. */
const raise = (sqlstate: string, text: string) =>
  queryMessage(`do $cunma$ begin raise exception '${text}' using errcode = '${sqlstate}'; end $cunma$`);

const SWALLOWED =
  'the geometry library threw an exception that the embedded database cannot report; the statement was rolled back';
const RUNAWAY = 'canceling statement due to statement timeout';
const RESTARTED = 'the embedded database was restarted; the statement was rolled back';

export interface EmbeddedCounters {
  swallowed: number;
  runaway: number;
  recycled: number;
}

/**
 * PGlite made safe at the wire: every batch is answered, an unanswered one becomes an error inside
 * PostgreSQL's own transaction, a runaway one ends the worker and leaves the client in a failed transaction.
 */
export class EmbeddedEngine {
  readonly counters: EmbeddedCounters = { swallowed: 0, runaway: 0, recycled: 0 };
  readonly #settings: WorkerSettings;
  #backend: Backend;
  #startup: Uint8Array | null = null;
  #status: TransactionStatus = 'I';
  #sinceOpen = 0;
  /** bound of one statement in ms; 0: none */
  limitMs: number;

  private constructor(backend: Backend, settings: WorkerSettings, limitMs: number) {
    this.#backend = backend;
    this.#settings = settings;
    this.limitMs = limitMs;
  }

  static async open(settings: WorkerSettings, limitMs: number): Promise<EmbeddedEngine> {
    const backend = await Backend.open(settings);
    return new EmbeddedEngine(backend, { ...settings, template: null }, limitMs);
  }

  /** A client's startup message; remembered, since a reopened worker needs it again. */
  async start(bytes: Uint8Array): Promise<Uint8Array> {
    this.#startup = bytes.slice();
    // a client that went away in the middle of its transaction must not hand it to the next one
    if (this.#status !== 'I') await this.#exec(queryMessage('rollback'), 0);
    this.#status = 'I';
    return this.#backend.exec(bytes, 0);
  }

  /**
   * A whole batch (up to Query, Sync, Flush) → its answer; a batch that ends in Query or Sync always has a `status`.
   * The Sync is held back until everything before it was answered: it would commit what an exception left behind.
   */
  async run(batch: readonly WireMessage[]): Promise<Answer> {
    const before = this.#status;
    let answer: Answer;
    try {
      answer = await this.#runChecked(batch);
    } catch (error) {
      if (error instanceof RunawayStatement) this.counters.runaway++;
      return this.#restore(before, error instanceof RunawayStatement);
    }
    if (this.#status === 'I' && this.#sinceOpen >= RECYCLE_AFTER) await this.#recycle();
    return answer;
  }

  async #runChecked(batch: readonly WireMessage[]): Promise<Answer> {
    const last = String.fromCharCode(batch.at(-1)![0]!);
    const sync = last === 'S';
    const asked = sync ? batch.slice(0, -1) : batch;
    if (asked.length === 0) return this.#exec(SYNC, this.limitMs);
    const bytes = Buffer.concat(sync ? [...asked, FLUSH] : [...asked]);
    const answer = await this.#exec(new Uint8Array(bytes), this.limitMs);
    if (!isAnswered(asked, answer.body) || (last === 'Q' && answer.status === null)) return this.#swallowed();
    if (!sync) return answer;
    const { body, status } = await this.#exec(SYNC, this.limitMs);
    if (status === null) return this.#swallowed();
    return { body: Buffer.concat([answer.body, body]), status };
  }

  dump(): Promise<Uint8Array> {
    return this.#backend.dump();
  }

  close(): Promise<void> {
    return this.#backend.close();
  }

  async #exec(bytes: Uint8Array, limitMs: number): Promise<Answer> {
    const answer = splitReady(await this.#backend.exec(bytes, limitMs));
    if (answer.status !== null) this.#status = answer.status;
    return answer;
  }

  async #swallowed(): Promise<Answer> {
    this.counters.swallowed++;
    this.#sinceOpen++;
    const answer = await this.#exec(raise('XX000', SWALLOWED), this.limitMs);
    if (answer.status === null || answer.status === 'T') throw new Error('the embedded database answers nothing any more');
    return answer;
  }

  /** The worker is gone or useless: reopen it, and put the client where a server would leave it after such an error. */
  async #restore(before: TransactionStatus, runaway: boolean): Promise<Answer> {
    await this.#reopen();
    if (before !== 'I') await this.#exec(queryMessage('begin'), 0);
    const [sqlstate, text] = runaway ? ['57014', RUNAWAY] : ['57P01', RESTARTED];
    return this.#exec(raise(sqlstate!, text!), 0);
  }

  async #recycle(): Promise<void> {
    await this.#backend.close().catch(() => this.#backend.kill());
    await this.#reopen();
  }

  async #reopen(): Promise<void> {
    await this.#backend.kill();
    this.#backend = await Backend.open(this.#settings);
    this.#sinceOpen = 0;
    this.#status = 'I';
    this.counters.recycled++;
    if (this.#startup) await this.#backend.exec(this.#startup, 0);
  }
}
