import { existsSync, mkdirSync } from 'node:fs';
import { readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { keyFile } from '../keys.ts';
import { Problem } from '../problems.ts';
import { syncFolder } from './backup_file.ts';

const PARTIAL = 'restore.partial';
const READY = 'restore.ready';
/** What makes a data folder one; the mark of a finished database comes last. */
const DATABASE = ['pg', 'pg.initialised'];
const ORDER = ['keys', 'files', ...DATABASE];

/**
 * Where a restore builds up what belongs into a data folder. It becomes valid by one rename; whatever interrupts the
 * moving after that, {@link finishRestore} ends it at the next start.
 */
export class StagedFolder {
  readonly path: string;

  constructor(private readonly dataFolder: string) {
    this.path = join(dataFolder, PARTIAL);
  }

  /** An empty folder for the restore; what an interrupted one left is removed. */
  async begin(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
  }

  /** From here on the restore happens, even if the machine stops now. */
  async declareReady(): Promise<void> {
    await syncFolder(this.path);
    await rename(this.path, join(this.dataFolder, READY));
    await syncFolder(this.dataFolder);
  }

  /** Takes everything back. */
  async discard(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
    await rm(join(this.dataFolder, READY), { recursive: true, force: true });
  }
}

/** Moves what a restore has made ready to its place; does nothing where there is none. Call before anything is opened. */
export async function finishRestore(dataFolder: string): Promise<void> {
  const ready = join(dataFolder, READY);
  if (!existsSync(ready)) return;
  const names = await readdir(ready);
  const rank = (name: string) => (ORDER.indexOf(name) + ORDER.length + 1) % (ORDER.length + 1);
  for (const name of names.sort((a, b) => rank(a) - rank(b)))
    await moveInto(join(ready, name), join(dataFolder, name));
  await rmdir(ready);
  await syncFolder(dataFolder);
}

/** Folders that are on both sides are merged: a file of the file store has the same content under the same name. */
async function moveInto(from: string, to: string): Promise<void> {
  if (!existsSync(to) || !(await stat(from)).isDirectory()) return rename(from, to);
  for (const name of await readdir(from)) await moveInto(join(from, name), join(to, name));
  await rmdir(from);
}

/**
 * Throws `restore_place_taken` where the folder has a database (`embedded`), or another installation's key: files and
 * the same key may be left from the installation that is being restored.
 */
export async function requireFreeFolder(
  dataFolder: string,
  embedded: boolean,
  key: Buffer | null,
): Promise<void> {
  const taken = (place: string) => new Problem('restore_place_taken', { params: { place } });
  const database = DATABASE.map((name) => join(dataFolder, name)).find((path) => existsSync(path));
  if (embedded && database !== undefined) throw taken(database);
  const file = keyFile(dataFolder);
  if (key !== null && existsSync(file) && !(await readFile(file)).equals(key)) throw taken(file);
}
