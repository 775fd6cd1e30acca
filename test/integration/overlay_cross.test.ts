import { expect } from 'chai';
import type { Knex } from 'knex';
import { readShape } from '../../server/geometry/index.ts';
import { measureCross } from '../../server/overlay/cross_queries.ts';
import { affectedZones, crossShape, type OverlayInput, overlayShape } from '../../server/overlay/index.ts';
import { rolledBack } from '../support/database.ts';
import { officialArea } from '../support/official_area.ts';
import { cells, polygon, type Ring, VILLAGE } from '../support/test_land.ts';

const input = (ring: Ring): OverlayInput => ({ shape: readShape(polygon(ring), {}), asOf: '2026-11-22' });
const area = (...corners: [number, number, number, number]) => officialArea([cells(...corners)]);

async function cross(db: Knex.Transaction, gridSize: number, ring: Ring, measure = measureCross) {
  const asked = input(ring);
  const result = await overlayShape(db, asked, { gridSize });
  const zones = affectedZones(result);
  return { result, zones, tables: await crossShape(db, asked, result, zones, { gridSize, measure }) };
}

describe('cross tables', () => {
  it(
    'count land class, zone, village, slope class and ownership by the official areas, gross and net',
    rolledBack(async (db, { gridSize }) => {
      // columns 1.5 to 2.5: farmland west of 2; rows 0.5 to 1.5: sloping 0103 with 田坎 below 1, flat 0102 above
      const { tables, zones } = await cross(db, gridSize, cells(1.5, 0.5, 2.5, 1.2));
      expect(zones).to.deep.equal(['permanent_basic_farmland']);
      expect(tables[0]!.status).to.equal('complete');
      const found = tables[0]!.cells.map((cell) => [
        cell.class_code,
        cell.zone_code,
        cell.village_code,
        cell.slope_class,
        cell.ownership,
      ]);
      expect(found).to.have.deep.members([
        ['0103', 'pbf', VILLAGE, '3', '30'],
        ['0102', 'pbf', VILLAGE, '1', '30'],
        ['0702', null, VILLAGE, null, '30'],
      ]);
      const cell = (code: string) => tables[0]!.cells.find(({ class_code }) => class_code === code)!;
      expect(cell('0103').area_m2).to.be.closeTo(area(1.5, 0.5, 2, 1), 1e-4);
      expect(cell('0103').net_area_m2).to.be.closeTo(area(1.5, 0.5, 2, 1) * 0.9, 1e-4);
      expect(cell('0102').area_m2).to.be.closeTo(area(1.5, 1, 2, 1.2), 1e-4);
      expect(cell('0102').net_area_m2).to.equal(cell('0102').area_m2);
      expect(cell('0702').area_m2).to.be.closeTo(area(2, 0.5, 2.5, 1.2), 1e-4);
    }),
  );

  it(
    'make one table of each zone layer that is met, each adding up to the shape',
    rolledBack(async (db, { gridSize }) => {
      const { tables, result } = await cross(db, gridSize, cells(0.3, 0.3, 3.7, 3.6));
      expect(tables.map(({ layer }) => layer)).to.have.members([
        'permanent_basic_farmland',
        'ecological_red_line',
      ]);
      for (const table of tables) {
        expect(table.status).to.equal('complete');
        const sum = table.cells.reduce((total, { area_m2 }) => total + area_m2, 0);
        expect(sum).to.be.closeTo(result.area_m2, 1e-3);
      }
    }),
  );

  it(
    'are conserved at the edge of the coverage too',
    rolledBack(async (db, { gridSize }) => {
      const { tables } = await cross(db, gridSize, cells(-0.5, 0.2, 0.5, 0.8));
      expect(tables[0]!.status).to.equal('complete');
      const sum = tables[0]!.cells.reduce((total, { area_m2 }) => total + area_m2, 0);
      expect(sum).to.be.closeTo(area(0, 0.2, 0.5, 0.8), 1e-3);
      expect(tables[0]!.uncovered_m2).to.be.closeTo(area(-0.5, 0.2, 0, 0.8), 1e-3);
    }),
  );

  const faults: Record<string, typeof measureCross> = {
    'a cell that is missing': async (...args) => (await measureCross(...args)).slice(1),
    'a cell that stands twice': async (...args) => {
      const parts = await measureCross(...args);
      return [...parts, parts[0]!];
    },
    'a cell of another class': async (...args) =>
      (await measureCross(...args)).map((part, i) => (i === 0 ? { ...part, class_code: '9999' } : part)),
    'an area that is no number': async (...args) =>
      (await measureCross(...args)).map((part, i) => (i === 0 ? { ...part, area_m2: Number.NaN } : part)),
    'a statement that throws': async (db) => {
      await db.raw('select 1 / 0');
      return [];
    },
    nothing: async () => [],
  };
  for (const [name, measure] of Object.entries(faults))
    it(
      `fail, and show nothing, with ${name}`,
      rolledBack(async (db, { gridSize }) => {
        const { tables } = await cross(db, gridSize, cells(1.5, 0.5, 2.5, 1.2), measure);
        expect(tables).to.have.length(1);
        expect(tables[0]).to.deep.include({
          layer: 'permanent_basic_farmland',
          status: 'failed',
          cells: [],
        });
      }),
    );

  it(
    'say that there is no data where the zone layer has none, never that nothing was found',
    rolledBack(async (db, { gridSize }) => {
      const asked = input(cells(1.5, 0.5, 2.5, 1.2));
      const result = await overlayShape(db, asked, { gridSize });
      const layer = 'nature_reserve';
      expect(result.layers.find((row) => row.layer.key === layer)!.status).to.equal('no_data');
      const tables = await crossShape(db, asked, result, [layer], { gridSize });
      expect(tables).to.deep.equal([{ layer, status: 'no_data', cells: [], uncovered_m2: result.area_m2 }]);
    }),
  );

  it(
    'say that there is no data where no survey is in force, never that the zone has no land',
    rolledBack(async (db, { gridSize }) => {
      await db.raw(`update layer_version set in_force_from = '2026-11-23' where layer = 'land_use'`);
      const asked = input(cells(1.5, 0.5, 2.5, 1.2));
      const result = await overlayShape(db, asked, { gridSize });
      const zones = affectedZones(result);
      expect(zones).to.deep.equal(['permanent_basic_farmland']);
      const [table] = await crossShape(db, asked, result, zones, { gridSize });
      expect(table).to.deep.include({ status: 'no_data', cells: [], uncovered_m2: result.area_m2 });
    }),
  );

  it(
    'are refused for what is no zone layer of the overlay',
    rolledBack(async (db, { gridSize }) => {
      const refusal = async (zones: string[], layers?: string[]) => {
        const asked = { ...input(cells(1.5, 0.5, 2.5, 1.2)), layers };
        const result = await overlayShape(db, asked, { gridSize });
        const error = await crossShape(db, asked, result, zones, { gridSize }).catch((fault) => fault);
        return [error.code, error.params?.layer];
      };
      expect(await refusal(['no_such_layer'])).to.deep.equal(['layer_unknown', 'no_such_layer']);
      expect(await refusal(['land_use'])).to.deep.equal(['layer_unknown', 'land_use']);
      const farmland = 'permanent_basic_farmland';
      expect(await refusal([farmland], ['land_use'])).to.deep.equal(['layer_unknown', farmland]);
      expect(await refusal([farmland], [farmland])).to.deep.equal(['layer_unknown', 'land_use']);
    }),
  );

  it(
    'that take too long have failed, and the overlay stands',
    rolledBack(async (db, { gridSize }) => {
      const tooLong: typeof measureCross = async () => {
        await db.raw(
          `do $$ begin raise exception 'canceling statement due to statement timeout' using errcode = '57014'; end $$`,
        );
        return [];
      };
      const { tables, result } = await cross(db, gridSize, cells(1.5, 0.5, 2.5, 1.2), tooLong);
      expect(tables.map(({ status }) => status)).to.deep.equal(['failed']);
      expect(result.layers.some(({ status }) => status === 'affected')).to.equal(true);
    }),
  );
});
