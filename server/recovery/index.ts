export { archiveFile } from './archive_reader.ts';
export { writeFileWhole } from './backup_file.ts';
export type { FileStore } from './file_store.ts';
export { type RestoreOptions, type RestorePlace, restoreBackup } from './restore_backup.ts';
export { finishRestore } from './staged_folder.ts';
export { type Verified, verifyArchive } from './verify_archive.ts';
export { type BackupOf, type BackupOptions, writeBackup } from './write_backup.ts';
