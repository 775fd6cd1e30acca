import { Problem } from '../../problems.ts';
import type { ReadBatch } from '../read_batch.ts';
import type { UploadOptions } from '../read_upload.ts';
import type { ReadUpload } from '../types.ts';
import type { FromReader, ToReader } from './messages.ts';
import { ReaderOutOfMemory, ReaderThread, ReaderTooSlow } from './reader_thread.ts';

type Result = Extract<FromReader, { kind: 'read' | 'batch' }>;

export interface PoolSettings {
  /** the script of a thread */
  boot: URL;
  threads: number;
  /** files that may wait; one more is turned away */
  waiting: number;
  limitMs: number;
  memoryMb: number;
  /** a thread without work is ended after this: its memory goes back */
  idleMs: number;
}

/** A file whose bytes are there, or can be fetched. */
export interface FileToRead {
  name: string;
  bytes: Buffer | (() => Promise<Buffer>);
}

/** Bytes that can be handed to another thread: small buffers share their memory with others and are copied. */
function ownBytes(bytes: Buffer): Uint8Array {
  const alone = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return alone && bytes.buffer instanceof ArrayBuffer ? new Uint8Array(bytes.buffer) : new Uint8Array(bytes);
}

/** A few threads that read uploads and end rather than outgrow their bounds of time and memory. */
export class ReaderPool {
  readonly #settings: PoolSettings;
  readonly #idle: { thread: ReaderThread; timer: NodeJS.Timeout }[] = [];
  readonly #queue: (() => void)[] = [];
  #busy = 0;

  constructor(settings: PoolSettings) {
    this.#settings = settings;
  }

  /** Files that wait for a thread. */
  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * A file read by `readUpload` in a thread. Bytes are handed over, the caller's buffer is empty afterwards; a function
   * is asked for them when it is the file's turn.
   * @throws Problem busy, file_too_slow, file_too_complex (out of memory), and those of readUpload
   */
  async read(file: FileToRead, options: UploadOptions): Promise<ReadUpload> {
    const answer = await this.#ask(file, options, 'upload');
    if (answer.kind !== 'read') throw new Error(`the reading thread answered ${answer.kind}`);
    return answer.upload;
  }

  /** The same by `readBatch`. */
  async readBatch(file: FileToRead, options: UploadOptions): Promise<ReadBatch> {
    const answer = await this.#ask(file, options, 'batch');
    if (answer.kind !== 'batch') throw new Error(`the reading thread answered ${answer.kind}`);
    return answer.batch;
  }

  async #ask(file: FileToRead, options: UploadOptions, as: ToReader['as']): Promise<Result> {
    await this.#turn();
    const thread = this.#take();
    try {
      const bytes = typeof file.bytes === 'function' ? await file.bytes() : file.bytes;
      const request = {
        name: file.name,
        bytes: ownBytes(bytes),
        options,
        ...(as === undefined ? {} : { as }),
      };
      const answer = await thread.ask(request, this.#settings.limitMs);
      if (answer.kind === 'failed') throw new Error(answer.reason);
      if (answer.kind !== 'problem') return answer;
      const { code, params, where } = answer;
      throw new Problem(code, where ? { params, where } : { params });
    } catch (error) {
      throw this.#translate(error, file.name);
    } finally {
      this.#giveBack(thread);
    }
  }

  /** Ends the threads that have no work. */
  async close(): Promise<void> {
    await Promise.all(
      this.#idle.splice(0).map(({ thread, timer }) => {
        clearTimeout(timer);
        return thread.end();
      }),
    );
  }

  async #turn(): Promise<void> {
    const { threads, waiting } = this.#settings;
    if (this.#busy >= threads) {
      if (this.#queue.length >= waiting) throw new Problem('busy');
      // whoever gives back a thread leaves its place to the first in the queue
      await new Promise<void>((resolve) => this.#queue.push(resolve));
    } else this.#busy++;
  }

  #take(): ReaderThread {
    for (let spare = this.#idle.pop(); spare; spare = this.#idle.pop()) {
      clearTimeout(spare.timer);
      if (!spare.thread.dead) return spare.thread;
    }
    return new ReaderThread(this.#settings.boot, this.#settings.memoryMb);
  }

  #giveBack(thread: ReaderThread): void {
    if (!thread.dead) {
      const timer = setTimeout(() => {
        const at = this.#idle.findIndex((one) => one.thread === thread);
        if (at >= 0) this.#idle.splice(at, 1);
        void thread.end();
      }, this.#settings.idleMs).unref();
      this.#idle.push({ thread, timer });
    }
    const next = this.#queue.shift();
    if (next) next();
    else this.#busy--;
  }

  #translate(error: unknown, file: string): unknown {
    const { limitMs, memoryMb } = this.#settings;
    const options = { where: { file }, cause: error };
    if (error instanceof ReaderTooSlow) {
      return new Problem('file_too_slow', { ...options, params: { file, limit: limitMs / 1000 } });
    }
    if (error instanceof ReaderOutOfMemory) {
      return new Problem('file_too_complex', { ...options, params: { file, limit: `${memoryMb} MB` } });
    }
    return error;
  }
}
