import { Duplex } from 'node:stream';
import type { EmbeddedEngine } from './engine.ts';
import { readyForQuery } from './wire.ts';

/** Messages that end a batch: Query, Sync, Flush. COPY is not spoken: the embedded engine loads by INSERT. */
const ENDS_BATCH = 'QSH';

/**
 * The socket that the `pg` driver is given in place of TCP: wire protocol to the {@link EmbeddedEngine}.
 * Batches until PostgreSQL would answer, and answers every Query and Sync with exactly one ReadyForQuery.
 */
export class WireStream extends Duplex {
  readonly #engine: EmbeddedEngine;
  #pending: Buffer = Buffer.alloc(0);
  #batch: Buffer[] = [];
  #started = false;

  constructor(engine: EmbeddedEngine) {
    super();
    this.#engine = engine;
  }

  // what `pg` calls on a socket
  connect(): this {
    queueMicrotask(() => this.emit('connect'));
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  setTimeout(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  override _read(): void {}
  override _final(done: () => void): void {
    this.push(null);
    done();
  }
  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.#feed(chunk).then(() => done(), done);
  }
  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error) => void): void {
    this.#feed(Buffer.concat(chunks.map(({ chunk }) => chunk))).then(() => done(), done);
  }

  async #feed(chunk: Buffer): Promise<void> {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    for (let message = this.#take(); message !== null; message = this.#take()) {
      if (!this.#started) {
        this.#started = true;
        this.push(Buffer.from(await this.#engine.start(new Uint8Array(message))));
        continue;
      }
      const type = String.fromCharCode(message[0]!);
      if (type === 'X') {
        this.push(null);
        return;
      }
      this.#batch.push(message);
      if (ENDS_BATCH.includes(type)) await this.#send(type === 'Q' || type === 'S');
    }
  }

  #take(): Buffer | null {
    const head = this.#started ? 5 : 4;
    if (this.#pending.length < head) return null;
    const length = this.#pending.readInt32BE(head - 4) + head - 4;
    if (this.#pending.length < length) return null;
    const message = this.#pending.subarray(0, length);
    this.#pending = this.#pending.subarray(length);
    return message;
  }

  async #send(wanted: boolean): Promise<void> {
    const { body, status } = await this.#engine.run(
      new Uint8Array(Buffer.concat(this.#batch.splice(0))),
      wanted,
    );
    if (body.length > 0) this.push(body);
    if (wanted) this.push(readyForQuery(status ?? 'I'));
  }
}
