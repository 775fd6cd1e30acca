import { availableParallelism } from 'node:os';
import { HEAVY_WAIT_MS, MAX_HEAVY_WAITING, MAX_HEAVY_WAITING_OF_ONE } from './limits.ts';
import { Turns } from './turns.ts';

/** Work of a cost takes turns with its like; what costs less than every lane asks for never waits for one. */
export interface Lane {
  /** from this cost on */
  from: number;
  /** that work at once */
  atOnce: number;
}

/** What may take a second or more. */
export const HEAVY_FROM = 300;
/** What is tens of times the work of a house plot. */
const MIDDLE_FROM = 20;

/**
 * PostgreSQL's eight connections are shared out so that some are always left for small work, and so that large work
 * never has more than a part of the processors: this machine's, for nobody says how many the database has. The embedded
 * engine has one connection: what is small and came meanwhile goes before the next large one.
 */
export function lanesFor(kind: 'embedded' | 'native', processors: number): readonly Lane[] {
  if (kind === 'embedded') return [{ from: MIDDLE_FROM, atOnce: 1 }];
  const share = (of: number, least: number, most: number) =>
    Math.min(most, Math.max(least, Math.floor(processors / of)));
  return [
    { from: HEAVY_FROM, atOnce: share(4, 1, 2) },
    { from: MIDDLE_FROM, atOnce: share(2, 1, 4) },
  ];
}

/** The turns of one engine's calls. */
export class Lanes {
  readonly #lanes: readonly { from: number; turns: Turns }[];

  constructor(lanes: readonly Lane[]) {
    const line = {
      waiting: MAX_HEAVY_WAITING,
      waitingOfOne: MAX_HEAVY_WAITING_OF_ONE,
      waitMs: HEAVY_WAIT_MS,
    };
    this.#lanes = lanes.map(({ from, atOnce }) => ({ from, turns: new Turns({ atOnce, ...line }) }));
  }

  static for(kind: 'embedded' | 'native'): Lanes {
    return new Lanes(lanesFor(kind, availableParallelism()));
  }

  /** Waits for the turn of what costs so much; the returned function ends it. Throws `busy`. */
  async take(cost: number, caller: string, gone: AbortSignal): Promise<() => void> {
    const lane = this.#lanes.find(({ from }) => cost >= from);
    return lane === undefined ? () => undefined : lane.turns.take(caller, gone);
  }
}
