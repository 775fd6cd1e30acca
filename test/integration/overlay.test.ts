import { expect } from 'chai';
import { readShape } from '../../server/geometry/index.ts';
import { overlayShape, type SettledLayer } from '../../server/overlay/index.ts';
import { rolledBack } from '../support/database.ts';
import { officialArea } from '../support/official_area.ts';
import { cells, FARMLAND_HOLE, polygon, type Ring } from '../support/test_land.ts';

const AS_OF = '2026-11-22';
const shapeOf = (...rings: Ring[]) => readShape(polygon(...rings), {});
const row = (layers: SettledLayer[], key: string) => {
  const found = layers.find(({ layer }) => layer.key === key);
  if (!found) throw new Error(`no row for ${key}`);
  return found;
};

describe('overlay', () => {
  it(
    'measures a shape across land classes and zones by the official areas',
    rolledBack(async (db, { gridSize }) => {
      const ring = cells(0.5, 0.5, 1.5, 1.5);
      const result = await overlayShape(db, { shape: shapeOf(ring), asOf: AS_OF }, { gridSize });
      const land = row(result.layers, 'land_use');
      expect(land.status).to.equal('affected');
      const [lower, upper] = [
        officialArea([cells(0.5, 0.5, 1.5, 1)]),
        officialArea([cells(0.5, 1, 1.5, 1.5)]),
      ];
      expect(land.hits.find(({ code }) => code === '0103')!.area_m2).to.be.closeTo(lower, 1e-4);
      expect(land.hits.find(({ code }) => code === '0102')!.area_m2).to.be.closeTo(upper, 1e-4);
      const farmland = row(result.layers, 'permanent_basic_farmland');
      const hole = officialArea([cells(1.25, 1.25, 1.5, 1.5)]);
      expect(farmland.area_m2).to.be.closeTo(officialArea([ring]) - hole, 1e-4);
      expect(row(result.layers, 'ecological_red_line').status).to.equal('not_affected');
      expect(row(result.layers, 'geohazard').status).to.equal('not_affected');
    }),
  );

  it(
    'answers a row for every layer of the registry, and no_data where there is no version',
    rolledBack(async (db, { gridSize }) => {
      const result = await overlayShape(
        db,
        { shape: shapeOf(cells(3, 0, 3.5, 0.5)), asOf: AS_OF },
        { gridSize },
      );
      expect(result.layers).to.have.length(15);
      expect(row(result.layers, 'nature_reserve')).to.include({ status: 'no_data', reason: 'no_version' });
    }),
  );

  it(
    'is no_data outside the land, and before the land was in force',
    rolledBack(async (db, { gridSize }) => {
      const outside = await overlayShape(
        db,
        { shape: shapeOf(cells(50, 50, 51, 51)), asOf: AS_OF },
        { gridSize },
      );
      expect(outside.layers.map(({ status }) => status)).to.satisfy((all: string[]) =>
        all.every((s) => s === 'no_data'),
      );
      const before = await overlayShape(
        db,
        { shape: shapeOf(cells(0, 0, 1, 1)), asOf: '2020-01-01' },
        { gridSize },
      );
      expect(before.layers.map(({ status }) => status)).to.satisfy((all: string[]) =>
        all.every((s) => s === 'no_data'),
      );
    }),
  );

  it(
    'is no_data where a part lies outside the coverage and nothing was found in the rest',
    rolledBack(async (db, { gridSize }) => {
      const ring = cells(3.9, 0.2, 4.1, 0.4);
      const { layers } = await overlayShape(db, { shape: shapeOf(ring), asOf: AS_OF }, { gridSize });
      const hazard = row(layers, 'geohazard');
      expect(hazard).to.include({ status: 'no_data', reason: 'outside_coverage' });
      expect(hazard.uncovered_m2).to.be.closeTo(officialArea([cells(4, 0.2, 4.1, 0.4)]), 1e-4);
      expect(row(layers, 'land_use').status).to.equal('affected');
    }),
  );

  it(
    'does not count a shape traced along the border of a zone',
    rolledBack(async (db, { gridSize }) => {
      const beside = shapeOf(cells(2, 0, 3, 1));
      const { layers } = await overlayShape(db, { shape: beside, asOf: AS_OF }, { gridSize });
      expect(row(layers, 'permanent_basic_farmland')).to.include({ status: 'not_affected', area_m2: 0 });
      const inside = await overlayShape(db, { shape: shapeOf(cells(1, 0, 2, 1)), asOf: AS_OF }, { gridSize });
      expect(row(inside.layers, 'permanent_basic_farmland').area_m2).to.be.closeTo(
        officialArea([cells(1, 0, 2, 1)]),
        1e-4,
      );
    }),
  );

  it(
    'leaves the hole of a zone out',
    rolledBack(async (db, { gridSize }) => {
      const { layers } = await overlayShape(db, { shape: shapeOf(FARMLAND_HOLE), asOf: AS_OF }, { gridSize });
      expect(row(layers, 'permanent_basic_farmland').status).to.equal('not_affected');
    }),
  );

  it(
    'lists what stays below the smallest area that counts, without counting it',
    rolledBack(async (db, { gridSize }) => {
      const sliver = shapeOf(cells(1.999995, 0.1, 2.5, 0.11));
      const { layers } = await overlayShape(db, { shape: sliver, asOf: AS_OF }, { gridSize });
      const farmland = row(layers, 'permanent_basic_farmland');
      expect(farmland.status).to.equal('not_affected');
      expect(farmland.below_threshold_m2).to.be.closeTo(officialArea([cells(1.999995, 0.1, 2, 0.11)]), 1e-4);
    }),
  );

  it(
    'refuses a layer that there is not',
    rolledBack(async (db, { gridSize }) => {
      const asked = overlayShape(
        db,
        { shape: shapeOf(cells(0, 0, 1, 1)), layers: ['moon'], asOf: AS_OF },
        { gridSize },
      );
      const error = await asked.then(
        () => null,
        (e: unknown) => e,
      );
      expect(error).to.include({ code: 'layer_unknown' });
    }),
  );

  it(
    'hits only what counts: not what merely lies beside the shape, nor a sliver of it',
    rolledBack(async (db, { gridSize }) => {
      // traced exactly: eight neighbours touch it
      const traced = await overlayShape(db, { shape: shapeOf(cells(2, 1, 3, 2)), asOf: AS_OF }, { gridSize });
      expect(row(traced.layers, 'land_use').hits.map(({ code }) => code)).to.deep.equal(['0702']);
      const beyond = await overlayShape(
        db,
        { shape: shapeOf(cells(2, 1, 3.00009, 2)), asOf: AS_OF },
        { gridSize },
      );
      const land = row(beyond.layers, 'land_use');
      expect(land.hits.map(({ code }) => code)).to.deep.equal(['0702']);
      expect(land.traces.map(({ code }) => code)).to.deep.equal(['0301']);
      expect(land.below_threshold_m2).to.be.closeTo(officialArea([cells(3, 1, 3.00009, 2)]), 1e-4);
    }),
  );
});
