import type { StepName } from './arguments.ts';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export interface StepResult {
  name: StepName;
  status: 'passed' | 'failed' | 'skipped';
  ms: number;
  /** Tests; a step without tests counts as nothing when it passes and as one failure when it fails. */
  counts: Counts;
  /** What to show again at the end: why it failed, what was left out. */
  details: string[];
}

export const NO_TESTS: Counts = { passed: 0, failed: 0, skipped: 0 };
