import pg from 'pg';
import { demonstrationPlan } from '../../../data/demonstration/index.ts';
import { type Database, migrateUp, openNative } from '../../../server/db/index.ts';
import { analyzeLand } from '../../../server/layers/index.ts';
import { seedCatalogues } from '../../../server/seed.ts';
import { loadDemonstration } from '../../../server/seed_demonstration.ts';
import { NAIVE_TABLE } from './statements.ts';

/** Counties of the prefecture that together have about so many parcels. */
export const SCALES = {
  '50k': ['410803'],
  '200k': ['410882'],
  full: null,
} as const;
export type Scale = keyof typeof SCALES;

export interface BenchLand {
  database: Database;
  /** connection for statements without knex */
  client: pg.Client;
  url: string;
  parcels: number;
  close(): Promise<void>;
}

/**
 * A database with the land of a scale: made in `cluster` (a superuser's URL), or found where `BENCH_LAND_<scale>`
 * names one that was kept.
 */
export async function benchLand(cluster: string, scale: Scale): Promise<BenchLand> {
  const kept = process.env[`BENCH_LAND_${scale.toUpperCase()}`];
  const url = kept ?? Object.assign(new URL(cluster), { pathname: `/bench_${scale}` }).href;
  if (kept === undefined) await createDatabase(cluster, `bench_${scale}`);
  const database = openNative(url);
  await migrateUp(database.knex);
  await seedCatalogues(database);
  const all = demonstrationPlan({ scale: 'prefecture' });
  const wanted = all.filter(
    ({ code }) => (SCALES[scale] as readonly string[] | null)?.includes(code) ?? true,
  );
  let loaded = false;
  for (const county of wanted)
    if ((await loadDemonstration(database, all, county, () => undefined)) === 'loaded') loaded = true;
  if (loaded) await database.knex.transaction(analyzeLand);
  const client = new pg.Client({ connectionString: url, options: '-c jit=off' });
  await client.connect();
  await client.query(
    `do $$ begin if to_regclass('bench_feature') is null then ${NAIVE_TABLE}; end if; end $$`,
  );
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from feature f join layer_version v on v.county_code = f.county_code and v.id = f.version_id
     where v.layer = 'land_use'`,
  );
  return {
    database,
    client,
    url,
    parcels: rows[0]!.n,
    close: async () => {
      await client.end();
      await database.close();
    },
  };
}

async function createDatabase(cluster: string, name: string): Promise<void> {
  const admin = new pg.Client({ connectionString: cluster });
  await admin.connect();
  await admin.query(`create database ${name} template template_postgis`);
  await admin.end();
}
