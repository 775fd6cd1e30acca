export { enqueue, type NewJob } from './enqueue.ts';
export { extraJobKinds } from './extra_kinds.ts';
export { TryAgain } from './failure.ts';
export { JobQueue, type QueueOptions } from './job_queue.ts';
export {
  MAX_INPUT_BYTES,
  MAX_JOBS_PER_PERSON,
  MAX_RESULT_BYTES,
  MAX_STEP_MS,
  MAX_STREAMS,
  MAX_STREAMS_PER_PERSON,
} from './limits.ts';
export { findJob, type JobFound } from './manage_jobs.ts';
export { jobRoutes } from './routes.ts';
export { showJob } from './show_job.ts';
export type { JobContext, JobKind, Mark, Schedule } from './types.ts';
