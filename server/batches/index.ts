export { type BatchContext, batchRoutes } from './routes.ts';
export { BatchInput, type BatchWork, batchJob } from './run_batch.ts';
