import type { Request } from 'express';

/**
 * Whether a browser says that a page of another origin asks: `Sec-Fetch-Site` (W3C Fetch Metadata), or an `Origin` that
 * is neither the address asked for nor the public one. A program sends neither and is let through.
 */
export function isForeignPage(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const origin = request.get('origin');
  if (origin === undefined) return false;
  if (origin === request.app.get('public origin')) return false;
  try {
    return new URL(origin).host !== request.get('host');
  } catch {
    return true;
  }
}
