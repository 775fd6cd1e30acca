import { type DemonstrationCounty, demonstrationPlan } from '../data/demonstration/index.ts';
import {
  auditCommand,
  type LandCommand,
  Progress,
  readArguments,
  rebuildDerived,
  recoveryCommand,
  type Scale,
  say,
  tellStatus,
  userCommand,
  verifyDerived,
} from './cli/index.ts';
import { readConfig, shownConfig } from './config.ts';
import { type Database, migrateUp, openEmbedded, openNative } from './db/index.ts';
import { installationKey } from './keys.ts';
import { analyzeLand, landMadeFrom, landStatus, lockLand, removeDemonstrationLand } from './layers/index.ts';
import { LANGUAGES, message } from './messages/index.ts';
import { runSelfTest } from './overlay/index.ts';
import { Problem } from './problems.ts';
import { backupsFolder } from './recovery/index.ts';
import { layerRegistry } from './rules/index.ts';
import { seedCatalogues } from './seed.ts';
import { loadDemonstration, madeOtherwise } from './seed_demonstration.ts';

/** One statement of a large load may take longer than one of an answer. */
const EMBEDDED_LIMIT_MS = 15 * 60_000;
/** What `--scale county` loads where `--counties` names none. */
const SHOWN_COUNTY = '410821';

type Load = Extract<LandCommand, { action: 'load' }>;

