import { useSyncExternalStore } from 'react';

/** Room enough for the list and the map side by side. */
const DESK = window.matchMedia('(min-width: 1024px)');

function subscribe(listener: () => void): () => void {
  DESK.addEventListener('change', listener);
  return () => DESK.removeEventListener('change', listener);
}

export const useDesk = (): boolean => useSyncExternalStore(subscribe, () => DESK.matches);
