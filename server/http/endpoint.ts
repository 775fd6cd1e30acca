import type { Request, RequestHandler, Response } from 'express';
import type { Knex } from 'knex';
import type { z } from 'zod';
import { type Database, translateError } from '../db/index.ts';
import type { Language } from '../messages/index.ts';
import { Problem } from '../problems.ts';
import { brokenRule, invalidRequest } from './invalid_request.ts';
import { languageOf } from './language.ts';
import { Gate, MAX_CALLS_IN_FLIGHT, type RateClass } from './limits.ts';

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
  /** the peer's address is this machine's own */
  loopback: boolean;
}

/** A reply that is not JSON, or has a status or headers of its own. */
export class Reply {
  readonly body: unknown;
  readonly status: number;
  readonly headers: Record<string, string>;
  constructor(body: unknown, options: { status?: number; headers?: Record<string, string> } = {}) {
    this.body = body;
    this.status = options.status ?? 200;
    this.headers = options.headers ?? {};
  }
}

export interface EndpointSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  method: 'get' | 'post' | 'delete';
  /** OpenAPI style: /api/villages/{code} */
  path: string;
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  /** schema of the reply, or its media type */
  reply: z.ZodType | string;
  status?: number;
  /** the body is a multipart form with one `file`: {@link UploadedFile} */
  multipart?: boolean;
  /** how often one address may ask; by default `read` for GET and `check` for the rest */
  rate?: RateClass;
  /** false: the verb asks the database nothing, and holds no connection while it works */
  transaction?: boolean;
  /** codes of the problems that this endpoint answers besides the general ones */
  problems?: readonly string[];
  handle: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<unknown>;
}

export interface Endpoint extends Omit<EndpointSpec<z.ZodType, z.ZodType, z.ZodType>, 'handle'> {
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

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** This machine itself asks, and not for somebody else: a reverse proxy's address is loopback too. */
function isLoopback(request: Request): boolean {
  const forwarded = request.get('x-forwarded-for') ?? request.get('forwarded') ?? request.get('x-real-ip');
  return forwarded === undefined && LOOPBACK.test(request.socket.remoteAddress ?? '');
}

const calls = new Gate(MAX_CALLS_IN_FLIGHT);

/** session → schema → verb → one transaction → reply. `database` is null while the server starts. */
export function handler(
  spec: Endpoint,
  database: () => Database | null,
  warn: (request: Request) => Call<never, never, never>['warn'],
): RequestHandler {
  return async (request: Request, response: Response) => {
    const open = database();
    if (open === null) throw new Problem('starting');
    const input = {
      params: parse(spec.params, request.params, '') as never,
      query: parse(spec.query, request.query, '') as never,
      body: (spec.multipart ? request.body : parse(spec.body, request.body, '')) as never,
      language: languageOf(request),
      gridSize: open.gridSize,
      warn: warn(request),
      loopback: isLoopback(request),
    };
    const leave = calls.take(1);
    try {
      const result =
        spec.transaction === false
          ? await spec.handle({ ...input, db: null as never })
          : await open.knex.transaction((db) => spec.handle({ ...input, db }));
      send(response, result, spec.status ?? 200);
    } catch (error) {
      throw translateError(error);
    } finally {
      leave();
    }
  };
}

function send(response: Response, result: unknown, status: number): void {
  if (!(result instanceof Reply)) {
    response.status(status).json(result);
    return;
  }
  response.status(result.status).set(result.headers);
  if (typeof result.body === 'string' || Buffer.isBuffer(result.body)) response.send(result.body);
  else response.json(result.body);
}
