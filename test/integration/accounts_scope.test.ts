import { expect } from 'chai';
import type { Knex } from 'knex';
import { enterScope } from '../../server/db/index.ts';
import { rolledBack } from '../support/database.ts';

const INSUFFICIENT_PRIVILEGE = '42501';

/** Outcome of one statement: rows it touched, or the database's refusal. */
async function tried(db: Knex.Transaction, sql: string): Promise<number | string> {
  return db
    .transaction(async (inner) => (await inner.raw<{ rowCount: number }>(sql)).rowCount)
    .catch((error: { code: string }) => error.code);
}

/** office/role@area: account 1 city, 2 county, 3 county with a role next door, 4 next door with a role here. */
async function addPeople(db: Knex): Promise<void> {
  await db.raw('delete from account');
  const people: [number, string, string[]][] = [
    [1, '41', ['41']],
    [2, '410821', ['410821']],
    [3, '410821', ['410821', '411221']],
    [4, '411221', ['410821', '411221']],
    [5, '411221', ['411221']],
  ];
  for (const [id, division_code, areas] of people) {
    await db('account').insert({ id, login: `p${id}`, name: 'x', division_code });
    for (const area of areas)
      await db('assignment').insert({ account_id: id, role: 'planner', division_code: area });
    const token_hash = Buffer.from([id]);
    await db('session').insert({ account_id: id, token_hash, expires_at: new Date(Date.now() + 3_600_000) });
    await db('account_secret').insert({ account_id: id, password_hash: 'x' });
  }
}

async function seen(db: Knex, sql: string): Promise<string> {
  const { rows } = await db.raw<{ rows: { id: string }[] }>(sql);
  return rows.map(({ id }) => id).join('');
}

describe('people under row-level security, by raw SQL', () => {
  for (const [areas, accounts, ways] of [
    [['41'], '12345', '12345'],
    [['410821'], '234', '2'],
    [['411221'], '345', '5'],
    [['410821', '411221'], '2345', '2345'],
    [['410821101'], '', ''],
    [[], '', ''],
  ] as const)
    it(
      `whoever administers [${areas}] sees the people ${accounts || '-'} and the ways in of ${ways || '-'}`,
      rolledBack(async (db) => {
        await addPeople(db);
        await enterScope(db, { role: 'cunma_app', account: null, areas });
        expect(await seen(db, 'select id from account order by id')).to.equal(accounts);
        expect(await seen(db, 'select account_id as id from session order by 1')).to.equal(ways);
      }),
    );

  it(
    'a county changes neither other offices’ people nor ways in that lead beyond it',
    rolledBack(async (db) => {
      await addPeople(db);
      await enterScope(db, { role: 'cunma_app', account: '2', areas: ['410821'] });
      expect(await tried(db, 'update account set active = false where id in (1, 4, 5)')).to.equal(0);
      expect(
        await tried(db, 'update session set ended_at = now() where account_id in (1, 3, 4, 5)'),
      ).to.equal(0);
      expect(await tried(db, "delete from assignment where division_code = '411221'")).to.equal(0);
      for (const sql of [
        "insert into assignment (account_id, role, division_code) values (2, 'administrator', '41')",
        "insert into account (login, name, division_code) values ('y', 'y', '411221')",
        "update account set division_code = '411221' where id = 3",
        "insert into one_time_link (token_hash, account_id, purpose, expires_at) values ('x', 3, 'set_password', now())",
        `insert into api_token (account_id, label, token_hash, rights, division_code, created_by, expires_at)
         values (3, 'x', 'x', '{}', '410821', 2, now())`,
        `insert into api_token (account_id, label, token_hash, rights, division_code, created_by, expires_at)
         values (2, 'x', 'x', '{}', '41', 2, now())`,
      ])
        expect(await tried(db, sql), sql).to.equal(INSUFFICIENT_PRIVILEGE);
      expect(
        await tried(
          db,
          "insert into one_time_link (token_hash, account_id, purpose, expires_at) values ('x', 2, 'set_password', now())",
        ),
      ).to.equal(1);
    }),
  );

  it(
    'nobody without an area sees more than themselves, and no request but a sign-in sees secrets',
    rolledBack(async (db) => {
      await addPeople(db);
      await enterScope(db, { role: 'cunma_app', account: '3', areas: [] });
      expect(await seen(db, 'select id from account')).to.equal('3');
      expect(await seen(db, 'select account_id as id from session')).to.equal('3');
      for (const table of [
        'account_secret',
        'recovery_code',
        'oidc_flow',
        'one_time_link',
        'sign_in_attempt',
      ])
        expect(await tried(db, `select * from ${table}`), table).to.equal(INSUFFICIENT_PRIVILEGE);
      expect(await tried(db, "update account set division_code = '41' where id = 3")).to.equal(0);
      expect(await tried(db, 'update account set demonstration = true')).to.equal(INSUFFICIENT_PRIVILEGE);
      expect(await tried(db, 'update installation set area = area')).to.equal(INSUFFICIENT_PRIVILEGE);
      expect(await tried(db, 'delete from account')).to.equal(INSUFFICIENT_PRIVILEGE);
    }),
  );
});
