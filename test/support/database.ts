import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { after, before } from 'mocha';
import pg from 'pg';
import {
  type Database,
  type EngineKind,
  LOAD_STATEMENT_LIMIT_MS,
  openEmbedded,
  openNative,
} from '../../server/db/index.ts';
import { loadCounty } from '../../server/seed.ts';
import { prepareEmpty } from './prepare.ts';
import { testCounty } from './test_land.ts';

/** Which engine this run tests: `npm test` runs the same files once on each. */
export const ENGINE: EngineKind = process.env.CUNMA_TEST_ENGINE === 'native' ? 'native' : 'embedded';

export interface Opened {
  database: Database;
  remove(): Promise<void>;
}

/** An empty database of the run's engine, nobody else's. */
export async function openEmpty(): Promise<Opened> {
  return ENGINE === 'native' ? openEmptyNative() : openEmptyEmbedded();
}

async function openEmptyEmbedded(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'cunma-test-'));
  const database = await openEmbedded(folder, { limitMs: LOAD_STATEMENT_LIMIT_MS });
  return {
    database,
    remove: async () => {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openEmptyNative(): Promise<Opened> {
  const url = process.env.CUNMA_TEST_DATABASE_URL;
  if (!url) throw new Error('CUNMA_TEST_DATABASE_URL is not set: run the tests with npm test');
  const name = `cunma_test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  const admin = async (sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await admin(`create database ${name}`);
  const database = openNative(Object.assign(new URL(url), { pathname: `/${name}` }).href);
  return {
    database,
    remove: async () => {
      await database.close();
      await admin(`drop database ${name} with (force)`);
    },
  };
}

let shared: Promise<Opened> | null = null;

/** The run's database with catalogues and the test land; opened once, removed when mocha ends. */
export async function testDatabase(): Promise<Database> {
  shared ??= (async () => {
    const opened = await openEmpty();
    await prepareEmpty(opened.database);
    await loadCounty(opened.database, testCounty(), () => undefined);
    return opened;
  })();
  return (await shared).database;
}

// root hooks: the run's database is there before its first test, and gone after its last
before(async function () {
  this.timeout(120_000);
  await testDatabase();
});
after(async function () {
  this.timeout(60_000);
  if (shared) await (await shared).remove();
});

/** A test inside a transaction that is rolled back afterwards. */
export function rolledBack(
  test: (db: Knex.Transaction, database: Database) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const database = await testDatabase();
    const db = await database.knex.transaction();
    try {
      await test(db, database);
    } finally {
      await db.rollback();
    }
  };
}
