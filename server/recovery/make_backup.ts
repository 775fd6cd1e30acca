import { randomBytes } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Backup } from '../contract/index.ts';
import { archiveFile } from './archive_reader.ts';
import { writeFileWhole } from './backup_file.ts';
import { type BackupsFolder, backupName } from './backups_folder.ts';
import { verifyArchive } from './verify_archive.ts';
import { type BackupOf, type BackupOptions, writeBackup } from './write_backup.ts';

/**
 * Reads a finished archive back from the disk and compares everything. Answers what it holds; where it is not whole the
 * file is removed and the fault thrown.
 */
export async function verifiedBackup(
  file: string,
  passphrase: string | null,
): Promise<{ backup: Backup; fingerprint: string }> {
  try {
    const { manifest, fingerprint } = await verifyArchive(archiveFile(file), { passphrase });
    const backup: Backup = {
      name: basename(file),
      created_at: manifest.created_at,
      verified_at: new Date().toISOString(),
      bytes: (await stat(file)).size,
      encrypted: passphrase !== null,
      rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
      files: manifest.files,
      missing_files: manifest.missing_files.length,
      engine: manifest.engine,
      app_version: manifest.app_version,
    };
    return { backup, fingerprint };
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/** A backup into the server's own folder, noted there once it is verified. */
export async function addBackup(
  of: BackupOf,
  folder: BackupsFolder,
  options: BackupOptions,
): Promise<Backup> {
  const file = folder.file(backupName(new Date(), randomBytes(2).toString('hex')));
  await writeFileWhole(file, (target) => writeBackup(of, target, options));
  const { backup } = await verifiedBackup(file, options.passphrase);
  await folder.note(backup);
  return backup;
}
