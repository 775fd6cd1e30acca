import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demonstrationCounties } from '../../data/demonstration/index.ts';
import { type Database, LOAD_STATEMENT_LIMIT_MS, openEmbedded, openNative } from '../../server/db/index.ts';
import { loadCounty } from '../../server/seed.ts';
import { startPostgresCluster } from '../support/postgres_cluster.ts';
import { prepareEmpty } from '../support/prepare.ts';

async function prepare(database: Database): Promise<void> {
  await prepareEmpty(database);
  for (const county of demonstrationCounties()) await loadCounty(database, county, () => undefined);
  await database.knex.raw('analyze');
}

/** The same demonstration land on the embedded engine and on PostGIS, for as long as `work` takes. */
export async function withBothEngines(
  work: (engines: { embedded: Database; native: Database }) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cunma-bench-'));
  const cluster = await startPostgresCluster();
  const embedded = await openEmbedded(folder, { limitMs: LOAD_STATEMENT_LIMIT_MS });
  const native = openNative(cluster.url);
  try {
    await prepare(embedded);
    await prepare(native);
    await work({ embedded, native });
  } finally {
    await embedded.close();
    await native.close();
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
