import type { Job } from '../../server/contract/index.ts';
import { sendJson } from './request.ts';

/** Queues a backup; answers its job. */
export const startBackup = (): Promise<Job> => sendJson('POST', '/api/backups', {});
