import type { Knex } from 'knex';
import { slicesOf, verifyChains } from '../audit/index.ts';
import { type Database, knownMigrations } from '../db/index.ts';
import { migrationsRun } from './catalogue_queries.ts';
import { roleStates, unguardedTables, versions } from './doctor_queries.ts';
import type { FileStore } from './file_store.ts';
import { type Finding, fault, ok, warning } from './finding.ts';

const ROLES = ['cunma_app', 'cunma_sign_in'];

/** What `cunma doctor` asks an open database, each on its own: one that fails does not keep the others from telling. */
export async function* examineDatabase(
  database: Database,
  blobs: ReturnType<FileStore['at']>,
  names: FileStore['names'],
  selfTest: (db: Knex, gridSize: number) => Promise<string[]>,
): AsyncGenerator<Finding> {
  const { knex, kind, gridSize } = database;
  yield ok('engine', { engine: kind, ...(await versions(knex)) });
  const run = await migrationsRun(knex);
  yield await examineMigrations(run);
  yield* await examineRoles(knex);
  if (run.length < (await knownMigrations()).length) return;
  yield await examineAudit(knex);
  yield await examineFiles(await names(knex), blobs);
  const faults = await knex.transaction((db) => selfTest(db, gridSize));
  yield faults.length === 0
    ? ok('self_test')
    : fault('self_test', 'self_test_failed', { faults: faults.join('; ') });
}

async function examineMigrations(run: readonly string[]): Promise<Finding> {
  const known = await knownMigrations();
  const foreign = run.find((name) => !known.includes(name));
  if (foreign !== undefined) return fault('migrations', 'migrations_ahead', { name: foreign });
  const missing = known.length - run.length;
  return missing > 0
    ? warning('migrations', 'migrations_behind', { count: missing })
    : ok('migrations', { count: run.length });
}

async function examineRoles(knex: Knex): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { role, usable, unbound } of await roleStates(knex, ROLES)) {
    if (!usable) found.push(fault('roles', 'roles_missing', { role }));
    if (unbound) found.push(fault('roles', 'roles_too_strong', { role }));
  }
  for (const table of await unguardedTables(knex)) found.push(fault('roles', 'tables_open', { table }));
  return found.length > 0 ? found : [ok('roles')];
}

async function examineAudit(knex: Knex): Promise<Finding> {
  let [chains, entries] = [0, 0];
  for await (const chain of verifyChains(slicesOf(knex, null), [], new AbortController().signal)) {
    if (chain.fault !== null)
      return fault('audit', 'audit_broken', { county: chain.county_code, seq: String(chain.fault.seq) });
    chains++;
    entries += chain.entries;
  }
  return ok('audit', { chains, entries });
}

async function examineFiles(names: readonly string[], blobs: ReturnType<FileStore['at']>): Promise<Finding> {
  const missing: string[] = [];
  for (const name of names) if ((await blobs.size(name)) === null) missing.push(name);
  return missing.length > 0
    ? fault('files', 'files_missing', { count: missing.length, name: missing[0]! })
    : ok('files', { count: names.length });
}
