import { rolledBack } from '../support/database.ts';
import { compareShapes } from '../support/overlay_differential.ts';

describe('overlay against a formula', function () {
  this.timeout(240_000);

  it(
    'agrees with clipping by formula on 300 random and adversarial shapes',
    rolledBack(async (db, { gridSize }) => {
      await compareShapes(db, gridSize, { count: 300, seed: 20261122 });
    }),
  );
});
