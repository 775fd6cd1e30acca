export { type KeptFile, readKept } from './kept.ts';
export { retentionJob, retentionSchedule } from './retention_job.ts';
export { privacyRoutes } from './routes.ts';
