import { expect } from 'chai';
import { demonstrationCounties } from '../../data/demonstration/index.ts';
import { loadCounty } from '../../server/seed.ts';
import { type Opened, openEmpty, rolledBack } from '../support/database.ts';
import { compareOnDemonstration, LandByJsts } from '../support/demonstration_differential.ts';
import { compareShapes } from '../support/overlay_differential.ts';
import { prepareEmpty } from '../support/prepare.ts';

describe('overlay against a formula', function () {
  this.timeout(240_000);

  it(
    'agrees with clipping by formula on 300 random and adversarial shapes',
    rolledBack(async (db, { gridSize }) => {
      await compareShapes(db, gridSize, { count: 300, seed: 20261122 });
    }),
  );
});

describe('overlay of demonstration land against another engine', function () {
  this.timeout(240_000);
  let opened: Opened;
  before(async () => {
    opened = await openEmpty();
    await prepareEmpty(opened.database);
  });
  after(() => opened.remove());

  it('agrees with JSTS on 300 shapes at corners of parcels and zones', async () => {
    const { knex, gridSize } = opened.database;
    const [county] = [
      ...demonstrationCounties({ counties: ['410821'], townshipsPerCounty: 1, density: 0.5 }),
    ];
    await loadCounty(opened.database, county!, () => undefined);
    const land = new LandByJsts(county!);
    const affected = await knex.transaction((db) =>
      compareOnDemonstration(db, gridSize, land, { count: 300, seed: 20261122 }),
    );
    expect(affected).to.be.greaterThan(300);
  });
});
