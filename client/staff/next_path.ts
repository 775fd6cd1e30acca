import type { Me } from '../../server/contract/index.ts';

/** Only a path of this site may be gone to after signing in: `?next=` could come from anybody. */
export function nextPath(search: string, origin: string): string | null {
  const asked = new URLSearchParams(search).get('next');
  if (asked === null || !asked.startsWith('/')) return null;
  let url: URL;
  try {
    url = new URL(asked, origin);
  } catch {
    return null;
  }
  if (url.origin !== origin || url.pathname.startsWith('//')) return null;
  if (/^\/(sign-in|setup|set-password|api)(\/|$)/.test(url.pathname)) return null;
  return `${url.pathname}${url.search}${url.hash}`;
}

export const signInAddress = (next: string): string => `/sign-in?next=${encodeURIComponent(next)}`;

const ADMINISTRATION = new Set([
  'accounts.read',
  'audit.read',
  'jobs.read',
  'installation.read',
  'checks.read',
  'indicators.read',
  'files.read',
]);
/** Whether there is anything for somebody under /admin. */
export const hasAdministration = (me: Me): boolean =>
  me.rights.some(({ right }) => ADMINISTRATION.has(right));

/** Where somebody begins who did not come from a page. */
export const firstPage = (me: Me): string =>
  !me.password_change_required && hasAdministration(me) ? '/admin' : '/me';
