import { expect } from 'chai';
import type { Knex } from 'knex';
import { overlayOf } from '../../server/checks/run_overlay.ts';
import { submitCheck } from '../../server/checks/submit_check.ts';
import type { Database } from '../../server/db/index.ts';
import { readShape, type Shape, shapeEwkb } from '../../server/geometry/index.ts';
import { loadVersion } from '../../server/imports/index.ts';
import { landAt } from '../../server/layers/index.ts';
import { measureCross } from '../../server/overlay/cross_queries.ts';
import { crossShape, type OverlayOptions, overlayShape } from '../../server/overlay/index.ts';
import { measureOverlap } from '../../server/overlay/overlap_queries.ts';
import { measureCoverage, measureParts } from '../../server/overlay/queries.ts';
import { ruleBook } from '../../server/rules/index.ts';
import { rolledBack } from '../support/database.ts';
import { COUNTY, cells, polygon, testCounty, version } from '../support/test_land.ts';

const DAY = '2026-11-22';
const NEIGHBOUR = '411221';
/** Meets farmland, yards and the red line. */
const MIXED = readShape(polygon(cells(1.5, 2.2, 3.2, 3.2)), {});
/** Yards outside every zone. */
const YARDS = polygon(cells(2.1, 0.1, 2.9, 1.9));
const WITH_DATA = testCounty().versions.map(({ layer }) => layer);

type Measures = NonNullable<OverlayOptions['measures']>;

const run = (
  db: Knex.Transaction,
  { gridSize }: Database,
  measures: Partial<Measures> = {},
  shape: Shape = MIXED,
) =>
  overlayShape(
    db,
    { shape, asOf: DAY },
    { gridSize, measures: { parts: measureParts, coverage: measureCoverage, ...measures } },
  );
const statusesOf = ({ layers }: Awaited<ReturnType<typeof run>>) =>
  Object.fromEntries(layers.map((row) => [row.layer.key, row.status]));
const load = (
  db: Knex.Transaction,
  { gridSize }: Database,
  county: string,
  ...args: Parameters<typeof version>
) => loadVersion(db, county, version(...args), { gridSize, demonstration: true, partition: false });

/** What "trees" in the yards come to, once the reserves are declared empty. */
async function outcome(db: Knex.Transaction, database: Database, measures: Partial<Measures> = {}) {
  const check = await submitCheck(
    { geometry: YARDS, activity: 'trees', details: { trees: 'fruit' } },
    {
      db,
      rules: ruleBook(),
      today: DAY,
      overlay: {
        gridSize: database.gridSize,
        measures: { parts: measureParts, coverage: measureCoverage, ...measures },
      },
    },
  );
  return check.outcome;
}
const complete = (db: Knex.Transaction, database: Database) =>
  load(db, database, COUNTY, 'nature_reserve', []);

