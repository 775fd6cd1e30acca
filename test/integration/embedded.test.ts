import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Database, openEmbedded, translateError } from '../../server/db/index.ts';
import { ENGINE } from '../support/database.ts';

/** Two bow-ties: GEOS throws, and PGlite alone would answer with no rows and commit. */
const BOW_TIES = `st_area(st_intersection(
  'POLYGON((0 0,10 10,10 0,0 10,0 0))'::geometry, 'POLYGON((1 0,11 10,11 0,1 10,1 0))'::geometry))`;

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'resolved',
    (error: { code: string }) => error.code,
  );

// the native engine raises such errors by itself; what is tested here is the wire below PGlite
if (ENGINE === 'embedded') {
  describe('embedded engine, failing closed', function () {
    this.timeout(120_000);
    let folder = '';
    let database: Database;
    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'cunma-embedded-'));
      database = await openEmbedded(folder, { limitMs: 3000, acquireTimeoutMs: 2000 });
      await database.knex.raw('create table kept (n int)');
    });
    after(async () => {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    });
    beforeEach(() => database.knex.raw('truncate kept'));

    it('rejects 1,000 statements that make GEOS throw, in and out of transactions, and commits none', async () => {
      const codes = new Map<string, number>();
      const count = (code: string) => codes.set(code, (codes.get(code) ?? 0) + 1);
      for (let i = 0; i < 250; i++) {
        count(await codeOf(database.knex.raw(`select ${BOW_TIES}`)));
        count(await codeOf(database.knex.raw(`insert into kept select (${BOW_TIES})::int + ?`, [i])));
        const transaction = database.knex.transaction(async (trx) => {
          await trx.raw('insert into kept values (1)');
          count(await codeOf(trx.raw(`select ${BOW_TIES} + ?`, [i])));
          expect(await codeOf(trx.raw('insert into kept values (2)'))).to.equal('25P02');
        });
        await transaction.catch(() => undefined);
        const savepoint = database.knex.transaction(async (trx) => {
          count(await codeOf(trx.transaction((inner) => inner.raw(`select ${BOW_TIES}`))));
          expect((await trx.raw('select 1 as one')).rows).to.deep.equal([{ one: 1 }]);
          throw new Error('rolled back');
        });
        await savepoint.catch(() => undefined);
      }
      expect([...codes]).to.deep.equal([['XX000', 1000]]);
      expect((await database.knex.raw('select count(*)::int as n from kept')).rows).to.deep.equal([{ n: 0 }]);
      expect(database.embedded!.counters.exceptions).to.equal(1000);
      expect(database.embedded!.counters.recycled).to.be.greaterThan(0);
      const { rows } = await database.knex.raw(
        `select st_area(st_buffer(st_makepoint(0, 0), 1, 64)) as area`,
      );
      expect(rows[0].area).to.be.closeTo(Math.PI, 2e-3);
    });

    it('commits no row of a statement that throws half way, prepared or not', async () => {
      const halfWay = `insert into kept select case when n < 5 then n else st_area(st_intersection(
          st_translate('POLYGON((0 0,10 10,10 0,0 10,0 0))'::geometry, n * 0, 0),
          'POLYGON((1 0,11 10,11 0,1 10,1 0))'::geometry))::int end from generate_series(1, 10) n`;
      expect(await codeOf(database.knex.raw(halfWay))).to.equal('XX000');
      expect(await codeOf(database.knex.raw(`${halfWay} where n > ?`, [0]))).to.equal('XX000');
      expect(await codeOf(database.knex.raw(`${halfWay} where n > ? returning n`, [0]))).to.equal('XX000');
      expect((await database.knex.raw('select count(*)::int as n from kept')).rows).to.deep.equal([{ n: 0 }]);
    });

    it('ends a statement that runs away, in and out of a transaction, and keeps what was committed', async () => {
      const endless = 'select count(*) from generate_series(1, 1000000) a, generate_series(1, 1000000) b';
      await database.knex.raw('insert into kept values (7)');
      expect(await codeOf(database.knex.raw(endless))).to.equal('57014');
      const transaction = database.knex.transaction(async (trx) => {
        await trx.raw('insert into kept values (8)');
        expect(await codeOf(trx.raw(endless))).to.equal('57014');
        expect(await codeOf(trx.raw('insert into kept values (9)'))).to.equal('25P02');
      });
      await transaction.catch(() => undefined);
      expect((await database.knex.raw('select n from kept')).rows).to.deep.equal([{ n: 7 }]);
    });

    it('rolls back what a client left open when its connection went away', async () => {
      const trx = await database.knex.transaction();
      await trx.raw('insert into kept values (5)');
      const client = database.knex.client as {
        acquireConnection(): Promise<unknown>;
        pool: { numUsed(): number };
      };
      expect(client.pool.numUsed()).to.equal(1);
      const connection = await (
        trx as unknown as { client: { acquireConnection(): Promise<{ end(): Promise<void> }> } }
      ).client.acquireConnection();
      await connection.end();
      await trx.rollback().catch(() => undefined);
      expect((await database.knex.raw('select n from kept')).rows).to.deep.equal([]);
    });

    it('answers busy to a query outside the open transaction, and does not wait for ever', async () => {
      await database.knex.transaction(async (trx) => {
        await trx.raw('select 1');
        const error = await database.knex.raw('select 2').then(
          () => null,
          (e: unknown) => e,
        );
        expect(translateError(error)).to.include({ code: 'busy' });
      });
    });

    it('keeps a second process out of the folder', async () => {
      const second = await openEmbedded(folder).then(
        () => null,
        (error: Error) => error,
      );
      expect(second?.name).to.equal('FolderInUse');
      expect(second?.message).to.contain(folder);
    });
  });
}
