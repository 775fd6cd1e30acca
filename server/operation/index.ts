export { Drain } from './drain.ts';
export { createLog, safeError } from './log.ts';
export { Metrics } from './metrics.ts';
export { observe } from './observe.ts';
export { type OperationContext, operationRoutes } from './routes.ts';
