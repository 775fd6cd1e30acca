export { enqueue, type NewJob } from './enqueue.ts';
export { extraJobKinds } from './extra_kinds.ts';
export { TryAgain } from './failure.ts';
export { JobQueue, type QueueOptions } from './job_queue.ts';
export { findJob, type JobFound } from './manage_jobs.ts';
export { jobRoutes } from './routes.ts';
export { showJob } from './show_job.ts';
export type { JobContext, JobKind, Mark, Schedule } from './types.ts';
