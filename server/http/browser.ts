import type { Request } from 'express';
import { credentialsOf, csrfToken } from './actor.ts';

/** What signing in needs to know of the caller's browser. */
export interface Browser {
  /** what it says it is; at most 200 characters */
  agent: string;
  /** what a page sends back in `X-CSRF-Token`; null: no session cookie came */
  csrf_token: string | null;
  /** value of a cookie of letters, digits, `-` and `_`; null: it did not come */
  cookie(name: string): string | null;
}

export function browserOf(request: Request): Browser {
  const credentials = credentialsOf(request);
  return {
    agent: (request.get('user-agent') ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, 200),
    csrf_token: credentials?.kind === 'session' ? csrfToken(credentials.secret) : null,
    cookie: (name) => {
      const pairs = (request.get('cookie') ?? '').split(/;\s*/);
      const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
      return value !== undefined && /^[\w-]{1,200}$/.test(value) ? value : null;
    },
  };
}
