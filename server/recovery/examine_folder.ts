import { existsSync, statSync } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { installationKey, keyFile } from '../keys.ts';
import type { BackupsFolder } from './backups_folder.ts';
import { type Finding, fault, ok, warning } from './finding.ts';

/** Below this nothing can be relied on to be written. */
const LEAST_FREE_BYTES = 2 ** 30;
/** A nightly backup was missed. */
const OLD_BACKUP_HOURS = 36;

/** The key: there, only its owner's, and the one that sealed what the database holds (`sealed`; null: nothing, or not known). */
export function examineKey(dataFolder: string, sealed: { bytes: Buffer; purpose: string } | null): Finding {
  const file = keyFile(dataFolder);
  if (!existsSync(file)) return fault('key', 'key_missing', { file });
  const mode = statSync(file).mode & 0o777;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    return fault('key', 'key_open', { file, mode: mode.toString(8) });
  const key = installationKey(dataFolder);
  try {
    if (sealed !== null) key.open(sealed.bytes, sealed.purpose);
  } catch {
    return fault('key', 'key_foreign');
  }
  return ok('key', { fingerprint: key.fingerprint });
}

export async function examineDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const bytes = bavail * bsize;
  const free = (bytes / 2 ** 30).toFixed(1);
  return bytes < LEAST_FREE_BYTES ? fault('disk', 'disk_low', { free }) : ok('disk', { free });
}

export async function examineBackups(folder: BackupsFolder, now: Date): Promise<Finding> {
  const last = await folder.lastGoodAt();
  if (last === null) return warning('backups', 'backups_none', { folder: folder.path });
  const hours = Math.round((now.getTime() - last.getTime()) / 3_600_000);
  return hours > OLD_BACKUP_HOURS ? warning('backups', 'backups_old', { hours }) : ok('backups', { hours });
}

/** Whether there is an embedded database to be opened: opening makes one. */
export async function hasEmbeddedDatabase(dataFolder: string): Promise<boolean> {
  return stat(`${dataFolder}/pg.initialised`).then(
    () => true,
    () => false,
  );
}
