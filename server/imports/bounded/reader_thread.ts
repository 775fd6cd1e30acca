import { Worker } from 'node:worker_threads';
import type { FromReader, ToReader } from './messages.ts';

/** Reading takes a tenth longer than with 16 MB, and 20,000 shapes 30 MB less (measured 2026-11-23). */
const YOUNG_MB = 6;

/** The thread gave no answer within the bound and was ended. */
export class ReaderTooSlow extends Error {}
/** The thread needed more memory than it may and has ended. */
export class ReaderOutOfMemory extends Error {}

type Answer = Exclude<FromReader, { kind: 'ready' }>;
interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** One thread that reads uploads, one at a time. Whatever becomes of it ends as a rejected promise and `dead`. */
export class ReaderThread {
  readonly #worker: Worker;
  readonly #ready: Promise<void>;
  #waiting: Waiting | null = null;
  dead = false;

  constructor(boot: URL, memoryMb: number) {
    this.#worker = new Worker(boot, {
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#worker.unref();
    this.#ready = new Promise((resolve, reject) => {
      this.#worker.on('message', (message: FromReader) => {
        if (message.kind === 'ready') resolve();
        else this.#settle((waiting) => waiting.resolve(message));
      });
      const fail = (error: Error) => {
        this.dead = true;
        reject(error);
        this.#settle((waiting) => waiting.reject(error));
      };
      this.#worker.on('error', (error: NodeJS.ErrnoException) => {
        const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        fail(memory ? new ReaderOutOfMemory(error.message, { cause: error }) : error);
      });
      this.#worker.on('exit', (code) => fail(new Error(`the reading thread has ended (${code})`)));
    });
    this.#ready.catch(() => undefined);
  }

  /**
   * One file; `limitMs` counts from when the thread can work. The buffer of `request.bytes` is handed over.
   * @throws ReaderTooSlow, ReaderOutOfMemory, Error; the thread is then dead
   */
  async ask(request: ToReader, limitMs: number): Promise<Answer> {
    this.#worker.ref();
    let timer: NodeJS.Timeout | undefined;
    try {
      await this.#ready;
      const answer = new Promise<Answer>((resolve, reject) => {
        this.#waiting = { resolve, reject };
        timer = setTimeout(() => {
          this.dead = true;
          this.#settle((waiting) => waiting.reject(new ReaderTooSlow(`no answer within ${limitMs} ms`)));
        }, limitMs);
      });
      this.#worker.postMessage(request, [request.bytes.buffer as ArrayBuffer]);
      return await answer;
    } finally {
      clearTimeout(timer);
      if (this.dead) await this.end();
      else this.#worker.unref();
    }
  }

  async end(): Promise<void> {
    this.dead = true;
    await this.#worker.terminate();
  }

  #settle(how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting) how(waiting);
  }
}
