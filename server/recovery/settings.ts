import { join } from 'node:path';
import type { BackupSettings } from './backup_job.ts';
import { BackupsFolder } from './backups_folder.ts';
import { FILE_STORE } from './file_store.ts';

/** What the configuration says of backups. */
export interface BackupConfig {
  dataFolder: string;
  backupFolder: string | null;
  backupAt: string;
  backupPassphrase: string | null;
}

/** The folder of the server's own backups. */
export function backupsFolder({ dataFolder, backupFolder }: BackupConfig): BackupsFolder {
  return new BackupsFolder(backupFolder ?? join(dataFolder, 'backups'));
}

/** Where the server's own backups go, and how. */
export function backupSettings(config: BackupConfig): BackupSettings {
  const { dataFolder, backupAt, backupPassphrase } = config;
  const folder = backupsFolder(config);
  return { dataFolder, folder, files: FILE_STORE, passphrase: backupPassphrase, nightlyAt: backupAt };
}
