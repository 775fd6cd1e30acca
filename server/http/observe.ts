import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';

/** How a request went. */
export interface Observed {
  /** also in the reply's `X-Request-Id`, in a problem and in the audit trail */
  id: string;
  method: string;
  /** the pattern that the route was registered with, `page`, or `none`: never the address that was asked for */
  route: string;
  /** 499: broken off by the caller */
  status: number;
  seconds: number;
}

/** Gives each request an id, and tells how it went. */
export function observe(tell: (observed: Observed) => void): RequestHandler {
  return (request, response, next) => {
    const id = randomUUID();
    response.setHeader('X-Request-Id', id);
    response.locals.requestId = id;
    const started = process.hrtime.bigint();
    response.once('close', () => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      const status = response.writableFinished ? response.statusCode : 499;
      tell({ id, method: request.method, route: routeLabel(request.route?.path), status, seconds });
    });
    next();
  };
}

function routeLabel(route: unknown): string {
  if (typeof route === 'string') return route;
  return route === undefined ? 'none' : 'page';
}
