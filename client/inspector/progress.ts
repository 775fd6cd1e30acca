import type { Batch, Job } from '../../server/contract/index.ts';

export const isActive = (status: Batch['status']): boolean => status === 'queued' || status === 'running';

/** How many shapes are done: the job tells sooner, the batch more surely. */
export function doneOf(batch: Batch, job: Job | null): number {
  const told = job !== null && job.id === batch.job_id ? job.progress.done : 0;
  return Math.min(Math.max(batch.counts.done, told), batch.counts.shapes);
}

/** What is shown of a batch: with a shape done it is under way, whatever was known of its queue before. */
export const statusShown = (status: Batch['status'], done: number): Batch['status'] =>
  status === 'queued' && done > 0 ? 'running' : status;

/** From here on, per cent, whole numbers are fine enough. */
const COARSE = 10;

/** The share that is done, per cent, never rounded up to the end nor down to nothing. */
export function percentDone(done: number, total: number): number {
  if (total === 0 || done >= total) return 100;
  if (done === 0) return 0;
  const percent = (100 * done) / total;
  return percent < COARSE ? Math.max(Math.floor(percent * 10) / 10, 0.1) : Math.floor(percent);
}
