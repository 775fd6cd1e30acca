import { useSyncExternalStore } from 'react';

export type Route =
  | { page: 'home' }
  | { page: 'village'; code: string }
  | { page: 'verdict'; id: string }
  | { page: 'file' }
  | { page: 'rules' }
  | { page: 'unknown' };

const VILLAGE_CODE = /^\d{12}$/;

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** Which page a path shows. */
export function parseRoute(path: string): Route {
  const parts = path.split('/').filter((part) => part !== '');
  if (parts.length === 0) return { page: 'home' };
  if (parts.length === 1 && parts[0] === 'check') return { page: 'file' };
  if (parts.length === 1 && parts[0] === 'rules') return { page: 'rules' };
  const last = parts.length === 2 ? decode(parts[1]!) : null;
  if (last !== null && parts[0] === 'v' && VILLAGE_CODE.test(last)) return { page: 'village', code: last };
  if (last !== null && parts[0] === 'checks') return { page: 'verdict', id: last };
  return { page: 'unknown' };
}

const listeners = new Set<() => void>();
let arrived = false;
/** Whether another page was gone to since it was last asked. */
export function takeArrival(): boolean {
  const was = arrived;
  arrived = false;
  return was;
}
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

export function navigate(path: string): void {
  window.history.pushState(null, '', path);
  arrived = true;
  window.scrollTo(0, 0);
  for (const listener of listeners) listener();
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, () => window.location.pathname);
}
