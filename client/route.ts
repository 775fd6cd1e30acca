import { useSyncExternalStore } from 'react';

export type Route =
  | { page: 'home' }
  | { page: 'village'; code: string }
  | { page: 'verdict'; id: string }
  | { page: 'file' }
  | { page: 'rules' }
  | { page: 'privacy' }
  | StaffRoute
  | { page: 'unknown' };

/** Pages of those who have an account, or are about to: one lazy part of the client. */
export type StaffRoute =
  | { page: 'sign_in' }
  | { page: 'setup' }
  | { page: 'set_password' }
  | { page: 'me' }
  | { page: 'planner' }
  | { page: 'inspector'; parts: string[] }
  | { page: 'admin'; parts: string[] };

const SINGLE: Readonly<Record<string, Route>> = {
  check: { page: 'file' },
  rules: { page: 'rules' },
  privacy: { page: 'privacy' },
  'sign-in': { page: 'sign_in' },
  setup: { page: 'setup' },
  'set-password': { page: 'set_password' },
  me: { page: 'me' },
  planner: { page: 'planner' },
};
const VILLAGE_CODE = /^\d{12}$/;
/** id of a batch, number of a record in it */
const BATCH_PART = /^[1-9]\d{0,17}$/;

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
  const first = parts[0]!;
  if (parts.length === 1 && Object.hasOwn(SINGLE, first)) return SINGLE[first]!;
  // both lead to the workplace: the address says for whom a page is meant, the rights say who may see it
  if (first === 'admin' || first === 'staff') {
    const rest = parts.slice(1).map(decode);
    return rest.includes(null) ? { page: 'unknown' } : { page: 'admin', parts: rest as string[] };
  }
  if (first === 'inspector') {
    const rest = parts.slice(1);
    return rest.length <= 2 && rest.every((part) => BATCH_PART.test(part))
      ? { page: 'inspector', parts: rest }
      : { page: 'unknown' };
  }
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

/** Goes to another page; `replace`: so that going back does not lead to this one. */
export function navigate(path: string, options: { replace?: boolean } = {}): void {
  if (options.replace === true) window.history.replaceState(null, '', path);
  else window.history.pushState(null, '', path);
  arrived = true;
  window.scrollTo(0, 0);
  for (const listener of listeners) listener();
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, () => window.location.pathname);
}
