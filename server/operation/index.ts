export { createLog, safeError } from './log.ts';
export { Metrics } from './metrics.ts';
export { type OperationContext, operationRoutes } from './routes.ts';
