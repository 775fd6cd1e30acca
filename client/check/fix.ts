/** One positioning of the device. */
export interface Fix {
  /** lon, lat WGS 84 */
  position: [number, number];
  /** radius of 95 % confidence (W3C Geolocation), m */
  accuracy_m: number;
}

export type FixFailure = 'insecure' | 'no_gps' | 'denied' | 'unavailable' | 'timeout';

export type FixState =
  | { phase: 'idle' }
  | { phase: 'waiting'; best: Fix | null; seconds_left: number }
  | { phase: 'done'; fix: Fix }
  | { phase: 'failed'; failure: FixFailure };

export type FixEvent =
  | { type: 'start' }
  | { type: 'refused'; failure: FixFailure }
  | { type: 'position'; fix: Fix }
  | { type: 'second' }
  | { type: 'stop' }
  | { type: 'forget' };

/** How long a better position is waited for, s. */
export const WAIT_S = 30;
/** Better than this no phone gets: no use waiting, m. */
const GOOD_ENOUGH_M = 5;
/** Worse than this the answer is mostly "maybe", m. */
const POOR_M = 50;
/** The contract takes no accuracy worse than this, m. */
const USABLE_M = 1000;

/** W3C GeolocationPositionError.code as what a person can do something about. */
export function failureOfCode(code: number): FixFailure {
  if (code === 1) return 'denied';
  return code === 3 ? 'timeout' : 'unavailable';
}

export function quality(fix: Fix): 'good' | 'poor' | 'useless' {
  if (fix.accuracy_m > USABLE_M) return 'useless';
  return fix.accuracy_m > POOR_M ? 'poor' : 'good';
}

const settle = (best: Fix | null, otherwise: FixFailure): FixState =>
  best === null ? { phase: 'failed', failure: otherwise } : { phase: 'done', fix: best };

/** One step of waiting for a position: the best one so far is kept, whatever comes after it. */
export function advanceFix(state: FixState, event: FixEvent): FixState {
  if (event.type === 'start') return { phase: 'waiting', best: null, seconds_left: WAIT_S };
  if (event.type === 'forget') return { phase: 'idle' };
  if (state.phase !== 'waiting') return state;
  const { best, seconds_left } = state;
  switch (event.type) {
    case 'refused':
      // receivers lose the sky for a moment: with a position in hand the wait goes on
      if (best !== null && (event.failure === 'unavailable' || event.failure === 'timeout')) return state;
      return settle(best, event.failure);
    case 'stop':
      return best === null ? { phase: 'idle' } : { phase: 'done', fix: best };
    case 'second':
      return seconds_left <= 1 ? settle(best, 'timeout') : { ...state, seconds_left: seconds_left - 1 };
    case 'position': {
      const { position, accuracy_m } = event.fix;
      if (![...position, accuracy_m].every(Number.isFinite) || accuracy_m <= 0) return state;
      const better = best === null || accuracy_m <= best.accuracy_m ? event.fix : best;
      if (better.accuracy_m <= GOOD_ENOUGH_M) return { phase: 'done', fix: better };
      return { ...state, best: better };
    }
  }
}

/** The position so far, while waiting as well as afterwards. */
export function fixOf(state: FixState): Fix | null {
  if (state.phase === 'done') return state.fix;
  return state.phase === 'waiting' ? state.best : null;
}
