import { after, before } from 'mocha';
import { testDatabase } from './database.ts';

/** The area of the run's installation; made where no test has made a first administrator. */
export async function installationAreaForTests(): Promise<string> {
  const { knex } = await testDatabase();
  await knex.raw("insert into installation (area) values ('41') on conflict do nothing");
  const [row] = (await knex('installation').select('area')) as { area: string }[];
  return row!.area;
}

/** Within the surrounding `describe` the installation is for `area`; afterwards for what it was for, if anything. */
export function installedFor(area: string): void {
  let earlier: { area: string }[] = [];
  before(async () => {
    const { knex } = await testDatabase();
    earlier = (await knex('installation').select('area')) as { area: string }[];
    await knex('installation').delete();
    await knex('installation').insert({ area });
  });
  after(async () => {
    const { knex } = await testDatabase();
    await knex('installation').delete();
    if (earlier.length > 0) await knex('installation').insert(earlier);
  });
}