async function open(): Promise<Database> {
  const { databaseUrl, dataFolder } = readConfig();
  const database =
    databaseUrl === null
      ? await openEmbedded(dataFolder, { limitMs: EMBEDDED_LIMIT_MS })
      : openNative(databaseUrl);
  try {
    await migrateUp(database.knex);
    await seedCatalogues(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function withDatabase(use: (database: Database) => Promise<number>): Promise<number> {
  const database = await open();
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

function planOf(scale: Scale): DemonstrationCounty[] {
  return demonstrationPlan({ scale: scale === 'demo' ? 'demo' : 'prefecture' });
}

async function load({ scale, counties, dryRun }: Load): Promise<number> {
  const all = planOf(scale);
  const wanted = counties ?? (scale === 'county' ? [SHOWN_COUNTY] : all.map(({ code }) => code));
  const unknown = wanted.find((code) => !all.some((county) => county.code === code));
  if (unknown !== undefined) return usage('unknown_county', { county: unknown });
  const chosen = all.filter(({ code }) => wanted.includes(code));
  if (dryRun) return tellPlan(chosen);
  if (scale === 'prefecture' && readConfig().databaseUrl === null) throw new Problem('scale_needs_postgis');
  return withDatabase((database) => loadAll(database, all, chosen));
}

function tellPlan(chosen: readonly DemonstrationCounty[]): number {
  const sum = (of: (county: DemonstrationCounty) => number): string =>
    chosen.reduce((total, county) => total + of(county), 0).toLocaleString('en');
  for (const { code, name, villages, expected } of chosen)
    say('planned', { county: code, name, villages, features: expected.toLocaleString('en') });
  say('planned_total', {
    counties: chosen.length,
    villages: sum((c) => c.villages),
    features: sum((c) => c.expected),
  });
  return 0;
}

async function loadAll(
  database: Database,
  scale: readonly DemonstrationCounty[],
  chosen: readonly DemonstrationCounty[],
): Promise<number> {
  const titles = new Map(layerRegistry().map(({ key, title }) => [key, title]));
  const held = await landMadeFrom(database.knex);
  const missing = chosen.filter(({ code }) => !held.has(code) || madeOtherwise(held, scale) !== null);
  const progress = new Progress(missing.reduce((sum, { expected }) => sum + expected, 0));
  for (const [i, county] of chosen.entries()) {
    const place = { index: i + 1, total: chosen.length, county: county.code, name: county.name };
    const [rows, seconds] = [progress.rows, progress.seconds];
    if (missing.includes(county)) say('building', place);
    const outcome = await loadDemonstration(database, scale, county, ({ layer, features }) =>
      progress.count(place, titles.get(layer)!, features),
    );
    if (outcome === 'skipped') say('skipped', place);
    else
      say('loaded', {
        ...place,
        rows: (progress.rows - rows).toLocaleString('en'),
        seconds: (progress.seconds - seconds).toFixed(1),
        memory: progress.megabytes,
      });
  }
  say('load_done', {
    rows: progress.rows.toLocaleString('en'),
    seconds: progress.seconds.toFixed(1),
    memory: progress.megabytes,
  });
  return 0;
}

async function remove(yes: boolean): Promise<number> {
  return withDatabase(async ({ knex }) => {
    const versions = (await landStatus(knex)).filter((row) => row.demonstration);
    if (versions.length === 0) {
      say('nothing_to_remove');
      return 0;
    }
    if (!yes) {
      const counties = new Set(versions.map((row) => row.county_code)).size;
      say('remove_asks', { versions: versions.length, counties });
      return 1;
    }
    const removed = await knex.transaction(async (db) => {
      await lockLand(db);
      return removeDemonstrationLand(db);
    });
    await knex.transaction(analyzeLand);
    say('removed', { versions: removed });
    return 0;
  });
}

/** A Problem's place belongs to its text, where there is no page to point at. */
function paramsOf({ params, where }: Problem): Record<string, string | number> {
  const { feature } = { feature: '', ...where };
  return { feature: String(feature), ...params };
}

function usage(fault: string | null, params: Record<string, string> = {}): number {
  if (fault !== null) say(fault, params);
  say('usage');
  return fault === null ? 0 : 2;
}

async function run(command: LandCommand): Promise<number> {
  switch (command.action) {
    case 'load':
      return load(command);
    case 'remove':
      return remove(command.yes);
    case 'status':
      return withDatabase(async ({ knex }) => {
        tellStatus(await landStatus(knex));
        return 0;
      });
    case 'verify':
      return withDatabase((database) => verifyDerived(database, command.counties));
    case 'rebuild':
      return withDatabase((database) => rebuildDerived(database, command.counties));
    case 'usage':
      return usage(command.fault, command.params);
  }
}

function recovery(action: 'backup' | 'restore' | 'doctor'): (words: string[]) => Promise<number> {
  return (words) => {
    const config = readConfig();
    return recoveryCommand(action, words, {
      dataFolder: config.dataFolder,
      databaseUrl: config.databaseUrl,
      backups: backupsFolder(config),
      selfTest: runSelfTest,
      write: (text) => process.stdout.write(text),
    });
  };
}

/** Commands besides `land`; what follows the first word is theirs to read. */
const COMMANDS: Readonly<Record<string, (words: string[]) => Promise<number>>> = {
  audit: (words) =>
    auditCommand(words, {
      withKnex: (use) => withDatabase(({ knex }) => use(knex)),
      key: () => installationKey(readConfig().dataFolder),
      write: (text) => process.stdout.write(text),
    }),
  user: (words) =>
    userCommand(words, {
      withDatabase,
      publicUrl: readConfig().publicUrl,
      write: (text) => process.stdout.write(text),
    }),
  backup: recovery('backup'),
  restore: recovery('restore'),
  doctor: recovery('doctor'),
  config: async () => {
    const lines = shownConfig(readConfig()).map(([name, value]) => `${name}=${value}\n`);
    process.stdout.write(lines.join(''));
    return 0;
  },
};

try {
  const [first = '', ...words] = process.argv.slice(2);
  const command = COMMANDS[first];
  process.exitCode = await (command ? command(words) : run(readArguments(process.argv.slice(2))));
} catch (error) {
  const lines =
    error instanceof Problem
      ? LANGUAGES.map(
          (language) =>
            `${message(language, `problems.${error.code}.title`)}\n${message(language, `problems.${error.code}.detail`, paramsOf(error))}`,
        )
      : [error instanceof Error ? error.message : String(error)];
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = 1;
}
