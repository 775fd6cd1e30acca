import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../problems.ts';
import { storageFault } from '../storage_fault.ts';
import { Gate } from './limits.ts';

/** Uploads under way at once, of everybody: files, and bytes as announced. */
export const MAX_INCOMING_FILES = 200;
export const MAX_INCOMING_BYTES = 512 * 1024 * 1024;
/** Room that uploads leave on the disk for the database, bytes. */
export const DISK_RESERVE_BYTES = 128 * 1024 * 1024;
/** A file that another process left behind, or that no upload can still be writing, ms. */
const LEFT_OVER_MS = 60 * 60 * 1000;

/** What has been written of one upload. */
export interface Received {
  path: string;
  bytes: number;
  /** hexadecimal */
  sha256: string;
}

/** The folder where every upload lands first, under names of our own; nothing in it outlives its request. */
export class Incoming {
  readonly #folder: string;
  readonly #files = new Gate(MAX_INCOMING_FILES);
  readonly #bytes = new Gate(MAX_INCOMING_BYTES);
  readonly #free: () => Promise<number>;

  /** `free`: bytes that the disk of the folder has left. */
  constructor(folder: string, free?: () => Promise<number>) {
    this.#folder = folder;
    this.#free = free ?? (async () => statfs(folder).then(({ bavail, bsize }) => bavail * bsize));
  }

  /** Removes what a crash left behind; called at the start. */
  clear(now = Date.now()): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(this.#folder)) {
      const path = join(this.#folder, name);
      const owner = Number(name.split('-')[0]);
      const age = now - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now);
      if (owner === process.pid || !isRunning(owner) || age > LEFT_OVER_MS) rmSync(path, { force: true });
    }
  }

  /** Room for an upload of that many bytes; the function gives it back. Throws `busy`, `storage_full`. */
  async admit(bytes: number): Promise<() => void> {
    const leave = this.#files.take(1);
    try {
      const giveBack = this.#bytes.take(bytes);
      try {
        if ((await this.#free()) - bytes < DISK_RESERVE_BYTES) throw new Problem('storage_full');
      } catch (error) {
        giveBack();
        throw error;
      }
      return () => {
        giveBack();
        leave();
      };
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** Writes a stream to a new file; where it fails nothing is left. Throws `storage_full`, and what the stream throws. */
  async write(source: Readable): Promise<Received> {
    const path = join(this.#folder, `${process.pid}-${randomBytes(12).toString('hex')}`);
    const hash = createHash('sha256');
    let bytes = 0;
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        bytes += chunk.length;
        done(null, chunk);
      },
    });
    try {
      await pipeline(source, meter, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    } catch (error) {
      await this.remove(path);
      throw storageFault(error);
    }
    return { path, bytes, sha256: hash.digest('hex') };
  }

  async remove(path: string): Promise<void> {
    await rm(path, { force: true });
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
