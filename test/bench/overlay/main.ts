import { startPostgresCluster } from '../../support/postgres_cluster.ts';
import { enginesBench } from './engines.ts';
import { benchLand, SCALES, type Scale } from './land.ts';
import { precision } from './precision.ts';
import { speed } from './speed.ts';

/**
 * `BENCH_SCALES=50k,200k,full npm run bench -- overlay`; by default 50k and 200k. `full` loads 1.44 million parcels,
 * some ten minutes, unless BENCH_LAND_FULL names a database that has them. Then the embedded engine.
 */
export async function overlayBench(): Promise<void> {
  const asked = (process.env.BENCH_SCALES ?? '50k,200k').split(',').filter((name) => name !== '');
  const unknown = asked.find((name) => !(name in SCALES));
  if (unknown !== undefined)
    throw new Error(`no such scale: ${unknown}; there are ${Object.keys(SCALES).join(', ')}`);
  const cluster = await startPostgresCluster();
  const smallest: number[] = [];
  try {
    for (const scale of asked as Scale[]) {
      const land = await benchLand(cluster.url, scale);
      try {
        console.log(`\n## ${scale}: ${land.parcels.toLocaleString('en')} parcels, PostGIS`);
        await precision(land);
        smallest.push(await speed(land));
      } finally {
        await land.close();
      }
    }
  } finally {
    await cluster.stop();
  }
  if (smallest.length > 1)
    console.log(
      `\ngrowth of the HTTP p50 at 0.1 ha from ${asked[0]} to ${asked.at(-1)}: × ${(smallest.at(-1)! / smallest[0]!).toFixed(2)}`,
    );
  console.log('\n## embedded and native engine, demonstration land');
  await enginesBench();
}
