import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { identify } from './accounts/index.ts';
import { checkRoutes } from './checks/index.ts';
import type { Config } from './config.ts';
import { divisionRoutes } from './divisions/index.ts';
import { healthRoutes } from './health.ts';
import {
  admit,
  bodyGate,
  type Endpoint,
  Gate,
  handler,
  jsonBody,
  languageOf,
  MAX_BODY_BYTES_IN_FLIGHT,
  MAX_FILE_BYTES,
  MAX_JSON_BYTES,
  multipartFile,
  openapi,
  type RateClass,
  rateLimiter,
  writeProblem,
} from './http/index.ts';
import { importRoutes } from './imports/index.ts';
import { type JobKind, jobRoutes } from './jobs/index.ts';
import type { InstallationKey } from './keys.ts';
import { LIMITS } from './limits_table.ts';
import { Problem } from './problems.ts';
import { type RuleBook, ruleRoutes } from './rules/index.ts';
import type { Startup } from './startup.ts';
import { villageRoutes } from './villages/index.ts';

const CLIENT = fileURLToPath(new URL('../dist/client', import.meta.url));
/** Addresses of pages: all of them are the client's one document. */
const PAGES = ['/', /^\/v\/\d{12}\/?$/, '/checks/:id', '/check', '/rules'];
/** Pages that are about a person's plot. */
const PRIVATE_PAGE = /^\/checks\//;

export interface AppContext {
  config: Config;
  startup: Startup;
  rules: RuleBook;
  key: InstallationKey;
  /** besides those of the features: the tests' own */
  extraJobKinds?: readonly JobKind[];
  log: Logger;
}

const securityHeaders = (config: Config) =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: config.publicUrl.startsWith('https:'),
    referrerPolicy: { policy: 'same-origin' },
  });

/** Every endpoint of the server; OpenAPI and the tests enumerate it. */
export function endpoints(context: AppContext): Endpoint[] {
  const { config, rules } = context;
  return [
    ...divisionRoutes(),
    ...villageRoutes(config.publicUrl),
    ...checkRoutes(rules),
    ...importRoutes(),
    ...ruleRoutes(rules),
    ...jobRoutes(jobKinds(context)),
  ];
}

/** Every kind of long work; a feature declares its own. */
export function jobKinds(context: AppContext): JobKind[] {
  return [...(context.extraJobKinds ?? [])];
}

function rateOf({ rate, method, multipart }: Endpoint): RateClass {
  return rate ?? (multipart ? 'upload' : method === 'get' ? 'read' : 'check');
}

/** The composition root: the only file that knows every feature. */
export function createApp(context: AppContext): Express {
  const { config, startup, log } = context;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustProxy);
  app.set('demonstration', config.land === 'demo');
  app.set('public origin', new URL(config.publicUrl).origin);
  app.set('secure cookies', config.publicUrl.startsWith('https:'));
  app.use((request, response, next) => {
    const id = randomUUID();
    response.setHeader('X-Request-Id', id);
    response.locals.requestId = id;
    const started = process.hrtime.bigint();
    response.on('finish', () => {
      const ms = Number(process.hrtime.bigint() - started) / 1e6;
      log.info(
        { id, method: request.method, path: request.route?.path, status: response.statusCode, ms },
        'request',
      );
    });
    next();
  });
  app.use(securityHeaders(config));
  app.use(compression());
  healthRoutes(app, startup);

  const all = endpoints(context);
  const document = openapi(all, config.publicUrl, LIMITS);
  app.get('/api/openapi.json', (_request, response) => {
    response.json(document);
  });
  const warn = (request: Request) => (what: string, error: unknown) =>
    log.error({ id: request.res?.locals.requestId, err: error }, what);
  const bodies = new Gate(MAX_BODY_BYTES_IN_FLIGHT);
  const rates = { read: rateLimiter('read'), check: rateLimiter('check'), upload: rateLimiter('upload') };
  for (const spec of all) {
    const path = spec.path.replace(/\{(\w+)\}/g, ':$1');
    const limits = config.rateLimits ? [rates[rateOf(spec)]] : [];
    const body = spec.multipart
      ? [bodyGate(bodies, MAX_FILE_BYTES), multipartFile]
      : spec.body
        ? [bodyGate(bodies, MAX_JSON_BYTES), jsonBody]
        : [];
    app[spec.method](
      path,
      ...limits,
      admit(spec, () => startup.database, identify),
      ...body,
      handler(spec, () => startup.database, warn),
    );
  }
  app.use('/api', (request, _response, next) => {
    const known = all.some(({ path }) =>
      new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(request.originalUrl.split('?')[0]!),
    );
    next(
      known
        ? new Problem('method_not_allowed', { params: { method: request.method } })
        : new Problem('not_found'),
    );
  });
  serveClient(app);
  app.use((_request, _response, next) => next(new Problem('not_found')));
  app.use(errorHandler(log));
  return app;
}

function serveClient(app: Express): void {
  if (!existsSync(CLIENT)) return;
  app.use('/assets', express.static(`${CLIENT}/assets`, { immutable: true, maxAge: '1y', index: false }));
  app.use(express.static(CLIENT, { index: false, maxAge: '1h' }));
  app.get(PAGES, (request, response) => {
    if (PRIVATE_PAGE.test(request.path)) response.setHeader('X-Robots-Tag', 'noindex, nofollow');
    sendPage(response);
  });
}

function sendPage(response: Response): void {
  response.setHeader('Cache-Control', 'no-cache');
  response.sendFile('index.html', { root: CLIENT });
}

/** Somebody has followed a broken link in a browser: the client's page says so in words and leads on. */
function isLost(request: Request, problem: Problem): boolean {
  return (
    problem.status === 404 &&
    (request.method === 'GET' || request.method === 'HEAD') &&
    !/^\/(api|assets)(\/|$)/.test(request.path) &&
    request.accepts(['json', 'html']) === 'html' &&
    existsSync(`${CLIENT}/index.html`)
  );
}

function errorHandler(log: Logger): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const id = response.locals.requestId as string;
    const problem = asProblem(error);
    if (problem.status >= 500 && problem.code !== 'starting' && problem.code !== 'busy')
      log.error({ id, err: problem.cause ?? error }, problem.code);
    if (isLost(request, problem) && !response.headersSent) {
      response.status(404);
      sendPage(response);
    } else writeProblem(response, problem, languageOf(request), id);
  };
}

/** Faults that express itself finds, such as a malformed address, are the caller's; the rest is ours. */
function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const status = (error as { status?: number }).status;
  if (status === 404) return new Problem('not_found');
  if (status !== undefined && status >= 400 && status < 500)
    return new Problem('not_found', { cause: error });
  return new Problem('internal', { cause: error });
}