describe('the land that an overlay rests on, faulty', () => {
  const FAULTS: Record<string, NonNullable<Measures['land']>> = {
    'no county': async (...args) => ({ ...(await landAt(...args)), counties: [] }),
    'no version': async (...args) => ({ ...(await landAt(...args)), versions: [] }),
    'neither county nor version': async (...args) => ({
      ...(await landAt(...args)),
      counties: [],
      versions: [],
    }),
    'a version twice': async (...args) => {
      const land = await landAt(...args);
      return { ...land, versions: [...land.versions, ...land.versions] };
    },
    'versions of another day': async (db, shape) => {
      const land = await landAt(db, shape, DAY);
      return { ...land, versions: land.versions.map((v) => ({ ...v, in_force_until: '2025-01-01' })) };
    },
  };
  for (const [name, land] of Object.entries(FAULTS))
    it(
      `is never clear with ${name}`,
      rolledBack(async (db, database) => {
        await complete(db, database);
        expect(await outcome(db, database)).to.equal('clear');
        expect(await outcome(db, database, { land })).to.equal('unknown');
        expect(Object.values(statusesOf(await run(db, database, { land })))).not.to.include('not_affected');
      }),
    );

  for (const layer of ruleBook().activities.get('trees')!.requires)
    it(
      `is never clear where the registry or the versions lack ${layer}`,
      rolledBack(async (db, database) => {
        await complete(db, database);
        const without: NonNullable<Measures['land']>[] = [
          async (...args) => {
            const found = await landAt(...args);
            return { ...found, layers: found.layers.filter(({ key }) => key !== layer) };
          },
          async (...args) => {
            const found = await landAt(...args);
            return { ...found, versions: found.versions.filter((v) => v.layer !== layer) };
          },
        ];
        for (const land of without) expect(await outcome(db, database, { land })).to.equal('unknown');
      }),
    );

  it(
    'is an error where the registry is empty',
    rolledBack(async (db, database) => {
      const land: Measures['land'] = async (...args) => ({ ...(await landAt(...args)), layers: [] });
      expect(await outcome(db, database, { land }).catch((error: Error) => error.message)).to.match(
        /registry/,
      );
    }),
  );
});

describe('an overlay with a lost piece', () => {
  for (const layer of WITH_DATA)
    it(
      `has failed in ${layer} and nowhere else, and so has its cross table`,
      rolledBack(async (db, database) => {
        const before = statusesOf(await run(db, database));
        const lost = await db.raw(
          `delete from piece where id in (select p.id from piece p join layer_version v on v.id = p.version_id
             where v.layer = ? and v.county_code = ? and st_intersects(p.geom, st_geomfromewkb(?))
             order by st_area(st_intersection(p.geom, st_geomfromewkb(?))) desc limit 1)
           and version_id = (select id from layer_version where layer = ? and county_code = ?)`,
          [layer, COUNTY, shapeEwkb(MIXED), shapeEwkb(MIXED), layer, COUNTY],
        );
        expect(lost.rowCount).to.equal(1);
        const result = await run(db, database);
        expect(statusesOf(result)).to.deep.equal({ ...before, [layer]: 'failed' });
        const zone = layer === 'land_use' ? 'permanent_basic_farmland' : layer;
        const tables = await crossShape(db, { shape: MIXED, asOf: DAY }, result, [zone], database);
        expect(tables.map(({ status }) => status)).to.deep.equal(['failed']);
        expect(tables[0]!.cells).to.deep.equal([]);
      }),
    );
});

describe('a cross table under faults', () => {
  const cross = async (db: Knex.Transaction, { gridSize }: Database, measure: typeof measureCross) => {
    const result = await run(db, { gridSize } as Database);
    const failures: string[] = [];
    const [table] = await crossShape(db, { shape: MIXED, asOf: DAY }, result, ['permanent_basic_farmland'], {
      gridSize,
      measure,
      onFailure: (what) => failures.push(what),
    });
    return { table: table!, failures };
  };
  const FAULTS: Record<string, typeof measureCross> = {
    'nothing at all': async () => [],
    'a cell lost': async (...args) => (await measureCross(...args)).slice(1),
    'a cell twice': async (...args) => {
      const cells = await measureCross(...args);
      return [...cells, cells[0]!];
    },
    'a cell in another village': async (...args) =>
      (await measureCross(...args)).map((cell, i) =>
        i === 0 ? { ...cell, village_code: '410821100002' } : cell,
      ),
    'gross for net': async (...args) =>
      (await measureCross(...args)).map((cell) => ({ ...cell, net_area_m2: cell.area_m2 * 0.5 })),
    'cells outside for cells inside': async (...args) =>
      (await measureCross(...args)).map((cell) => ({ ...cell, zone_code: null })),
  };

  it(
    'is complete without one',
    rolledBack(async (db, database) => {
      const { table } = await cross(db, database, measureCross);
      expect(table.status).to.equal('complete');
      expect(table.cells.length).to.be.greaterThan(3);
    }),
  );
  for (const [name, measure] of Object.entries(FAULTS))
    it(
      `has failed with ${name}`,
      rolledBack(async (db, database) => {
        expect((await cross(db, database, measure)).table).to.deep.include({ status: 'failed', cells: [] });
      }),
    );

  it(
    'has failed with a statement that throws, and the transaction goes on',
    rolledBack(async (db, database) => {
      const { table, failures } = await cross(db, database, async (trx, ...rest) => {
        await trx.raw('select 1 / 0');
        return measureCross(trx, ...rest);
      });
      expect(table.status).to.equal('failed');
      expect(failures).to.deep.equal(['cross']);
      expect((await cross(db, database, measureCross)).table.status).to.equal('complete');
    }),
  );
});

