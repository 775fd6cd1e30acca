import { useCallback, useEffect, useReducer } from 'react';
import { advanceFix, type FixState, failureOfCode } from './fix.ts';

export interface Positioning {
  state: FixState;
  start(): void;
  /** settles for the best position so far */
  stop(): void;
  /** as if nobody had asked */
  forget(): void;
}

/** The device's position, asked for only after {@link Positioning.start}; watching ends with the page or the answer. */
export function useFix(): Positioning {
  const [state, tell] = useReducer(advanceFix, { phase: 'idle' });
  const waiting = state.phase === 'waiting';
  useEffect(() => {
    if (!waiting) return;
    if (!window.isSecureContext) return tell({ type: 'refused', failure: 'insecure' });
    if (!navigator.geolocation) return tell({ type: 'refused', failure: 'no_gps' });
    const watch = navigator.geolocation.watchPosition(
      ({ coords }) => {
        const position: [number, number] = [coords.longitude, coords.latitude];
        tell({ type: 'position', fix: { position, accuracy_m: coords.accuracy } });
      },
      ({ code }) => tell({ type: 'refused', failure: failureOfCode(code) }),
      { enableHighAccuracy: true, maximumAge: 0 },
    );
    const clock = window.setInterval(() => tell({ type: 'second' }), 1000);
    return () => {
      navigator.geolocation.clearWatch(watch);
      window.clearInterval(clock);
    };
  }, [waiting]);
  const start = useCallback(() => tell({ type: 'start' }), []);
  const stop = useCallback(() => tell({ type: 'stop' }), []);
  const forget = useCallback(() => tell({ type: 'forget' }), []);
  return { state, start, stop, forget };
}
