import type { Batch, Job } from '../../server/contract/index.ts';

export const isActive = (status: Batch['status']): boolean => status === 'queued' || status === 'running';

/** How many shapes are done: the job tells sooner, the batch more surely. */
export function doneOf(batch: Batch, job: Job | null): number {
  const told = job !== null && job.id === batch.job_id ? job.progress.done : 0;
  return Math.min(Math.max(batch.counts.done, told), batch.counts.shapes);
}

/** Full quarters of the way, 0 to 4: what is said aloud, so that nobody hears every number. */
export const quarters = (done: number, total: number): number =>
  total === 0 ? 4 : Math.floor((4 * done) / total);
