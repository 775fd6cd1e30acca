import type { RuleMatrix } from '../../server/contract/index.ts';
import { request } from './request.ts';

/** Every rule with its articles and sources. */
export function getRules(signal: AbortSignal): Promise<RuleMatrix> {
  return request('/api/rules', { signal });
}
