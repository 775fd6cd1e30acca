import { createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { Problem } from '../problems.ts';
import { LandChanged } from './dump.ts';
import { MAX_DUMP_ATTEMPTS } from './limits.ts';

/** What an unfinished archive is called until it is whole. */
export function partialFile(file: string): string {
  return `${file}.partial`;
}

/**
 * Lets `produce` write and end a stream, and gives the file its name only when everything is on the disk: no file of
 * this name is ever half a backup. Begins anew where land was removed meanwhile. Throws `backup_file_exists`,
 * `backup_land_changing`, the error of the disk (`ENOSPC` …); then nothing is left behind.
 */
export async function writeFileWhole<T>(file: string, produce: (target: Writable) => Promise<T>): Promise<T> {
  if (existsSync(file)) throw new Problem('backup_file_exists', { params: { file } });
  const partial = partialFile(file);
  for (let attempt = 1; ; attempt++) {
    const target = createWriteStream(partial, { mode: 0o600, flush: true });
    const closed = new Promise<void>((resolve) => target.once('close', () => resolve()));
    try {
      const result = await produce(target);
      await closed;
      if (existsSync(file)) throw new Problem('backup_file_exists', { params: { file } });
      await rename(partial, file);
      await syncFolder(dirname(file));
      return result;
    } catch (error) {
      target.destroy();
      await closed;
      await rm(partial, { force: true });
      if (!(error instanceof LandChanged)) throw error;
      if (attempt === MAX_DUMP_ATTEMPTS) throw new Problem('backup_land_changing', { cause: error });
    }
  }
}

/** A renamed file is safe when its folder is. Windows cannot, and need not. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
