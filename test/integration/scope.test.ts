import { expect } from 'chai';
import type { Knex } from 'knex';
import { appendAudit, OPERATOR } from '../../server/audit/index.ts';
import { enterScope, PUBLIC_SCOPE, present } from '../../server/db/index.ts';
import { rolledBack } from '../support/database.ts';

const AREA = "st_geomfromtext('MULTIPOLYGON(((113 35,113.1 35,113.1 35.1,113 35)))', 4490)";

/** Checks of three villages, two counties, with ids of 32 letters. */
async function addChecks(db: Knex): Promise<void> {
  for (const [letter, village] of [
    ['a', '410821100201'],
    ['b', '410821101201'],
    ['c', '411221100201'],
  ] as const)
    await db.raw(
      `insert into land_check (county_code, id, expires_at, activity, outcome, village_code, geom, answer)
       values (?, ?, now() + interval '1 day', 'house', 'clear', ?, ${AREA}, '{}')`,
      [village.slice(0, 6), letter.repeat(32), village],
    );
}

async function seen(db: Knex): Promise<string> {
  const { rows } = await db.raw<{ rows: { id: string }[] }>(
    "select left(id, 1) as id from land_check where id in (repeat('a', 32), repeat('b', 32), repeat('c', 32)) order by id",
  );
  return rows.map(({ id }) => id).join('');
}

async function fails(db: Knex.Transaction, sql: string): Promise<string> {
  return db
    .transaction((inner) => inner.raw(sql))
    .then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
}
const INSUFFICIENT_PRIVILEGE = '42501';

describe('row-level security', () => {
  for (const [areas, expected] of [
    [[], ''],
    [['410821'], 'ab'],
    [['410821100'], 'a'],
    [['410821100201'], 'a'],
    [['4108', '411221100201'], 'abc'],
    [['41'], 'abc'],
    [['42'], ''],
    [['410822'], ''],
  ] as const)
    it(
      `lets the areas [${areas}] see the checks "${expected}"`,
      rolledBack(async (db) => {
        await addChecks(db);
        await enterScope(db, { ...PUBLIC_SCOPE, areas });
        expect(await seen(db)).to.equal(expected);
      }),
    );

  it(
    'shows a check to whoever names its id, and no other',
    rolledBack(async (db) => {
      await addChecks(db);
      await enterScope(db, PUBLIC_SCOPE);
      await present(db, 'b'.repeat(32));
      expect(await seen(db)).to.equal('b');
      await present(db, 'b'.repeat(31));
      expect(await seen(db)).to.equal('');
    }),
  );

  it(
    'lets whoever names its id delete a check, and no other; an area is no right to delete',
    rolledBack(async (db) => {
      await addChecks(db);
      await enterScope(db, { ...PUBLIC_SCOPE, areas: ['41'] });
      await db.raw('delete from land_check');
      await present(db, 'b'.repeat(32));
      await db.raw('delete from land_check');
      expect(await seen(db)).to.equal('ac');
      await enterScope(db, { ...PUBLIC_SCOPE, role: 'cunma_sign_in' });
      expect(await fails(db, 'delete from land_check')).to.equal(INSUFFICIENT_PRIVILEGE);
    }),
  );

  it(
    'sees nothing where settings are unset, empty or shorter than a division code',
    rolledBack(async (db) => {
      await addChecks(db);
      await db.raw('set local role cunma_app');
      expect(await seen(db)).to.equal('');
      for (const scope of ['', ',', '4', '%', '4_', '{41}', ' 41', '41 '])
        expect(
          await db.raw("select set_config('cunma.scope', ?, true)", [scope]).then(() => seen(db)),
          scope,
        ).to.equal('');
    }),
  );

  it('refuses a scope that is no list of division codes', async () => {
    await rolledBack(async (db) => {
      const fault = await enterScope(db, { ...PUBLIC_SCOPE, areas: ['41,42'] }).catch(
        (e: Error) => e.message,
      );
      expect(fault).to.include('not a division code');
    })();
  });

  it(
    'keeps password hashes and second factors from the role that does the work',
    rolledBack(async (db) => {
      await enterScope(db, PUBLIC_SCOPE);
      for (const sql of [
        'select password_hash from account_secret',
        'select * from recovery_code',
        'select token_hash from session',
        'select token_hash from api_token',
        'select * from one_time_link',
        'select * from sign_in_attempt',
      ])
        expect(await fails(db, sql), sql).to.equal(INSUFFICIENT_PRIVILEGE);
    }),
  );

  it(
    'lets nobody write published land, change a check, or touch the trail',
    rolledBack(async (db) => {
      await appendAudit(db, OPERATOR, {
        action: 'test.touch',
        record_kind: 'test',
        record_id: '1',
        division_code: '410821',
      });
      for (const role of ['cunma_app', 'cunma_sign_in'] as const) {
        await enterScope(db, { role, account: null, areas: ['41'] });
        for (const sql of [
          'delete from feature',
          "update piece set class_code = '01'",
          'delete from layer_version',
          "update land_check set outcome = 'clear'",
          "update audit_entry set body = '{}'",
          'delete from audit_entry',
          'truncate audit_entry',
          'delete from audit_head',
          'insert into audit_entry select county_code, seq + 1, at, body, hash, account_id, action, record_kind, record_id, division_code from audit_entry',
          'create table mine (x int)',
        ])
          expect(await fails(db, sql), `${role}: ${sql}`).to.equal(INSUFFICIENT_PRIVILEGE);
      }
    }),
  );
});
