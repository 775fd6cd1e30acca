import { z } from 'zod';
import type { JobKind, Schedule } from '../jobs/index.ts';
import { messageText } from '../messages/index.ts';
import type { BackupsFolder } from './backups_folder.ts';
import type { FileStore } from './file_store.ts';
import { addBackup } from './make_backup.ts';
import { backupsToRemove } from './retention.ts';

/** Where the server's own backups go, and how. */
export interface BackupSettings {
  dataFolder: string;
  folder: BackupsFolder;
  files: FileStore;
  /** null: archives are not encrypted */
  passphrase: string | null;
  /** HH:MM on the server's clock */
  nightlyAt: string;
}

/** written, read back, old ones removed */
const STAGES = 3;

/** A whole backup into the server's folder; old ones go only after the new one was read back. Begins anew after a crash. */
export function backupJob(settings: BackupSettings): JobKind<null> {
  const { dataFolder, folder, files, passphrase } = settings;
  return {
    kind: 'backup',
    title: messageText('recovery.job_title'),
    input: z.null(),
    right: 'installation.manage',
    maxAttempts: 3,
    asOwner: true,
    internal: true,
    run: async ({ database, signal, step, log }) => {
      await folder.removeStale(Date.now());
      await step(async () => undefined, { done: 0, total: STAGES });
      const of = { database, dataFolder, files };
      const backup = await addBackup(of, folder, { passphrase, signal });
      await step(async () => undefined, { done: 2, total: STAGES });
      if (backup.missing_files > 0)
        await log(messageText('recovery.missing_files', { count: backup.missing_files }));
      const removed = backupsToRemove(await folder.list());
      for (const { name } of removed) await folder.remove(name);
      await step(async () => undefined, { done: STAGES, total: STAGES });
      return { ...backup, removed: removed.map(({ name }) => name) };
    },
  };
}

/** Every night. */
export function backupSchedule(settings: BackupSettings): Schedule {
  return {
    kind: backupJob(settings) as JobKind,
    input: null,
    at: settings.nightlyAt,
    timeZone: 'local',
  };
}
