import { expect } from 'chai';
import { translateError } from '../../server/db/index.ts';
import { readShape } from '../../server/geometry/index.ts';
import { overlayShape } from '../../server/overlay/index.ts';
import { measureParts } from '../../server/overlay/queries.ts';
import { rolledBack, testDatabase } from '../support/database.ts';
import { cells, polygon } from '../support/test_land.ts';

describe('an overlay that runs away', function () {
  this.timeout(60_000);

  it('is a time-out that says so, and the next one is right', async () => {
    const { knex, embedded, gridSize, kind } = await testDatabase();
    const limit = embedded?.limitMs ?? 0;
    if (embedded) embedded.limitMs = 1500;
    const shape = readShape(polygon(cells(0.1, 0.1, 0.9, 0.9)), {});
    const endless = async (...args: Parameters<typeof measureParts>) => {
      if (kind === 'native') await args[0].raw('set local statement_timeout = 1500');
      await args[0].raw('select count(*) from generate_series(1, 1000000) a, generate_series(1, 1000000) b');
      return measureParts(...args);
    };
    const measures = {
      parts: measureParts,
      coverage: async (...args: Parameters<typeof measureParts>) => {
        await endless(...args);
        return new Map<string, number>();
      },
    };
    try {
      const failed = knex.transaction((db) =>
        overlayShape(db, { shape, asOf: '2026-11-22' }, { gridSize, measures }),
      );
      const error = await failed.then(() => null, translateError);
      expect(error).to.include({ code: 'statement_timeout' });
    } finally {
      if (embedded) embedded.limitMs = limit;
    }
    const { layers } = await knex.transaction((db) =>
      overlayShape(db, { shape, asOf: '2026-11-22' }, { gridSize }),
    );
    expect(layers.find(({ layer }) => layer.key === 'permanent_basic_farmland')!.status).to.equal('affected');
  });

  it(
    'leaves a test that follows its own transaction',
    rolledBack(async (db) => {
      expect((await db.raw('select 1 as one')).rows).to.deep.equal([{ one: 1 }]);
    }),
  );
});
