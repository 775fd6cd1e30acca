import type { Knex } from 'knex';
import { query } from '../db/index.ts';
import type { DemonstrationPerson } from './demonstration_people.ts';

/** Makes the account of a made-up person, or puts it back as it was meant; answers its id. */
export async function ensurePerson(
  db: Knex,
  { login, role, division_code }: DemonstrationPerson,
  name: string,
): Promise<string> {
  const [row] = await query<{ id: string }>(
    db,
    `insert into account (login, name, division_code, demonstration) values (?, ?, ?, true)
     on conflict (login) do update set name = excluded.name, division_code = excluded.division_code, active = true
       where account.demonstration
     returning id`,
    [login, name, division_code],
  );
  if (row === undefined) throw new Error(`the login ${login} belongs to a real account`);
  await query(
    db,
    'insert into assignment (account_id, role, division_code) values (?, ?, ?) on conflict do nothing',
    [row.id, role, division_code],
  );
  return row.id;
}

/** Says which area the installation is for, where nobody has said so yet. */
export async function ensureArea(db: Knex, area: string): Promise<void> {
  await query(db, 'insert into installation (area) values (?) on conflict do nothing', [area]);
}

/** Says which area the installation is for. */
export async function setArea(db: Knex, area: string): Promise<void> {
  await query(
    db,
    'insert into installation (area) values (?) on conflict (only_row) do update set area = excluded.area',
    [area],
  );
}
