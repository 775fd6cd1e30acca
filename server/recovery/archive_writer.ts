import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import type { Member } from './manifest.ts';
import { encryptStream } from './stream_cipher.ts';

/** Rows are texts with much in common: level 4 is twice as fast as 6 and some 5% larger. */
const GZIP_LEVEL = 4;

/** Writes members one after the other: tar, gzip, and encryption where there is a passphrase. */
export class ArchiveWriter {
  readonly members: Member[] = [];
  readonly #pack: Pack = pack();
  readonly #written: Promise<void>;
  readonly #failed: Promise<never>;

  constructor(target: Writable, passphrase: string | null) {
    const tar = bytesOf(this.#pack);
    const gzip = createGzip({ level: GZIP_LEVEL });
    this.#written =
      passphrase === null
        ? pipeline(tar, gzip, target)
        : pipeline(tar, gzip, (source: AsyncIterable<Buffer>) => encryptStream(source, passphrase), target);
    this.#failed = new Promise((_, reject) => this.#written.catch(reject));
    this.#failed.catch(() => undefined);
  }

  async add(name: string, bytes: Buffer): Promise<void> {
    await this.stream(name, bytes.length, [bytes]);
  }

  /** A member of a size that is known. Rejects where the source is longer or shorter, or the target fails. */
  async stream(name: string, size: number, source: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
    const hash = createHash('sha256');
    const { sink, done } = this.#entry(name, size);
    for await (const bytes of source) {
      hash.update(bytes);
      if (!sink.write(bytes)) await Promise.race([once(sink, 'drain'), done, this.#failed]);
    }
    sink.end(null);
    await Promise.race([done, this.#failed]);
    this.members.push({ name, bytes: size, sha256: hash.digest('hex') });
  }

  #entry(name: string, size: number) {
    let sink!: ReturnType<Pack['entry']>;
    const done = new Promise<void>((resolve, reject) => {
      const header = { name, size, mode: 0o600, mtime: new Date(0) };
      sink = this.#pack.entry(header, (error) => (error ? reject(error) : resolve()));
      sink.on('error', reject);
    });
    done.catch(() => undefined);
    return { sink, done };
  }

  /** Ends the archive; resolves when the target has everything. */
  async finish(): Promise<void> {
    this.#pack.finalize();
    await this.#written;
  }

  /** Gives up; the target is destroyed. */
  async abort(error: Error): Promise<void> {
    this.#pack.destroy(error);
    await this.#written.catch(() => undefined);
  }
}

async function* bytesOf(stream: Pack): AsyncGenerator<Buffer> {
  for await (const bytes of stream) yield bytes as Buffer;
}
