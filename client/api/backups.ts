import type { BackupList, Job } from '../../server/contract/index.ts';
import { request, sendJson } from './request.ts';

/** Backups on the server that were read back and found whole, the newest first. */
export const listBackups = (signal: AbortSignal): Promise<BackupList> => request('/api/backups', { signal });

/** Queues a backup; answers its job. */
export const startBackup = (): Promise<Job> => sendJson('POST', '/api/backups');