describe('gaps and overlaps of the land itself', () => {
  it(
    'are uncovered where no parcel of the survey lies, and the answer is unknown there',
    rolledBack(async (db, database) => {
      await complete(db, database);
      await db.raw(
        `update layer_version set status = 'withdrawn' where layer = 'land_use' and county_code = ?`,
        [COUNTY],
      );
      // the survey leaves out the northern yard, in which half of the shape lies
      const parcels = [...testCounty().versions[0]!.features()].filter(
        ({ attributes }) => attributes.TBBH !== '7',
      );
      await load(db, database, COUNTY, 'land_use', parcels);
      expect(await outcome(db, database)).to.equal('unknown');
      const shape = readShape(YARDS, {});
      const { layers } = await run(db, database, {}, shape);
      const survey = layers.find(({ layer }) => layer.key === 'land_use')!;
      expect(survey.status).to.equal('affected');
      // the shape spans rows 0.1 to 1.9: half of it in row 1
      expect(survey.uncovered_m2 / shape.area_m2).to.be.closeTo(0.5, 1e-3);
      const answer = await overlayOf(shape, {}, { db, rules: ruleBook(), overlay: database, today: DAY });
      const land = answer.land_use.reduce((sum, { area_m2 }) => sum + area_m2, 0);
      expect(land + answer.uncovered_m2).to.be.closeTo(answer.area_m2, 0.005);
    }),
  );

  it(
    'are a failure where two counties claim a place, also where the sum would just cover the shape',
    rolledBack(async (db, database) => {
      // the shape is half covered, and that half twice
      const half = polygon(cells(3.5, 1, 4.5, 1.8));
      const claim = (box: ReturnType<typeof cells>) => ({
        coverage: { type: 'MultiPolygon' as const, coordinates: [[box]] },
      });
      await load(db, database, NEIGHBOUR, 'geohazard', [], claim(cells(3.5, 0, 4, 4)));
      const shape = readShape(half, {});
      const result = await run(db, database, {}, shape);
      const row = result.layers.find(({ layer }) => layer.key === 'geohazard')!;
      expect(row).to.include({ status: 'failed', reason: 'areas_do_not_add_up' });
      // without the guard it would read as free
      const blind = await run(db, database, { overlap: async () => new Map() }, shape);
      expect(statusesOf(blind).geohazard).to.equal('not_affected');
      const ids = row.versions.map(({ id }) => id);
      const shared = await measureOverlap(db, shapeEwkb(shape), [COUNTY, NEIGHBOUR], ids, database.gridSize);
      expect(shared.get('geohazard')).to.be.closeTo(shape.area_m2 / 2, 0.01);
    }),
  );

  it(
    'are none where counties only meet',
    rolledBack(async (db, database) => {
      await load(db, database, NEIGHBOUR, 'geohazard', [], {
        coverage: { type: 'MultiPolygon', coordinates: [[cells(4, 0, 6, 4)]] },
      });
      const shape = readShape(polygon(cells(3.5, 1, 4.5, 1.8)), {});
      expect(statusesOf(await run(db, database, {}, shape)).geohazard).to.equal('not_affected');
    }),
  );
});
