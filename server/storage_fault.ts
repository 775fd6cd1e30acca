import { Problem } from './problems.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** What a user is told where storage failed: `storage_full` where there is no room; everything else passes unchanged. */
export function storageFault(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code !== undefined && FULL.has(code) ? new Problem('storage_full', { cause: error }) : error;
}
