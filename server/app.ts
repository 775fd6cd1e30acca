import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import { type AccountsContext, accountRoutes, identify, roleRoutes } from './accounts/index.ts';
import { auditRoutes } from './audit/index.ts';
import { batchJob, batchRoutes } from './batches/index.ts';
import { checkRoutes, clearPlaceRoutes, staffCheckRoutes } from './checks/index.ts';
import type { Config } from './config.ts';
import { divisionRoutes } from './divisions/index.ts';
import {
  blobStore,
  checkJob,
  fileRoutes,
  incomingFolder,
  keepUpload,
  sweepJob,
  sweepSchedule,
  uploadKeeper,
} from './files/index.ts';
import { healthRoutes } from './health.ts';
import {
  admit,
  bodyGate,
  Drain,
  type Endpoint,
  Gate,
  handler,
  type Identify,
  Incoming,
  jsonBody,
  KnownCallers,
  languageOf,
  MAX_BODY_BYTES_IN_FLIGHT,
  MAX_JSON_BYTES,
  multipartFile,
  observe,
  openapi,
  type RateClass,
  rateLimiter,
  securityHeaders,
  writeProblem,
} from './http/index.ts';
import { importRoutes } from './imports/index.ts';
import { type JobKind, jobRoutes, type Schedule } from './jobs/index.ts';
import type { InstallationKey } from './keys.ts';
import { LIMITS } from './limits_table.ts';
import { Metrics, operationRoutes } from './operation/index.ts';
import { privacyRoutes, readKept, retentionJob, retentionSchedule } from './privacy/index.ts';
import { Problem } from './problems.ts';
import { proposalRoutes } from './proposals/index.ts';
import { backupJob, backupSchedule, backupSettings, recoveryRoutes } from './recovery/index.ts';
import { type RuleBook, ruleRoutes } from './rules/index.ts';
import type { Startup } from './startup.ts';
import { VERSION } from './version.ts';
import { villageRoutes } from './villages/index.ts';

const CLIENT = fileURLToPath(new URL('../dist/client', import.meta.url));
const KEPT = readKept();
/** Addresses of pages: all of them are the client's one document. */
const PAGES = [
  '/',
  /^\/v\/\d{12}\/?$/,
  '/checks/:id',
  '/check',
  '/rules',
  '/privacy',
  '/sign-in',
  '/setup',
  '/set-password',
  '/me',
  '/planner',
  '/inspector{/*rest}',
  '/admin{/*rest}',
  '/staff{/*rest}',
];
/** Pages that are about a person's plot, or for those with an account. */
const PRIVATE_PAGE = /^\/(checks|sign-in|setup|set-password|me|planner|inspector|admin|staff)(\/|$)/;

export interface AppContext {
  config: Config;
  startup: Startup;
  rules: RuleBook;
  key: InstallationKey;
  /** besides those of the features: the tests' own */
  extraJobKinds?: readonly JobKind[];
  log: Logger;
  /** requests under way; the process stops by it */
  drain?: Drain;
  metrics?: Metrics;
}

function accountsContext({ config, startup, key }: AppContext): AccountsContext {
  const database = () => {
    if (startup.database === null) throw new Problem('starting');
    return startup.database;
  };
  return { key, publicUrl: config.publicUrl, database, now: () => new Date() };
}

/** Where files lie, and who checks and keeps them. */
function fileParts({ config, startup }: AppContext) {
  const store = blobStore(config.dataFolder);
  const check = checkJob(store, new Incoming(incomingFolder(config.dataFolder)));
  return { store, check, keep: keepUpload(() => startup.database, store, check) };
}

/** Every endpoint of the server; OpenAPI and the tests enumerate it. */
export function endpoints(context: AppContext): Endpoint[] {
  const { config, rules } = context;
  const files = fileParts(context);
  return [
    // what is asked most stands first: routes are tried one after the other
    ...checkRoutes(rules),
    ...villageRoutes(config.publicUrl),
    ...clearPlaceRoutes(rules),
    ...accountRoutes(accountsContext(context), config),
    ...roleRoutes(),
    ...divisionRoutes(),
    ...proposalRoutes(rules),
    ...batchRoutes({
      rules,
      keeper: uploadKeeper(files.store, files.check),
      kind: batchKind(context),
      database: () => context.startup.database,
    }),
    ...staffCheckRoutes(),
    ...importRoutes(files.keep),
    ...fileRoutes(files.store, files.check),
    ...ruleRoutes(rules),
    ...privacyRoutes(KEPT, accountsContext(context)),
    ...auditRoutes({ database: () => context.startup.database, key: context.key }),
    ...recoveryRoutes(backupSettings(context.config), context.key.fingerprint),
    ...jobRoutes(jobKinds(context), () => context.startup.database),
  ];
}

