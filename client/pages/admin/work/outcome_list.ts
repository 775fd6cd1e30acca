import type { Outcome } from '../../../../server/contract/index.ts';

/** Strongest first. */
export const OUTCOME_ORDER = ['conflict', 'unknown', 'permit', 'clear'] as const satisfies readonly Outcome[];
