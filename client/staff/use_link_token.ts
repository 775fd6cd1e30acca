import { useSyncExternalStore } from 'react';

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

function read(): string | null {
  const given = window.location.hash.slice(1);
  return /^[\w-]{20,200}$/.test(given) ? given : null;
}

/**
 * The one-time token behind the `#` of this page's address, which browsers send to no server; null: there is none that
 * could be one. It stays in the address, so that the page can be loaded again until it has been used; whoever pastes the
 * whole link over half of it is understood.
 */
export const useLinkToken = (): string | null => useSyncExternalStore(subscribe, read);
