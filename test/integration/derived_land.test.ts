import { expect } from 'chai';
import type { Knex } from 'knex';
import { changedVersions, rebuildVersion } from '../../server/imports/index.ts';
import { tiedVersions } from '../../server/layers/index.ts';
import { divisionTotals } from '../../server/villages/queries.ts';
import { rolledBack } from '../support/database.ts';
import { COUNTY, VILLAGE } from '../support/test_land.ts';

/** What somebody or something may do to derived rows behind the server's back. */
const CHANGES: Record<string, string> = {
  'a piece is lost': 'delete from piece where ctid = (select min(ctid) from piece where county_code = ?)',
  'a share of bunds is changed': `update piece set kcxs = 0.5 where ctid =
     (select min(ctid) from piece where county_code = ? and kcxs is not null)`,
  'a piece is another village’s': `update piece set village_code = '410821999999' where ctid =
     (select min(ctid) from piece where county_code = ? and village_code is not null)`,
  'a corner is moved': `update piece set geom = st_translate(geom, 0.001, 0) where ctid =
     (select min(ctid) from piece where county_code = ?)`,
  'a part of the coverage stands twice': `insert into coverage_piece select county_code, version_id, id + 1000000, area_m2, geom
     from coverage_piece where ctid = (select min(ctid) from coverage_piece where county_code = ?)`,
  'a sum is changed': `update division_total set area_m2 = area_m2 + 0.01 where ctid =
     (select min(ctid) from division_total where county_code = ?)`,
};

const changed = async (db: Knex) => changedVersions(db, await tiedVersions(db, [COUNTY]));

describe('what is derived from a version', () => {
  it(
    'is tied to it by a checksum, which does not hold any more where',
    rolledBack(async (db) => {
      expect(await changed(db)).to.deep.equal([]);
      for (const [what, sql] of Object.entries(CHANGES)) {
        await db.raw('savepoint before_change');
        const { rowCount } = await db.raw<{ rowCount: number }>(sql, [COUNTY]);
        expect(rowCount, what).to.equal(1);
        expect(await changed(db), what).to.have.length(1);
        await db.raw('rollback to savepoint before_change');
      }
      expect(await changed(db)).to.deep.equal([]);
    }),
  );

  it(
    'is the same when it is derived once more, also from nothing',
    rolledBack(async (db, { gridSize, kind }) => {
      const versions = await tiedVersions(db, [COUNTY]);
      expect(versions.length).to.be.greaterThan(10);
      await db.raw('delete from piece where county_code = ?', [COUNTY]);
      await db.raw('update coverage_piece set area_m2 = 1 where county_code = ?', [COUNTY]);
      for (const version of versions) {
        const copy = kind === 'native';
        expect(await rebuildVersion(db, version, { gridSize, copy }), version.layer).to.equal(
          version.derived_checksum,
        );
      }
      expect(await changed(db)).to.deep.equal([]);
    }),
  );

  it(
    'holds the sums of a township: those of its villages',
    rolledBack(async (db) => {
      const ids = (await tiedVersions(db, [COUNTY])).map(({ id }) => id);
      const township = await divisionTotals(db, COUNTY, VILLAGE.slice(0, 9), ids);
      const { rows } = await db.raw<{ rows: { version_id: string; code: string; area_m2: number }[] }>(
        `select version_id, class_code as code, sum(area_m2) as area_m2 from division_total
         where county_code = ? and division_code like ? and length(division_code) = 12 group by 1, 2`,
        [COUNTY, `${VILLAGE.slice(0, 9)}%`],
      );
      expect(rows.length).to.be.greaterThan(10);
      expect(township).to.have.length(rows.length);
      for (const { version_id, code, area_m2 } of rows)
        expect(
          township.find((row) => row.version_id === version_id && row.code === code)!.area_m2,
          code,
        ).to.be.closeTo(area_m2, 1e-6);
    }),
  );
});
