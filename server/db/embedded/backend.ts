import { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';

/** Making a new database takes ten seconds on a slow machine; this is for one that never answers. */
const OPEN_LIMIT_MS = 120_000;

interface Waiting {
  resolve(bytes: Uint8Array): void;
  reject(error: Error): void;
}

/** The worker did not answer within the bound and was ended; what it had not committed is gone. */
export class RunawayStatement extends Error {}

/** One PGlite worker thread: opened, asked, ended. */
export class Backend {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;
  #dead: Error | null = null;
  /** C++ exceptions that this worker has seen */
  thrown = 0;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: FromWorker) => this.#receive(message));
    worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => this.#fail(new Error('the embedded database has ended')));
  }

  get dead(): boolean {
    return this.#dead !== null;
  }

  /** Opens the data folder; resolves when it answers statements. */
  static open(settings: WorkerSettings): Promise<Backend> {
    const worker = new Worker(new URL('./worker_boot.mjs', import.meta.url), { workerData: settings });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => fail(new Error('the embedded database does not open')), OPEN_LIMIT_MS);
      const fail = (error: unknown) => {
        clearTimeout(timer);
        void worker.terminate();
        reject(error instanceof Error ? error : new Error(String(error)));
      };
      worker.once('error', fail);
      const ended = () => fail(new Error('the embedded database ended while it was opened'));
      worker.once('exit', ended);
      worker.once('message', (message: FromWorker) => {
        worker.off('error', fail);
        worker.off('exit', ended);
        clearTimeout(timer);
        if (message.kind === 'open') resolve(new Backend(worker));
        else fail(new Error(message.kind === 'failed' ? message.reason : 'unexpected first message'));
      });
    });
  }

  /** Sends wire bytes; `limitMs` 0 means no bound. Rejects with {@link RunawayStatement} past it: the worker is then dead. */
  async exec(bytes: Uint8Array, limitMs: number): Promise<Uint8Array> {
    const answer = this.#ask({ kind: 'exec', id: 0, bytes });
    if (limitMs === 0) return answer;
    let timer: NodeJS.Timeout | undefined;
    const bound = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new RunawayStatement(`no answer within ${limitMs} ms`)), limitMs);
    });
    try {
      return await Promise.race([answer, bound]);
    } catch (error) {
      if (error instanceof RunawayStatement) {
        answer.catch(() => undefined);
        await this.kill();
      }
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the thread as a crash would: committed rows stay. */
  async kill(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Shuts the database down in order. */
  async close(): Promise<void> {
    if (this.#dead) return;
    await this.#ask({ kind: 'close', id: 0 });
    await this.#worker.terminate();
  }

  #ask(message: ToWorker): Promise<Uint8Array> {
    if (this.#dead) return Promise.reject(this.#dead);
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ ...message, id });
    });
  }

  #receive(message: FromWorker): void {
    if (message.kind !== 'answer' && message.kind !== 'error') return;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'answer') {
      this.thrown = message.thrown;
      waiting?.resolve(message.bytes);
    }
    if (message.kind === 'error') waiting?.reject(new Error(message.reason));
  }

  #fail(error: Error): void {
    this.#dead ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#dead);
    this.#waiting.clear();
  }
}
