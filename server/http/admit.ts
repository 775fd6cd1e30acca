import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Actor, Credentials, Who } from '../actor.ts';
import { type Database, type Scope, translateError } from '../db/index.ts';
import { Problem } from '../problems.ts';
import { areasWith } from '../rights.ts';
import { credentialsOf, csrfToken, type Identify } from './actor.ts';
import type { Endpoint } from './endpoint.ts';
import { isLoopback, isOpenLoopback } from './loopback.ts';
import { isForeignPage } from './same_origin.ts';

/** Who asks, and what its transaction may see. */
export interface Admission {
  who: Who;
  scope: Scope;
}

/**
 * Finds out who asks and whether they may, before a body is read. Throws `sign_in_required`, `token_invalid`,
 * `csrf_refused`, `password_change_required`, `forbidden`.
 */
export function admit(spec: Endpoint, database: () => Database | null, identify: Identify): RequestHandler {
  return async (request, response, next) => {
    const open = database();
    if (open === null) throw new Problem('starting');
    if (spec.sameOrigin === true && isForeignPage(request)) throw new Problem('csrf_refused');
    const credentials = spec.access === 'public' ? null : credentialsOf(request);
    const actor =
      credentials === null
        ? null
        : await identify(open.knex, credentials).catch((error: unknown) => {
            throw translateError(error);
          });
    if (spec.access !== 'public') refuseForgery(request, credentials, actor);
    const who: Who = {
      actor,
      address: request.ip ?? '',
      request_id: response.locals.requestId as string,
    };
    const scope: Scope = {
      role: spec.databaseRole ?? 'cunma_app',
      account: actor?.account_id ?? null,
      areas: areasOf(spec, request, credentials, actor),
    };
    response.locals.admission = { who, scope } satisfies Admission;
    next();
  };
}

function areasOf(
  spec: Endpoint,
  request: Request,
  credentials: Credentials | null,
  actor: Actor | null,
): string[] {
  const { access } = spec;
  if (access === 'public' || access === 'optional') return [];
  if (actor === null) {
    if (credentials === null && isOpenHere(spec, request)) return [];
    throw new Problem(credentials?.kind === 'token' ? 'token_invalid' : 'sign_in_required');
  }
  if (access === 'signed_in') return [];
  if (actor.password_change_required) throw new Problem('password_change_required');
  const areas = areasWith(access, actor.assignments, actor.token);
  if (areas.length === 0) throw new Problem('forbidden');
  return areas;
}

function isOpenHere({ openOnLoopback }: Endpoint, request: Request): boolean {
  if (openOnLoopback === 'always') return isLoopback(request);
  return openOnLoopback === true && isOpenLoopback(request);
}

/** A browser sends the cookie with whatever any page asks; only ours knows the token that belongs to it. */
function refuseForgery(request: Request, credentials: Credentials | null, actor: Actor | null): void {
  if (actor === null || credentials?.kind !== 'session') return;
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const given = Buffer.from(request.get('x-csrf-token') ?? '');
  const expected = Buffer.from(csrfToken(credentials.secret));
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new Problem('csrf_refused');
}
