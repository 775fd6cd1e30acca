/** Failed sign-ins that count, in one place at one time. */
export interface Failures {
  count: number;
  last: Date | null;
}

export interface AttemptHistory {
  /** this login has been signed in with from this address in the last 30 days */
  known: boolean;
  /** this login from this address, since it last succeeded, 24 h */
  here: Failures;
  /** this login from addresses that it was never signed in from lately, 24 h */
  elsewhere: Failures;
  /** any login from this address, 1 h */
  address: Failures;
}

interface Rule {
  /** failures that cost nothing */
  free: number;
  /** s; doubles with every `every` failures more */
  first: number;
  every: number;
  /** s */
  longest: number;
}

const HERE: Rule = { free: 5, first: 30, every: 1, longest: 15 * 60 };
const ELSEWHERE: Rule = { free: 20, first: 30, every: 2, longest: 15 * 60 };
const ADDRESS: Rule = { free: 60, first: 10, every: 10, longest: 5 * 60 };

function wait({ free, first, every, longest }: Rule, { count, last }: Failures, now: Date): number {
  if (count < free || last === null) return 0;
  const pause = Math.min(longest, first * 2 ** Math.floor((count - free) / every));
  return Math.max(0, Math.ceil((last.getTime() - now.getTime()) / 1000) + pause);
}

/**
 * Seconds until this login may be tried from this address again; 0: now. Guessing at one login from one place is
 * slowed hard. Guesses from many places, or at many logins from one, slow only those who have not signed in from there
 * lately: nobody outside can keep somebody out of their own office, and no colleague's slips can.
 */
export function secondsToWait(history: AttemptHistory, now: Date): number {
  const here = wait(HERE, history.here, now);
  if (history.known) return here;
  return Math.max(here, wait(ELSEWHERE, history.elsewhere, now), wait(ADDRESS, history.address, now));
}
