import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { type Metrics, routeLabel } from './metrics.ts';

/** Gives each request an id, and tells the log and the metrics how it went; also of one that was broken off. */
export function observe(log: Logger, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const id = randomUUID();
    response.setHeader('X-Request-Id', id);
    response.locals.requestId = id;
    const started = process.hrtime.bigint();
    response.once('close', () => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      const { method } = request;
      const route: unknown = request.route?.path;
      const status = response.writableFinished ? response.statusCode : 499;
      metrics.request({ method, route, status, seconds });
      log.info(
        { id, method, route: routeLabel(route), status, ms: Math.round(seconds * 1e4) / 10 },
        'request',
      );
    });
    next();
  };
}