function batchKind({ startup, log }: AppContext) {
  const warn = (what: string, error: unknown) => log.error({ err: error }, what);
  return batchJob({ database: () => startup.database, warn });
}

/** Every kind of long work; a feature declares its own. */
export function jobKinds(context: AppContext): JobKind[] {
  const { store, check } = fileParts(context);
  return [
    check,
    sweepJob(store),
    backupJob(backupSettings(context.config)) as JobKind,
    retentionJob(KEPT),
    batchKind(context) as JobKind,
    ...(context.extraJobKinds ?? []),
  ];
}

/** System work of every day. */
export function jobSchedules(context: AppContext): Schedule[] {
  return [
    sweepSchedule(fileParts(context).store),
    retentionSchedule(retentionJob(KEPT)),
    backupSchedule(backupSettings(context.config)),
  ];
}

function rateOf({ rate, method, multipart }: Endpoint): RateClass {
  return rate ?? (multipart ? 'upload' : method === 'get' ? 'read' : 'check');
}

/** The composition root: the only file that knows every feature. */
export function createApp(context: AppContext): Express {
  const { config, startup, log, drain = new Drain(), metrics = new Metrics() } = context;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustProxy);
  app.set('demonstration', config.land === 'demo');
  app.set('public origin', new URL(config.publicUrl).origin);
  app.set('secure cookies', config.publicUrl.startsWith('https:'));
  app.use(
    observe((observed) => {
      metrics.request(observed);
      const { id, method, route, status, seconds } = observed;
      log.info({ id, method, route, status, ms: Math.round(seconds * 1e4) / 10 }, 'request');
    }),
  );
  app.use(securityHeaders(config.publicUrl.startsWith('https:')));
  app.use(drain.watch);
  app.use(compression());
  healthRoutes(app, startup, drain);

  const bodies = new Gate(MAX_BODY_BYTES_IN_FLIGHT);
  const operation = operationRoutes({
    metrics,
    database: () => startup.database,
    dataFolder: config.dataFolder,
    lastBackup: () => backupSettings(context.config).folder.lastGoodAt(),
    bodyBytes: () => bodies.taken,
    requestsUnderWay: () => drain.underWay,
    uploadsUnderWay: () => drain.uploads,
    version: VERSION,
    started_at: new Date(),
  });
  const all = [...endpoints(context), ...operation];
  const document = openapi(all, config.publicUrl, LIMITS);
  app.get('/api/openapi.json', (_request, response) => {
    response.json(document);
  });
  const warn = (request: Request) => (what: string, error: unknown) => {
    metrics.fault(what);
    log.error({ id: request.res?.locals.requestId, err: error }, what);
  };
  const incoming = new Incoming(incomingFolder(config.dataFolder));
  incoming.clear();
  const known = new KnownCallers();
  const rates = {
    read: rateLimiter('read', known),
    check: rateLimiter('check', known),
    upload: rateLimiter('upload', known),
  };
  const identifyAndNote: Identify = async (db, credentials) => {
    const actor = await identify(db, credentials);
    known.note(credentials, actor);
    return actor;
  };
  for (const spec of all) {
    const path = spec.path.replace(/\{(\w+)\}/g, ':$1');
    const limits = config.rateLimits ? [rates[rateOf(spec)]] : [];
    const body = spec.multipart
      ? [multipartFile(incoming, spec.multipart)]
      : spec.body
        ? [bodyGate(bodies, MAX_JSON_BYTES), jsonBody]
        : [];
    app[spec.method](
      path,
      ...limits,
      admit(spec, () => startup.database, identifyAndNote),
      ...body,
      handler(spec, () => startup.database, warn),
    );
  }
  app.use('/api', (request, _response, next) => {
    const registered = all.some(({ path }) =>
      new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(request.originalUrl.split('?')[0]!),
    );
    next(
      registered
        ? new Problem('method_not_allowed', { params: { method: request.method } })
        : new Problem('not_found'),
    );
  });
  serveClient(app);
  app.use((_request, _response, next) => next(new Problem('not_found')));
  app.use(errorHandler(log, metrics));
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

/** Part of starting, stopping and of much to do: no fault. */
const EXPECTED: ReadonlySet<string> = new Set(['starting', 'stopping', 'busy']);

function errorHandler(log: Logger, metrics: Metrics): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const id = response.locals.requestId as string;
    const problem = asProblem(error);
    metrics.problem(problem.code);
    if (problem.status >= 500 && !EXPECTED.has(problem.code))
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
