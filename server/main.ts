import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { firstAdministratorLink } from './accounts/index.ts';
import { type AppContext, createApp, jobKinds, jobSchedules } from './app.ts';
import { firstLinkLines } from './cli/index.ts';
import { type Config, readConfig, unknownVariables } from './config.ts';
import {
  type Database,
  LOAD_STATEMENT_LIMIT_MS,
  migrateUp,
  openEmbedded,
  openNative,
  STATEMENT_LIMIT_MS,
} from './db/index.ts';
import { Drain } from './http/index.ts';
import { extraJobKinds, JobQueue } from './jobs/index.ts';
import { installationKey } from './keys.ts';
import { landKind } from './layers/index.ts';
import { LANGUAGES, message } from './messages/index.ts';
import { createLog, Metrics } from './operation/index.ts';
import { runSelfTest } from './overlay/index.ts';
import { backupSettings, finishRestore, openOperatorChannel } from './recovery/index.ts';
import { ruleBook } from './rules/index.ts';
import { seedCatalogues } from './seed.ts';
import { seedDemonstration } from './seed_demonstration.ts';
import { Startup } from './startup.ts';
import { startupLine } from './startup_line.ts';

const config = settings();
const log = createLog(config.logLevel);
const drain = new Drain();
const metrics = new Metrics({ process: true });
const startup = new Startup((state) => {
  const line = startupLine(state);
  if (line) process.stdout.write(`${line}\n`);
});
const rules = ruleBook();
// before a key is made: a restore that was interrupted while it moved things to their place brings its own
await finishRestore(config.dataFolder);
const key = installationKey(config.dataFolder);
const context: AppContext = { config, startup, rules, key, log, drain, metrics, extraJobKinds };
let jobs: JobQueue | null = null;
let closeOperatorChannel: (() => Promise<void>) | null = null;

/** A setting that cannot be used ends the start; one that nobody knows is told of. */
function settings(): Config {
  const odd = unknownVariables();
  if (odd.length > 0)
    for (const language of LANGUAGES)
      process.stderr.write(`${message(language, 'configuration.unknown', { names: odd.join(', ') })}\n`);
  try {
    return readConfig();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

function listen(): Promise<Server> {
  const app = createApp(context);
  return new Promise((resolve, reject) => {
    const server = app.listen(config.port, config.host, (error?: Error) =>
      error ? reject(error) : resolve(server),
    );
  });
}

async function prepare(): Promise<Database> {
  startup.at('database');
  const database =
    config.databaseUrl === null
      ? await openEmbedded(config.dataFolder, { limitMs: LOAD_STATEMENT_LIMIT_MS })
      : openNative(config.databaseUrl);
  startup.at('migrations');
  await migrateUp(database.knex);
  await seedCatalogues(database);
  if (config.land === 'demo')
    await seedDemonstration(database, (done, total) => startup.at('land', done, total));
  else await warnOfDemonstration(database);
  startup.at('self_test');
  const faults = await database.knex.transaction((db) => runSelfTest(db, database.gridSize));
  if (faults.length > 0) log.error({ faults }, 'the self-test gave wrong areas');
  if (database.embedded) database.embedded.limitMs = STATEMENT_LIMIT_MS;
  return database;
}

/** Begins when requests are answered: long work waits for nobody's start. */
async function startJobs(database: Database): Promise<void> {
  jobs = new JobQueue(database, jobKinds(context), log, {
    concurrency: database.kind === 'embedded' ? Math.min(config.jobs, 1) : config.jobs,
    schedules: jobSchedules(context),
  });
  await jobs.start();
}

/** While this process has the embedded database open, `cunma backup` has to ask it. */
async function letOperatorIn(database: Database): Promise<void> {
  if (database.kind !== 'embedded') return;
  closeOperatorChannel = await openOperatorChannel({
    ...backupSettings(config),
    database: () => startup.database,
    warn: (what, error) => log.error({ err: error }, what),
  });
}

/** Real use is meant, but answers would rest on invented land. */
async function warnOfDemonstration({ knex }: Database): Promise<void> {
  if ((await landKind(knex)) !== true) return;
  const texts = LANGUAGES.map((language) => message(language, 'operator.demonstration_present'));
  process.stderr.write(`${texts.join('\n')}\n`);
  log.warn({ land: 'demonstration' }, texts.join(' '));
}

/** Nobody has an account: whoever reads this terminal may make the first one. */
async function tellFirstLink({ knex }: Database): Promise<void> {
  const link = await firstAdministratorLink(knex, config.publicUrl, new Date());
  if (link !== null) process.stdout.write(`${firstLinkLines(link).join('\n')}\n`);
}

/** Beyond the requests' own bound: time to close the database. */
const CLOSE_MS = 10_000;

/** A service manager signals the whole group, and what started us passes the signal on: that is one signal. */
const SAME_SIGNAL_MS = 1_000;
let stoppedAt = 0;

/** Turns new requests away, lets those under way and the steps of jobs end within their bound, closes the database. A second signal: at once. */
async function stop(server: Server): Promise<void> {
  if (drain.stopping) {
    if (Date.now() - stoppedAt > SAME_SIGNAL_MS) process.exit(1);
    return;
  }
  stoppedAt = Date.now();
  const limitMs = config.stopSeconds * 1000;
  setTimeout(() => process.exit(1), limitMs + CLOSE_MS).unref();
  const jobsEnded = Promise.race([jobs?.stop(), sleep(limitMs)]);
  const cut = await drain.finish(limitMs);
  await jobsEnded;
  await closeOperatorChannel?.();
  if (cut > 0) log.warn({ requests: cut }, 'requests were cut off by the stop');
  server.close();
  server.closeAllConnections();
  await startup.database?.close();
  process.exit(0);
}

try {
  const server = await listen();
  process.on('SIGTERM', () => void stop(server));
  process.on('SIGINT', () => void stop(server));
  const database = await prepare();
  startup.ready(database);
  await startJobs(database);
  await letOperatorIn(database);
  process.stdout.write(`Cunma 村码  http://localhost:${config.port}/\n`);
  await tellFirstLink(database);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  log.debug({ err: error }, 'start failed');
  process.exit(1);
}
