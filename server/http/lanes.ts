import { availableParallelism } from 'node:os';
import { HEAVY_WAIT_MS, MAX_HEAVY_WAITING, MAX_HEAVY_WAITING_OF_ONE } from './limits.ts';
import { type Lane, Turns } from './turns.ts';

/** What may take a second or more. */
export const HEAVY_FROM = 300;
/** What is tens of times the work of a house plot. */
const MIDDLE_FROM = 20;

/**
 * PostgreSQL's eight connections are shared out so that some are always left for small work, and so that what is not
 * small never has more than half of the processors: this machine's, for nobody says how many the database has. The
 * embedded engine has one connection: what is small and came meanwhile goes before the next large one.
 */
export function lanesFor(kind: 'embedded' | 'native', processors: number): readonly Lane[] {
  if (kind === 'embedded') return [{ from: MIDDLE_FROM, atOnce: 1 }];
  const share = (of: number, most: number) => Math.min(most, Math.max(1, Math.floor(processors / of)));
  return [
    { from: HEAVY_FROM, atOnce: share(4, 2) },
    { from: MIDDLE_FROM, atOnce: share(2, 4) },
  ];
}

/** The turns of one engine's calls. */
export function turnsFor(kind: 'embedded' | 'native'): Turns {
  return new Turns(lanesFor(kind, availableParallelism()), {
    waiting: MAX_HEAVY_WAITING,
    waitingOfOne: MAX_HEAVY_WAITING_OF_ONE,
    waitMs: HEAVY_WAIT_MS,
  });
}
