import { demonstrationCounties } from '../data/demonstration/index.ts';
import type { Database } from './db/index.ts';
import { countPublished } from './layers/index.ts';
import { loadCounty } from './seed.ts';

/** Loads the demonstration land where there is no land at all. */
export async function seedDemonstration(
  database: Database,
  tell: (done: number, total: number) => void,
): Promise<void> {
  if ((await countPublished(database.knex)) > 0) return;
  const counties = [...demonstrationCounties()];
  const total = counties.reduce((sum, { versions }) => sum + versions.length, 0);
  let done = 0;
  tell(done, total);
  for (const county of counties) await loadCounty(database, county, () => tell(++done, total));
}
