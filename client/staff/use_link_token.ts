import { useState } from 'react';

/**
 * The one-time token behind the `#` of this page's address, which browsers send to no server; null: there is none that
 * could be one. It stays in the address, so that the page can be loaded again until it has been used.
 */
export function useLinkToken(): string | null {
  const [token] = useState(() => {
    const given = window.location.hash.slice(1);
    return /^[\w-]{20,200}$/.test(given) ? given : null;
  });
  return token;
}
