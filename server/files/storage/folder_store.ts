import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Blob, BlobStore } from './types.ts';
import { verified } from './verified.ts';

const HASH = /^[0-9a-f]{64}$/;

/** Blobs as files below a folder, `ab/abcdef…`: readable by any tool, copied by any backup. */
export class FolderStore implements BlobStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The order is what makes it durable: bytes, then the name, then the folders that hold the name. */
  async put(path: string, sha256: string): Promise<void> {
    const target = this.#path(sha256);
    await syncFile(path);
    const shelf = join(target, '..');
    const isNew = (await mkdir(shelf, { recursive: true, mode: 0o700 })) !== undefined;
    await rename(path, target);
    await syncFolder(shelf);
    if (isNew) await syncFolder(this.#folder);
    if (isNew) await syncFolder(join(this.#folder, '..'));
  }

  async open(sha256: string): Promise<Readable> {
    const handle = await open(this.#path(sha256), 'r');
    return verified(handle.createReadStream(), sha256);
  }

  async size(sha256: string): Promise<number | null> {
    const found = await stat(this.#path(sha256)).catch(nothingThere);
    return found?.size ?? null;
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.#path(sha256), { force: true });
  }

  async *list(): AsyncGenerator<Blob> {
    const shelves = await opendir(this.#folder).catch(nothingThere);
    for await (const shelf of shelves ?? []) {
      if (!/^[0-9a-f]{2}$/.test(shelf.name)) continue;
      for await (const { name } of await opendir(join(this.#folder, shelf.name))) {
        const bytes = HASH.test(name) ? await this.size(name) : null;
        if (bytes !== null) yield { sha256: name, bytes };
      }
    }
  }

  #path(sha256: string): string {
    if (!HASH.test(sha256)) throw new Error(`not a SHA-256: ${sha256}`);
    return join(this.#folder, sha256.slice(0, 2), sha256);
  }
}

function nothingThere(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Windows cannot open a folder, and writes its names through. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
