import { readdirSync } from 'node:fs';
import type { Knex } from 'knex';

const FOLDER = new URL('../../migrations/', import.meta.url);

/** knex's own loader cannot import TypeScript; the files are the same as it would take. */
const source: Knex.MigrationSource<string> = {
  getMigrations: async () =>
    readdirSync(FOLDER)
      .filter((name) => name.endsWith('.ts'))
      .sort(),
  getMigrationName: (name) => name.replace(/\.ts$/, ''),
  getMigration: (name) => import(new URL(name, FOLDER).href) as Promise<Knex.Migration>,
};

const CONFIG: Knex.MigratorConfig = { migrationSource: source, tableName: 'migration' };

/** Brings the schema up to date; answers how many migrations ran. */
export async function migrateUp(knex: Knex): Promise<number> {
  try {
    const [, ran] = (await knex.migrate.latest(CONFIG)) as [number, string[]];
    return ran.length;
  } catch (error) {
    throw inWords(error);
  }
}

const INSUFFICIENT_PRIVILEGE = '42501';

/** A right that is missing: the database says what an administrator shall run, and knex puts the statement before it. */
function inWords(error: unknown): unknown {
  const { code, message } = error as { code?: string; message?: string };
  const said = message?.slice(message.lastIndexOf(' - ') + 3);
  return code === INSUFFICIENT_PRIVILEGE ? new Error(said, { cause: error }) : error;
}

/** Names of the migrations that this version knows, in their order. */
export async function knownMigrations(): Promise<string[]> {
  return (await source.getMigrations([])).map((file) => source.getMigrationName(file));
}

/** Runs just these migrations, in this order, inside the caller's transaction. */
export async function migrateExactly(db: Knex.Transaction, names: readonly string[]): Promise<void> {
  for (const name of names) await db.migrate.up({ ...CONFIG, name });
}

/** Takes every migration back. */
export async function migrateDown(knex: Knex): Promise<void> {
  await knex.migrate.rollback(CONFIG, true);
}
