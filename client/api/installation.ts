import type { Installation } from '../../server/contract/index.ts';
import { request } from './request.ts';

/** The state of the whole installation. */
export const getInstallation = (signal: AbortSignal): Promise<Installation> =>
  request('/api/installation', { signal });
