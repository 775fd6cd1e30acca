import type { JobKind } from './types.ts';

/**
 * Kinds of a module that is loaded before the server (`node --import`): a city's own work, or a test's, without a change
 * to the code.
 */
export const extraJobKinds: JobKind[] = [];
