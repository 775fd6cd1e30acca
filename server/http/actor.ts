import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { Knex } from 'knex';
import type { Actor, Credentials } from '../actor.ts';

/** Looks up who has these credentials now; null: nobody, or no longer. Runs as the owner, in one statement. */
export type Identify = (db: Knex, credentials: Credentials) => Promise<Actor | null>;

/** Over https the cookie is bound to the host; browsers refuse that prefix over http. */
export function sessionCookieName(secure: boolean): string {
  return secure ? '__Host-cunma_session' : 'cunma_session';
}

/** Only the name that was given out: a neighbouring host can set the plain one, and so a session of its own choice. */
const COOKIE = {
  plain: /(?:^|;\s*)cunma_session=([\w-]{20,100})(?:;|$)/,
  secure: /(?:^|;\s*)__Host-cunma_session=([\w-]{20,100})(?:;|$)/,
};
const BEARER = /^Bearer ([\w.~+/-]{20,200}=*)$/i;

/** A bearer token goes before a cookie: a program says so on purpose. */
export function credentialsOf(request: Request): Credentials | null {
  const bearer = BEARER.exec(request.get('authorization') ?? '');
  if (bearer) return { kind: 'token', secret: bearer[1]! };
  const name = request.app.get('secure cookies') === true ? 'secure' : 'plain';
  const cookie = COOKIE[name].exec(request.get('cookie') ?? '');
  return cookie ? { kind: 'session', secret: cookie[1]! } : null;
}

/** What a page of ours sends back in `X-CSRF-Token`; bound to the session and not to be guessed from outside. */
export function csrfToken(sessionSecret: string): string {
  return createHash('sha256').update(`csrf ${sessionSecret}`).digest('base64url');
}
