import type { Request, RequestHandler, Response } from 'express';
import type { Knex } from 'knex';
import type { z } from 'zod';
import type { Who } from '../actor.ts';
import type { Right } from '../contract/index.ts';
import { type Database, type DatabaseRole, enterScope, translateError } from '../db/index.ts';
import type { Language } from '../messages/index.ts';
import { Problem } from '../problems.ts';
import type { Admission } from './admit.ts';
import { type Browser, browserOf } from './browser.ts';
import { once } from './idempotency.ts';
import { brokenRule, invalidRequest } from './invalid_request.ts';
import { turnsFor } from './lanes.ts';
import { languageOf } from './language.ts';
import { Gate, MAX_CALLS_IN_FLIGHT, type RateClass } from './limits.ts';
import { isLoopback } from './loopback.ts';
import type { MultipartSpec, UploadedFile } from './multipart_file.ts';
import { Reply, send } from './reply.ts';

/** What a verb is called with: never a request or a response. */
export interface Call<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  language: Language;
  /** one transaction per call, committed before the reply */
  db: Knex.Transaction;
  gridSize: number;
  /** tells the log of something that a user does not see */
  warn: (what: string, error: unknown) => void;
  who: Who;
  /** division codes of the areas in which the caller has the right that the endpoint asks for */
  areas: readonly string[];
  /** the peer's address is this machine's own */
  loopback: boolean;
  /** fires when the caller has gone */
  signal: AbortSignal;
  browser: Browser;
  /** of a stream of events that broke off: the id of the last one that came (`Last-Event-ID`) */
  lastEventId: string | null;
}

/**
 * Who may call an endpoint: everybody; everybody, but who is signed in is known (`optional`); whoever is signed in, for
 * what is their own; or whoever has the right somewhere: then the transaction sees the records of those areas.
 */
export type Access = 'public' | 'optional' | 'signed_in' | Right;

export interface EndpointSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** OpenAPI style: /api/villages/{code} */
  path: string;
  summary: string;
  access: Access;
  /** what opens a session: refused where a browser says that a foreign page asks, or it could sign somebody in as another */
  sameOrigin?: boolean;
  /** this machine itself needs no account: on a demonstration, or `always` */
  openOnLoopback?: boolean | 'always';
  /** the database role of its transaction; `cunma_app` unless it deals with passwords */
  databaseRole?: DatabaseRole;
  /** honours `Idempotency-Key` */
  idempotent?: boolean;
  params?: P;
  query?: Q;
  body?: B;
  /** schema of the reply, or its media type */
  reply: z.ZodType | string;
  status?: number;
  /** the body is a multipart form with one `file`: {@link UploadedFile} */
  multipart?: MultipartSpec;
  /** long work before the transaction is opened; the verb's `body` is what it answers */
  prepare?: (call: Omit<Call<z.output<P>, z.output<Q>, z.output<B>>, 'db'>) => Promise<unknown>;
  /** how often one address may ask; by default `read` for GET and `check` for the rest */
  rate?: RateClass;
  /** false: the verb asks the database nothing, and holds no connection while it works */
  transaction?: boolean;
  /** all statements of its transaction see the same moment: an answer that several of them make rests on one set of data */
  snapshot?: boolean;
  /** how much work a (prepared) body is: what is large waits for its turn before it takes a connection (lanes.ts) */
  cost?: (body: unknown) => number;
  /** codes of the problems that this endpoint answers besides the general ones */
  problems?: readonly string[];
  handle: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<unknown>;
}

export interface Endpoint extends Omit<EndpointSpec<z.ZodType, z.ZodType, z.ZodType>, 'handle' | 'prepare'> {
  prepare?: (call: Omit<Call<never, never, never>, 'db'>) => Promise<unknown>;
  handle: (call: Call<never, never, never>) => Promise<unknown>;
}

/** Keeps the types of one endpoint while it is declared. */
export function endpoint<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  spec: EndpointSpec<P, Q, B>,
): Endpoint {
  return spec as unknown as Endpoint;
}

/** PostgreSQL has no text with a NUL in it. */
function refuseNul(value: unknown): void {
  if (value === null || typeof value !== 'object') return;
  for (const [path, item] of Object.entries(value)) {
    if (typeof item === 'string' && item.includes('\0')) {
      throw brokenRule(path, 'nul');
    }
  }
}

/** Parses one part of a request; the problem names the first fault and its path. */
export function parse(schema: z.ZodType | undefined, value: unknown, prefix: string): unknown {
  if (schema === undefined) return undefined;
  refuseNul(value);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidRequest(result.error, value, prefix);
}

const calls = new Gate(MAX_CALLS_IN_FLIGHT);
const turns = { embedded: turnsFor('embedded'), native: turnsFor('native') };

/** schema → verb → one transaction → reply, for a request that has been admitted. `database` is null while the server starts. */
export function handler(
  spec: Endpoint,
  database: () => Database | null,
  warn: (request: Request) => Call<never, never, never>['warn'],
): RequestHandler {
  const answer = async (request: Request, response: Response): Promise<Reply> => {
    const open = database();
    if (open === null) throw new Problem('starting');
    const { who, scope } = response.locals.admission as Admission;
    const gone = new AbortController();
    // an abort makes an exception with a stack, on every request
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    const input = {
      params: parse(spec.params, request.params, '') as never,
      query: parse(spec.query, request.query, '') as never,
      body: (spec.multipart ? request.body : parse(spec.body, request.body, '')) as never,
      language: languageOf(request),
      gridSize: open.gridSize,
      warn: warn(request),
      who,
      areas: scope.areas,
      loopback: isLoopback(request),
      signal: gone.signal,
      browser: browserOf(request),
      lastEventId: request.get('last-event-id') ?? null,
    };
    const leave = calls.take(1);
    let endTurn = (): void => undefined;
    try {
      if (spec.prepare) input.body = (await spec.prepare(input)) as never;
      if (spec.cost) {
        const caller = who.actor?.account_id ?? who.address;
        endTurn = await turns[open.kind].take(spec.cost(input.body), caller, gone.signal);
      }
      return spec.transaction === false
        ? asReply(spec, await spec.handle({ ...input, db: null as never }))
        : await open.knex.transaction(
            async (db) => {
              await enterScope(db, scope);
              const work = async () => asReply(spec, await spec.handle({ ...input, db }));
              return spec.idempotent ? once(db, request, scope.account, work) : work();
            },
            spec.snapshot === true ? { isolationLevel: 'repeatable read' } : {},
          );
    } catch (error) {
      throw translateError(error);
    } finally {
      endTurn();
      leave();
    }
  };
  return async (request, response) => {
    const reply = await answer(request, response).finally(() =>
      spec.multipart ? (request.body as UploadedFile).discard() : undefined,
    );
    const { who } = response.locals.admission as Admission;
    if (who.actor !== null && reply.headers['Cache-Control'] === undefined)
      response.setHeader('Cache-Control', 'private, no-store');
    send(response, reply);
  };
}

function asReply(spec: Endpoint, result: unknown): Reply {
  return result instanceof Reply ? result : new Reply(result, { status: spec.status ?? 200 });
}
