import { testDatabase } from './database.ts';

/** The area of the run's installation; made where no test has made a first administrator. */
export async function installationAreaForTests(): Promise<string> {
  const { knex } = await testDatabase();
  await knex.raw("insert into installation (area) values ('41') on conflict do nothing");
  const [row] = (await knex('installation').select('area')) as { area: string }[];
  return row!.area;
}
