import { existsSync, mkdirSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Backup } from '../contract/index.ts';
import { partialFile } from './backup_file.ts';

const ARCHIVE = /^cunma-\d{8}T\d{6}Z(-[0-9a-f]{4})?\.backup$/;
/** An archive on its way to the operator's command. */
const PASSING = /^operator-[0-9a-f]{16}$/;
const STALE_MS = 24 * 3600 * 1000;

/** `cunma-20261122T023000Z-1a2b.backup`; `suffix`: four hexadecimal digits that tell two of one second apart */
export function backupName(at: Date, suffix: string): string {
  return `cunma-${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z-${suffix}.backup`;
}

/**
 * The folder in which the server keeps its own backups. Beside each archive that was read back and found whole lies
 * `NAME.json` with what it holds: an archive without one does not count as a backup.
 */
export class BackupsFolder {
  constructor(readonly path: string) {}

  file(name: string): string {
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    return join(this.path, name);
  }

  /** The newest first. */
  async list(): Promise<Backup[]> {
    if (!existsSync(this.path)) return [];
    const names = (await readdir(this.path)).filter((name) => ARCHIVE.test(name));
    const found = await Promise.all(names.map((name) => this.#read(name)));
    return found
      .filter((backup) => backup !== null)
      .sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  }

  async lastGoodAt(): Promise<Date | null> {
    const [newest] = await this.list();
    return newest === undefined ? null : new Date(newest.created_at);
  }

  /** From here on the archive counts. */
  async note(backup: Backup): Promise<void> {
    const file = this.#noteOf(backup.name);
    await writeFile(`${file}.new`, `${JSON.stringify(backup)}\n`, { mode: 0o600, flush: true });
    await rename(`${file}.new`, file);
  }

  /** The note first: what is half removed no longer counts. */
  async remove(name: string): Promise<void> {
    await rm(this.#noteOf(name), { force: true });
    await rm(join(this.path, name), { force: true });
  }

  /** What crashes have left: archives of long ago that are unfinished, or were on their way. */
  async removeStale(now: number): Promise<void> {
    if (!existsSync(this.path)) return;
    for (const name of await readdir(this.path)) {
      if (!name.endsWith(partialFile('')) && !PASSING.test(name)) continue;
      const found = await stat(join(this.path, name)).catch(() => null);
      if (found !== null && now - found.mtimeMs > STALE_MS) await rm(join(this.path, name), { force: true });
    }
  }

  #noteOf(name: string): string {
    return join(this.path, `${name}.json`);
  }

  /** null: not a good one, or its archive has another size than when it was verified */
  async #read(name: string): Promise<Backup | null> {
    try {
      const backup = Backup.parse(JSON.parse(await readFile(this.#noteOf(name), 'utf8')));
      const { size } = await stat(join(this.path, name));
      return backup.name === name && backup.bytes === size ? backup : null;
    } catch {
      return null;
    }
  }
}
