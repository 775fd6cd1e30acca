import type { Job, JobStatus } from '../../../../server/contract/index.ts';
import { moment } from '../../../text/format.ts';
import type { AdminT } from '../admin_text.ts';

export const isActive = ({ status }: Pick<Job, 'status'>): boolean =>
  status === 'queued' || status === 'running';

/** The tag of a status: what is wrong stands out, not by colour alone. */
export const statusClass: Readonly<Record<JobStatus, string>> = {
  queued: 'tag',
  running: 'tag tag-warning',
  succeeded: 'tag tag-land',
  failed: 'tag tag-failed',
  cancelled: 'tag',
};

export const starterWords = ({ account }: Job, t: AdminT): string =>
  account === null ? t('jobs.schedule') : (account.name ?? t('jobs.somebody'));

/** When it began to wait, ran, and ended. */
export function timeWords(job: Job, t: AdminT, language: string): string {
  if (job.ended_at !== null) return t('jobs.ended_at', { at: moment(job.ended_at, language) });
  if (job.started_at !== null) return t('jobs.started_at', { at: moment(job.started_at, language) });
  return t('jobs.queued_at', { at: moment(job.created_at, language) });
}
