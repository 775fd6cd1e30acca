import { expect } from 'chai';
import type { Knex } from 'knex';
import { submitCheck } from '../../server/checks/submit_check.ts';
import type { Database } from '../../server/db/index.ts';
import { loadVersion } from '../../server/imports/index.ts';
import type { OverlayOptions } from '../../server/overlay/index.ts';
import { measureCoverage, measureParts } from '../../server/overlay/queries.ts';
import { ruleBook } from '../../server/rules/index.ts';
import { rolledBack, testDatabase } from '../support/database.ts';
import { COUNTY, cells, polygon, version } from '../support/test_land.ts';

/** Yards outside every zone: the one place of the test land where trees are clear. */
const YARDS = polygon(cells(2.1, 0.1, 2.9, 1.9));
const REQUIRED = ruleBook().activities.get('trees')!.requires;

type Measures = NonNullable<OverlayOptions['measures']>;
type Fault = (version: string, db: Knex.Transaction) => Partial<Measures> | Promise<Partial<Measures>>;

const raise = (sqlstate: string) =>
  `do $$ begin raise exception 'injected' using errcode = '${sqlstate}'; end $$`;

/** What can go wrong with one layer's measuring. */
const FAULTS: Record<string, Fault> = {
  'a statement that throws': (version) => ({
    parts: async (...args) => {
      if (args[3].includes(version)) await args[0].raw(raise('XX000'));
      return measureParts(...args);
    },
  }),
  'a statement that times out': (version) => ({
    coverage: async (...args) => {
      if (args[3].includes(version)) await args[0].raw(raise('57014'));
      return measureCoverage(...args);
    },
  }),
  'a row that is missing': (version) => ({
    parts: async (...args) => (await measureParts(...args)).filter((part) => part.version_id !== version),
  }),
  'a coverage that is missing': (version) => ({
    coverage: async (...args) => {
      const coverage = await measureCoverage(...args);
      coverage.delete(version);
      return coverage;
    },
  }),
  'half an area': (version) => ({
    parts: async (...args) =>
      (await measureParts(...args)).map((part) =>
        part.version_id === version ? { ...part, area_m2: part.area_m2 / 2 } : part,
      ),
  }),
  'no number': (version) => ({
    parts: async (...args) =>
      (await measureParts(...args)).map((part) =>
        part.version_id === version ? { ...part, area_m2: Number.NaN } : part,
      ),
  }),
  'a lost piece': async (version, db) => {
    await db.raw('delete from piece where version_id = ?', [version]);
    return {};
  },
  'a version withdrawn': async (version, db) => {
    await db.raw(`update layer_version set status = 'withdrawn' where id = ?`, [version]);
    return {};
  },
};

async function outcome(db: Knex.Transaction, database: Database, faults: Partial<Measures>): Promise<string> {
  const check = await submitCheck(
    { geometry: YARDS, activity: 'trees', details: { trees: 'fruit' } },
    {
      db,
      rules: ruleBook(),
      today: '2026-11-22',
      overlay: {
        gridSize: database.gridSize,
        measures: { parts: measureParts, coverage: measureCoverage, ...faults },
      },
    },
  );
  return check.outcome;
}

/** The test land leaves the nature reserves without data; here they are declared empty. */
async function completeLand(db: Knex.Transaction, gridSize: number): Promise<void> {
  await loadVersion(db, COUNTY, version('nature_reserve', []), {
    gridSize,
    demonstration: true,
    partition: false,
  });
}

describe('a check under faults', () => {
  before(() => testDatabase());

  it(
    'is clear where every required layer was asked and answered',
    rolledBack(async (db, database) => {
      expect(await outcome(db, database, {})).to.equal('unknown');
      await completeLand(db, database.gridSize);
      expect(await outcome(db, database, {})).to.equal('clear');
    }),
  );

  for (const layer of REQUIRED) {
    for (const [name, fault] of Object.entries(FAULTS)) {
      it(
        `is not clear with ${name} of ${layer}`,
        rolledBack(async (db, database) => {
          await completeLand(db, database.gridSize);
          const { rows } = await db.raw(`select id from layer_version where layer = ? and county_code = ?`, [
            layer,
            COUNTY,
          ]);
          const faults = await fault(rows[0].id, db);
          // after a time-out there is no answer at all
          const answer = outcome(db, database, faults).catch((error: { code: string }) => error.code);
          expect(await answer).to.be.oneOf(['unknown', 'conflict', '57014']);
        }),
      );
    }
  }
});
