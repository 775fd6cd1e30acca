import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Database, openEmbedded, openNative } from '../../server/db/index.ts';

/** An empty place of its own to restore into: a folder, and a database where there is a cluster to make it in. */
export interface EmptyPlace {
  dataFolder: string;
  /** null: the embedded engine */
  databaseUrl: string | null;
  open(): Promise<Database>;
  remove(): Promise<void>;
}

const CLUSTER = process.env.CUNMA_TEST_DATABASE_URL;
/** Engines that this run can restore into: the native one only where the run has a cluster. */
export const ENGINES: readonly ('embedded' | 'native')[] = CLUSTER ? ['native', 'embedded'] : ['embedded'];

async function admin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: CLUSTER });
  await client.connect();
  await client.query(sql);
  await client.end();
}

export async function emptyPlace(engine: 'embedded' | 'native'): Promise<EmptyPlace> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'cunma-place-'));
  const removeFolder = () => rmSync(dataFolder, { recursive: true, force: true });
  if (engine === 'embedded')
    return {
      dataFolder,
      databaseUrl: null,
      open: () => openEmbedded(dataFolder),
      remove: async () => removeFolder(),
    };
  const name = `cunma_place_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  await admin(`create database ${name}`);
  const databaseUrl = Object.assign(new URL(CLUSTER!), { pathname: `/${name}` }).href;
  return {
    dataFolder,
    databaseUrl,
    open: async () => openNative(databaseUrl),
    remove: async () => {
      await admin(`drop database ${name} with (force)`);
      removeFolder();
    },
  };
}
