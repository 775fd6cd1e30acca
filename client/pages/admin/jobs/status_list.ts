import type { JobStatus } from '../../../../server/contract/index.ts';

/** In the order in which a filter offers them. */
export const JOB_STATUS_ORDER = [
  'running',
  'queued',
  'failed',
  'succeeded',
  'cancelled',
] as const satisfies readonly JobStatus[];
