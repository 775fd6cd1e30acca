import { type Database, migrateUp } from '../../server/db/index.ts';
import { seedCatalogues } from '../../server/seed.ts';

/** Schema and catalogues, no land. */
export async function prepareEmpty(database: Database): Promise<void> {
  await migrateUp(database.knex);
  await seedCatalogues(database);
}
