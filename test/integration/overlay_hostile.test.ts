import { expect } from 'chai';
import { readShape } from '../../server/geometry/index.ts';
import { loadVersion } from '../../server/imports/index.ts';
import { readBatch } from '../../server/imports/read_batch.ts';
import { messageText } from '../../server/messages/index.ts';
import { overlayShape, type SettledLayer } from '../../server/overlay/index.ts';
import type { Problem } from '../../server/problems.ts';
import { at, comb, confetti, type Rings, sieve, slivers, spiral } from '../support/adversarial_shapes.ts';
import { rolledBack } from '../support/database.ts';
import { cells, polygon, type Ring, version } from '../support/test_land.ts';

const DAY = '2026-11-22';
const single = (coordinates: Rings) => ({ type: 'Polygon' as const, coordinates: coordinates as Ring[] });
const several = (coordinates: Rings[]) => ({
  type: 'MultiPolygon' as const,
  coordinates: coordinates as Ring[][],
});

/** Everything of the shape is in a class, outside of all, or uncovered: by layer. */
function expectConserved(row: SettledLayer, shape_m2: number): void {
  const found = row.area_m2 + row.below_threshold_m2;
  expect(row.status, row.layer.key).not.to.equal('failed');
  expect(found + row.uncovered_m2, row.layer.key).to.be.at.most(shape_m2 + 0.01);
  if (row.layer.kind === 'land_use') expect(found + row.uncovered_m2).to.be.closeTo(shape_m2, 0.01);
}

const SHAPES: Record<string, () => Parameters<typeof readShape>[0]> = {
  'a comb of 10,000 vertices': () => single(comb(2500)),
  'a spiral of 19,998 vertices': () => single(spiral(19_998, 40)),
  '5,000 parts': () => several(confetti(5000)),
  'a sieve of 1,500 holes': () => single(sieve(1500)),
  '400 slivers of 0.1 mm': () => several(slivers(400)),
  'a comb over the edge of the coverage': () => single(comb(500, 2.1, 5.9)),
  'a shape over every edge': () => single([cells(-1, -1, 5, 5)]),
  'a shape around the village, which it leaves out': () =>
    single([cells(-1, -1, 5, 5), cells(0, 0, 4, 4).reverse()]),
};

describe('hostile shapes in the engine', function () {
  this.timeout(120_000);

  for (const [name, make] of Object.entries(SHAPES))
    it(
      `adds up for ${name}`,
      rolledBack(async (db, { gridSize }) => {
        const shape = readShape(make(), {});
        const { layers } = await overlayShape(db, { shape, asOf: DAY }, { gridSize });
        for (const row of layers.filter(({ versions }) => versions.length > 0))
          expectConserved(row, shape.area_m2);
      }),
    );

  it(
    'knows nothing of a shape that leaves the village out, however close it is',
    rolledBack(async (db, { gridSize }) => {
      const shape = readShape(SHAPES['a shape around the village, which it leaves out']!(), {});
      const { layers } = await overlayShape(db, { shape, asOf: DAY }, { gridSize });
      for (const row of layers) expect(row, row.layer.key).to.include({ status: 'no_data', area_m2: 0 });
    }),
  );

  it('refuses 10,000 rings beyond the bound of vertices, and a county, which it offers as a batch', () => {
    const refused = (make: () => unknown) => {
      try {
        make();
      } catch (error) {
        return error as Problem;
      }
      throw new Error('not refused');
    };
    expect(refused(() => readShape(several(confetti(10_000)), {})).code).to.equal('too_many_vertices');
    const county = refused(() => readShape(single([cells(0, 0, 400, 400)]), {}));
    expect(county.code).to.equal('area_too_large');
    // and there it is taken: a shape of 1,300 km² among the records of a file
    const file = JSON.stringify(single([cells(0, 0, 400, 400)]));
    const batch = readBatch({ name: 'county.geojson', bytes: Buffer.from(file) });
    expect(batch.records.map(({ area_m2 }) => area_m2)[0]).to.be.greaterThan(1e9);
    const { zh, en } = messageText('problems.area_too_large.detail');
    expect(zh).to.contain('批量');
    expect(en).to.contain('batch').and.to.contain('job');
  });

  it(
    'covers two counties in two 3° zones, each with its own version',
    rolledBack(async (db, { gridSize }) => {
      // the border of zones 37 and 38 is 112.5° E; both counties have one zone layer, the second one also a zone in it
      const box = (west: number, east: number): Ring => [
        [west, 35],
        [east, 35],
        [east, 35.01],
        [west, 35.01],
        [west, 35],
      ];
      const options = { gridSize, demonstration: true, partition: false };
      const of = (west: number, east: number) => ({
        coverage: { type: 'MultiPolygon' as const, coordinates: [[box(west, east)]] },
      });
      await loadVersion(db, '411221', version('steep_slope', [], of(112.49, 112.5)), options);
      const slope = {
        class_code: '5',
        class_name: '5',
        village_code: null,
        kcxs: null,
        attributes: {},
        geometry: polygon(box(112.5, 112.505)),
      };
      await loadVersion(db, '410882', version('steep_slope', [slope], of(112.5, 112.51)), options);
      const shape = readShape(single([box(112.495, 112.507)]), {});
      const { layers } = await overlayShape(
        db,
        { shape, asOf: DAY, layers: ['steep_slope'], near: true },
        { gridSize },
      );
      const [row] = layers;
      expect(row).to.include({ status: 'affected', uncovered_m2: 0 });
      expect(row!.versions.map(({ county_code }) => county_code)).to.have.members(['411221', '410882']);
      // equal heights: areas are as widths
      expect(row!.area_m2 / shape.area_m2).to.be.closeTo(5 / 12, 1e-9);
      // 1 mm of gap between the counties is uncovered, and seen
      const gap = readShape(single([box(112.495, 112.5100001)]), {});
      const over = await overlayShape(db, { shape: gap, asOf: DAY, layers: ['steep_slope'] }, { gridSize });
      expect(over.layers[0]!.uncovered_m2).to.be.closeTo((gap.area_m2 * 1e-7) / 0.0150001, 1e-3);
    }),
  );

  it(
    'sees a sliver of 0.1 mm of a shape inside a zone, and calls it below the threshold',
    rolledBack(async (db, { gridSize }) => {
      const shape = readShape(
        single([[at(1.999999, 0.1), at(2.5, 0.1), at(2.5, 0.9), at(1.999999, 0.9), at(1.999999, 0.1)]]),
        {},
      );
      const { layers } = await overlayShape(
        db,
        { shape, asOf: DAY, layers: ['permanent_basic_farmland'] },
        { gridSize },
      );
      // 1e-9° × 0.0008°: 0.09 mm × 89 m
      expect(layers[0]!.status).to.equal('not_affected');
      expect(layers[0]!.below_threshold_m2).to.be.within(0.0079, 0.0083);
    }),
  );
});
