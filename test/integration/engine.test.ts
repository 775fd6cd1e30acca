import { expect } from 'chai';
import { migrateDown, migrateUp } from '../../server/db/index.ts';
import { runSelfTest } from '../../server/overlay/index.ts';
import { openEmpty, rolledBack, testDatabase } from '../support/database.ts';

describe('database engine', () => {
  it(
    'gives the values that the driver promises',
    rolledBack(async (db) => {
      const { rows } = await db.raw(
        `select 1::bigint as big, 1.5::float8 as f, '2026-11-22'::date as d, '{"a":[1]}'::jsonb as j, ?::bytea as b, null as n, true as t`,
        [Buffer.from([0, 255, 7])],
      );
      expect(rows[0]).to.deep.equal({
        big: '1',
        f: 1.5,
        d: '2026-11-22',
        j: { a: [1] },
        b: Buffer.from([0, 255, 7]),
        n: null,
        t: true,
      });
    }),
  );

  it(
    'keeps full double precision',
    rolledBack(async (db) => {
      const value = 113.24009999199998;
      const { rows } = await db.raw('select ?::float8 as f, st_x(st_makepoint(?::float8, 0)) as x', [
        value,
        value,
      ]);
      expect(rows[0]).to.deep.equal({ f: value, x: value });
    }),
  );

  it(
    'answers constraint faults with their SQLSTATE and goes on',
    rolledBack(async (db) => {
      const duplicate = db.transaction((trx) =>
        trx.raw(`insert into division (code, name, level, pinyin, initials) values ('41', 'x', 1, '', '')`),
      );
      const error = await duplicate.then(
        () => null,
        (e: { code: string }) => e,
      );
      expect(error).to.include({ code: '23505' });
      expect((await db.raw('select 1 as one')).rows).to.deep.equal([{ one: 1 }]);
    }),
  );

  it(
    'passes its self-test, and fails it when a piece is lost',
    rolledBack(async (db, { gridSize }) => {
      expect(await runSelfTest(db, gridSize)).to.deep.equal([]);
      await db.raw(`delete from piece where county_code = '000000' and feature_id is not null`);
      expect(await runSelfTest(db, gridSize)).to.have.length(1);
    }),
  );

  it('migrates up, down and up again', async function () {
    this.timeout(90_000);
    const { database, remove } = await openEmpty();
    const tables = async () =>
      (
        await database.knex.raw(
          `select table_name from information_schema.tables where table_schema = 'public'`,
        )
      ).rows.map((row: { table_name: string }) => row.table_name);
    await migrateUp(database.knex);
    expect(await tables()).to.include.members([
      'division',
      'layer',
      'layer_version',
      'feature',
      'piece',
      'land_check',
    ]);
    await migrateDown(database.knex);
    expect(await tables()).not.to.include.members(['division', 'feature', 'land_check']);
    expect(await migrateUp(database.knex)).to.be.greaterThan(0);
    await remove();
  });

  it('commits what was acknowledged and only that', async () => {
    const { knex } = await testDatabase();
    await knex.raw('create table acknowledged (n int)');
    try {
      await knex.transaction((trx) => trx.raw('insert into acknowledged values (1)'));
      await knex
        .transaction(async (trx) => {
          await trx.raw('insert into acknowledged values (2)');
          throw new Error('no');
        })
        .catch(() => undefined);
      expect((await knex.raw('select n from acknowledged')).rows).to.deep.equal([{ n: 1 }]);
    } finally {
      await knex.raw('drop table acknowledged');
    }
  });
});
