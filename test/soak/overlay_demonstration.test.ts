import { expect } from 'chai';
import { demonstrationCounties } from '../../data/demonstration/index.ts';
import { loadCounty } from '../../server/seed.ts';
import { type Opened, openEmpty } from '../support/database.ts';
import { compareOnDemonstration, LandByJsts } from '../support/demonstration_differential.ts';
import { prepareEmpty } from '../support/prepare.ts';

describe('overlay of demonstration land against another engine, at length', function () {
  this.timeout(7_200_000);
  let opened: Opened;
  before(async () => {
    opened = await openEmpty();
    await prepareEmpty(opened.database);
  });
  after(() => opened.remove());

  it('agrees with JSTS on 10,000 shapes, and GEOS throws on none', async () => {
    const { knex, gridSize, embedded } = opened.database;
    const [county] = [...demonstrationCounties({ counties: ['410821'], townshipsPerCounty: 1 })];
    await loadCounty(opened.database, county!, () => undefined);
    const land = new LandByJsts(county!);
    for (let block = 0; block < 100; block++)
      await knex.transaction((db) =>
        compareOnDemonstration(db, gridSize, land, { count: 100, seed: 1000 + block }),
      );
    expect(embedded?.counters.exceptions ?? 0).to.equal(0);
  });
});
