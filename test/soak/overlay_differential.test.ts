import { expect } from 'chai';
import { rolledBack } from '../support/database.ts';
import { compareShapes } from '../support/overlay_differential.ts';

describe('overlay against a formula, at length', function () {
  this.timeout(1_800_000);

  it(
    'agrees on 10,000 random and adversarial shapes, and GEOS throws on none',
    rolledBack(async (db, database) => {
      for (let block = 0; block < 10; block++) {
        await compareShapes(db, database.gridSize, { count: 1000, seed: 100 + block });
      }
      expect(database.embedded?.counters.exceptions ?? 0).to.equal(0);
    }),
  );
});
