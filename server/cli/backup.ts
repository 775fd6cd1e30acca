import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Database, FolderInUse, openEmbedded, openNative } from '../db/index.ts';
import { keyFile } from '../keys.ts';
import { Problem } from '../problems.ts';
import {
  backupByServer,
  FILE_STORE,
  verifiedBackup,
  writeBackup,
  writeFileWhole,
} from '../recovery/index.ts';
import { progress, type RecoveryTools, seconds, tell } from './recovery_tools.ts';

/**
 * `cunma backup FILE`: writes and reads back one archive, by itself or through the server that has the embedded database
 * open. Answers the exit code. Throws the problems of a backup.
 */
export async function backupCommand(
  tools: RecoveryTools,
  named: string,
  passphrase: string | null,
): Promise<number> {
  const began = performance.now();
  const file = resolve(named);
  const { dataFolder } = tools;
  const key = keyFile(dataFolder);
  if (!existsSync(key)) throw new Problem('backup_key_missing', { params: { file: key } });
  const database = await open(tools);
  const say = progress(tools);
  try {
    await writeFileWhole(file, async (target) => {
      if (database !== null) {
        const counted = (rows: number, files: number) => say('dumping', { rows, files });
        await writeBackup({ database, dataFolder, files: FILE_STORE }, target, { passphrase, tell: counted });
        return;
      }
      tell(tools, 'by_server');
      await backupByServer(dataFolder, target, passphrase);
    });
  } finally {
    await database?.close();
  }
  tell(tools, 'verifying');
  const { backup, fingerprint } = await verifiedBackup(file, passphrase);
  const { rows, files, bytes, missing_files } = backup;
  const size = (bytes / 2 ** 20).toFixed(1);
  tell(tools, 'backed_up', { file, size, rows, files, seconds: seconds(began) });
  if (missing_files > 0) tell(tools, 'missing_files', { count: missing_files });
  if (passphrase === null) tell(tools, 'not_encrypted');
  tell(tools, 'fingerprint', { fingerprint });
  return 0;
}

/** null: a server has the embedded database open. */
async function open({ databaseUrl, dataFolder }: RecoveryTools): Promise<Database | null> {
  if (databaseUrl !== null) return openNative(databaseUrl);
  try {
    return await openEmbedded(dataFolder);
  } catch (error) {
    if (error instanceof FolderInUse) return null;
    throw error;
  }
}
