import type { HealthItem } from '../contract/index.ts';
import { messageText, type Text } from '../messages/index.ts';
import type { State } from './state.ts';

const HOUR_MS = 3_600_000;
const BACKUP_OLD_MS = 36 * HOUR_MS;
const VERIFICATION_OLD_MS = 8 * 24 * HOUR_MS;
const DISK_LOW = 0.1;
const DISK_FULL_BYTES = 1024 ** 3;
const JOB_WAITS_S = 600;

export type Judged = Omit<HealthItem, 'text'> & { text: Text };
type Level = HealthItem['level'];

/** What an operator should do something about, worst first; `good` alone where there is nothing. */
export function judgeState(state: State, now: number): Judged[] {
  const items: Judged[] = [];
  const add = (level: Level, code: string, params: Record<string, string | number> = {}) =>
    items.push({ code, level, text: messageText(`operation.health.${code}`, params) });
  const { figures, jobs, disk, last_backup_at } = state;

  if (disk !== null && disk.free < DISK_FULL_BYTES) add('fault', 'disk_full', { mb: megabytes(disk.free) });
  else if (disk !== null && disk.free < disk.size * DISK_LOW)
    add('warning', 'disk_low', { percent: Math.round((100 * disk.free) / disk.size) });
  if (last_backup_at === null) add('warning', 'no_backup');
  else if (now - last_backup_at.getTime() > BACKUP_OLD_MS)
    add('fault', 'backup_old', { hours: Math.round((now - last_backup_at.getTime()) / HOUR_MS) });
  const failed = jobs.filter(({ status }) => status === 'failed').reduce((sum, row) => sum + row.jobs, 0);
  if (failed > 0) add('warning', 'jobs_failed', { jobs: failed });
  if ((figures.oldest_due_job_s ?? 0) > JOB_WAITS_S)
    add('warning', 'jobs_wait', { minutes: Math.round(figures.oldest_due_job_s! / 60) });
  const verified = figures.last_audit_verification_at;
  if (verified === null || now - Date.parse(verified) > VERIFICATION_OLD_MS)
    add('warning', 'audit_unverified');
  if (figures.versions === 0) add('warning', 'no_land');
  if (items.length === 0) add('good', 'all_good');
  return items.sort((a, b) => Number(b.level === 'fault') - Number(a.level === 'fault'));
}

const megabytes = (bytes: number): number => Math.round(bytes / 1024 ** 2);
