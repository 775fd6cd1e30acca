import { archiveFile, FILE_STORE, restoreBackup } from '../recovery/index.ts';
import { progress, type RecoveryTools, seconds, tell } from './recovery_tools.ts';

/** `cunma restore FILE`: into the empty place that the environment names. Answers the exit code. Throws the problems of a restore. */
export async function restoreCommand(
  tools: RecoveryTools,
  file: string,
  passphrase: string | null,
  fingerprint: string | null,
): Promise<number> {
  const began = performance.now();
  const say = progress(tools);
  const { dataFolder, databaseUrl, selfTest } = tools;
  tell(tools, 'verifying');
  const { manifest } = await restoreBackup(
    archiveFile(file),
    { dataFolder, databaseUrl, selfTest, files: FILE_STORE },
    {
      passphrase,
      fingerprint,
      verified: (verified) => {
        const { created_at, app_version, files } = verified.manifest;
        tell(tools, 'verified', { created_at, version: app_version, rows: rowsOf(verified), files });
        tell(tools, 'fingerprint', { fingerprint: verified.fingerprint });
      },
      tellRows: (done, total) => say('restoring', { done, total }),
    },
  );
  const { files, missing_files } = manifest;
  tell(tools, 'restored', { rows: rowsOf({ manifest }), files, seconds: seconds(began) });
  if (missing_files.length > 0) tell(tools, 'missing_files', { count: missing_files.length });
  tell(tools, 'restored_note');
  return 0;
}

function rowsOf({ manifest }: { manifest: { tables: { rows: number }[] } }): number {
  return manifest.tables.reduce((sum, { rows }) => sum + rows, 0);
}
