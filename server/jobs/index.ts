export { enqueue, type NewJob } from './enqueue.ts';
export { findJob, type JobFound } from './manage_jobs.ts';
export { jobRoutes } from './routes.ts';
export { showJob } from './show_job.ts';
export type { JobContext, JobKind, Mark, Schedule } from './types.ts';
