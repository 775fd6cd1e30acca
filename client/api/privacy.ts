import type { PrivacyStatement } from '../../server/contract/index.ts';
import { request } from './request.ts';

/** What is kept of people, why, on what legal ground and how long. */
export function getPrivacy(signal: AbortSignal): Promise<PrivacyStatement> {
  return request('/api/privacy', { signal });
}
