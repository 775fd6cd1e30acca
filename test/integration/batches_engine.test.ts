import { expect } from 'chai';
import type { Knex } from 'knex';
import type { Database } from '../../server/db/index.ts';
import { readShape, type Shape, shapeEwkb } from '../../server/geometry/index.ts';
import { landAt, versionsInForce } from '../../server/layers/index.ts';
import { overlayBatch } from '../../server/overlay/batch.ts';
import { measureBatchCoverage, measureBatchParts } from '../../server/overlay/batch_queries.ts';
import {
  type BatchLand,
  type BatchOptions,
  type BatchShape,
  type OverlayResult,
  overlayShape,
  overlaySlice,
  sameCoverage,
  type Transactions,
} from '../../server/overlay/index.ts';
import { measureOverlap } from '../../server/overlay/overlap_queries.ts';
import { measureCoverage, measureParts } from '../../server/overlay/queries.ts';
import { Problem } from '../../server/problems.ts';
import { NEIGHBOUR, twoCounties } from '../support/batches.ts';
import type { Opened } from '../support/database.ts';
import { random, starRing } from '../support/random_shapes.ts';
import { COUNTY, cells, polygon } from '../support/test_land.ts';

const DAY = '2026-11-22';
/** What sums of the same numbers in another order may differ by, m². */
const ORDER_M2 = 1e-6;

const square = (west: number, south: number, east: number, north: number): Shape =>
  readShape(polygon(cells(west, south, east, north)), {});

/** Stars up to 100 m across both counties and beyond the edges, and slivers down to a tenth of a millimetre. */
function shapes(count: number, seed: number): Shape[] {
  const next = random(seed);
  const made: Shape[] = [];
  while (made.length < count) {
    const east = next() < 0.5 ? 0 : 4;
    const sliver = next() < 0.15;
    const ring = sliver
      ? thin(next, east)
      : starRing(next).map(([lon, lat]) => [lon! + east * 0.001, lat!] as [number, number]);
    try {
      made.push(readShape({ type: 'Polygon', coordinates: [ring] }, {}));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }
  return made;
}

/** Along a border of parcels, zones or counties: up to 400 m long, 0.1 mm to 1 m wide. */
function thin(next: () => number, east: number): [number, number][] {
  const at = Math.floor(next() * 5) + east;
  const width = 10 ** (-6 + next() * 4);
  const off = (next() - 0.5) * width;
  const [from, to] = [next() * 2, 2 + next() * 2];
  return next() < 0.5
    ? cells(at + off, from, at + off + width, to)
    : cells(from + east, (at % 5) + off, to + east, (at % 5) + off + width);
}

async function batchOf(db: Knex, all: readonly Shape[]): Promise<{ land: BatchLand; each: BatchShape[] }> {
  const each: BatchShape[] = [];
  for (const shape of all) each.push({ shape, counties: (await landAt(db, shapeEwkb(shape), DAY)).counties });
  const { layers } = await landAt(db, shapeEwkb(all[0]!), DAY);
  const versions = await versionsInForce(db, DAY, [COUNTY, NEIGHBOUR]);
  const coverage = await sameCoverage(
    db,
    versions.map(({ id }) => id),
  );
  return { land: { as_of: DAY, layers, versions, coverage: Object.fromEntries(coverage) }, each };
}

const near = (a: number, b: number, what: string) => expect(a, what).to.be.closeTo(b, ORDER_M2);

/** The same answer; areas up to the order in which they were added up. */
function same(found: OverlayResult, alone: OverlayResult, what: string): void {
  expect(found.counties, what).to.deep.equal(alone.counties);
  expect(found.village_code, what).to.equal(alone.village_code);
  expect(found.layers.length, what).to.equal(alone.layers.length);
  for (const [i, row] of alone.layers.entries()) {
    const other = found.layers[i]!;
    const where = `${what} ${row.layer.key}`;
    const { layer, status, reason } = other;
    expect([layer.key, status, reason], where).to.deep.equal([row.layer.key, row.status, row.reason]);
    expect(other.versions.map(({ id }) => id).sort(), where).to.deep.equal(
      row.versions.map(({ id }) => id).sort(),
    );
    for (const key of ['area_m2', 'below_threshold_m2', 'uncovered_m2'] as const)
      near(other[key], row[key], `${where} ${key}`);
    for (const list of ['hits', 'traces'] as const) {
      const byCode = (result: typeof row) => [...result[list]].sort((a, b) => a.code.localeCompare(b.code));
      expect(
        byCode(other).map(({ code, name }) => [code, name]),
        where,
      ).to.deep.equal(byCode(row).map(({ code, name }) => [code, name]));
      byCode(row).forEach((hit, k) => {
        near(byCode(other)[k]!.area_m2, hit.area_m2, `${where} ${hit.code}`);
        near(byCode(other)[k]!.net_area_m2, hit.net_area_m2, `${where} ${hit.code} net`);
      });
    }
  }
  expect(found.villages.map(({ code }) => code).sort(), what).to.deep.equal(
    alone.villages.map(({ code }) => code).sort(),
  );
  for (const { code, area_m2 } of alone.villages)
    near(found.villages.find((v) => v.code === code)!.area_m2, area_m2, what);
}

/** What the database says when it ends a statement whose time is over. */
const timeOver = () =>
  Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' });
const broken = () => Object.assign(new Error('TopologyException: side location conflict'), { code: 'XX000' });

describe('a batch of overlays', function () {
  this.timeout(240_000);
  let opened: Opened;
  let database: Database;
  before(async () => {
    opened = await twoCounties();
    ({ database } = opened);
  });
  after(() => opened.remove());

  const transaction: Transactions = (work) =>
    database.knex.transaction(work, { isolationLevel: 'repeatable read' });
  const options = (): BatchOptions => ({ gridSize: database.gridSize });
  const slice = async (all: Shape[], more: Partial<BatchOptions> = {}) => {
    const { land, each } = await transaction((db) => batchOf(db, all));
    return overlaySlice(transaction, each, land, { ...options(), ...more });
  };
  /** By the statements of a slice alone, without the second try shape by shape. */
  const together = async (all: Shape[], more: Partial<BatchOptions>) => {
    const { land, each } = await transaction((db) => batchOf(db, all));
    return transaction((db) => overlayBatch(db, each, land, { ...options(), ...more }));
  };
  const batchWith = (measures: Partial<NonNullable<BatchOptions['batch']>>): Partial<BatchOptions> => ({
    batch: { parts: measureBatchParts, coverage: measureBatchCoverage, overlap: measureOverlap, ...measures },
  });
  const alone = (shape: Shape) => transaction((db) => overlayShape(db, { shape, asOf: DAY }, options()));

  it('answers for each of 400 shapes what an overlay of it alone answers: over edges, borders of counties, slivers', async () => {
    const all = shapes(400, 26);
    const met = new Map<string, number>();
    for (let from = 0; from < all.length; from += 100) {
      const part = all.slice(from, from + 100);
      const found = await slice(part, { onFailure: (_, error) => expect.fail(String(error)) });
      for (const [i, shape] of part.entries()) {
        same(found[i]!, await alone(shape), `shape ${from + i} of ${shape.area_m2} m²`);
        const counties = found[i]!.layers[0]!.versions.length;
        met.set(`${counties} counties`, (met.get(`${counties} counties`) ?? 0) + 1);
        for (const { status } of found[i]!.layers) met.set(status, (met.get(status) ?? 0) + 1);
      }
    }
    // the shapes are of every kind, or this test says little
    for (const kind of ['1 counties', '2 counties', 'affected', 'not_affected', 'no_data'])
      expect(met.get(kind) ?? 0, kind).to.be.greaterThan(20);
  });

  it('adds up over two counties, each with its own farmland', async () => {
    const [result] = await slice([square(3, 1, 5, 2)]);
    const row = (key: string) => result!.layers.find(({ layer }) => layer.key === key)!;
    expect(row('land_use').versions).to.have.length(2);
    const whole = row('land_use').hits.reduce((sum, { area_m2 }) => sum + area_m2, 0);
    expect(whole).to.be.closeTo(result!.area_m2, 1e-3);
    // only the eastern half lies in farmland
    expect(row('permanent_basic_farmland').area_m2).to.be.closeTo(result!.area_m2 / 2, 1e-3);
    expect(result!.villages).to.have.length(2);
  });

  it('asks shape by shape where the statement fails, and answers the same', async () => {
    const all = shapes(12, 7);
    const told: unknown[] = [];
    const parts = () => Promise.reject(broken());
    const found = await slice(all, { ...batchWith({ parts }), onFailure: (_, error) => told.push(error) });
    expect(told.length).to.be.greaterThan(0);
    for (const [i, shape] of all.entries()) same(found[i]!, await alone(shape), `shape ${i}`);
  });

  for (const [what, fault, reason] of [
    ['that takes too long', timeOver, 'timed_out'],
    ['that the database cannot cut', broken, 'query_failed'],
  ] as const)
    it(`fails the one shape ${what}, in every layer, and no other`, async () => {
      const all = [square(0, 0, 1, 1), square(1, 1, 2, 2), square(2.5, 2.5, 3, 3)];
      const bad = shapeEwkb(all[1]!);
      const parts: typeof measureParts = (db, shape, ...rest) =>
        shape.equals(bad) ? Promise.reject(fault()) : measureParts(db, shape, ...rest);
      const found = await slice(all, {
        ...batchWith({ parts: () => Promise.reject(fault()) }),
        measures: { parts, coverage: measureCoverage },
      });
      for (const i of [0, 2]) same(found[i]!, await alone(all[i]!), `shape ${i}`);
      const withData = found[1]!.layers.filter(({ versions }) => versions.length > 0);
      expect(withData.length).to.be.greaterThan(10);
      expect(new Set(withData.map(({ status }) => status))).to.deep.equal(new Set(['failed']));
      expect(new Set(withData.map((row) => row.reason))).to.deep.equal(new Set([reason]));
      expect(found[1]!.layers.some(({ status }) => status === 'not_affected')).to.equal(false);
    });

  it('asks once more, alone, for a shape whose areas do not add up, and for no other', async () => {
    const all = [square(0.2, 0.2, 0.8, 0.8), square(2.2, 0.2, 2.8, 0.8)];
    const parts: typeof measureBatchParts = async (...given) =>
      (await measureBatchParts(...given)).filter(({ ord }) => ord === 0);
    const asked: Buffer[] = [];
    const again: typeof measureParts = (db, shape, ...rest) => {
      asked.push(shape);
      return measureParts(db, shape, ...rest);
    };
    const measures = { parts: again, coverage: measureCoverage };
    const found = await slice(all, { ...batchWith({ parts }), measures });
    for (const [i, shape] of all.entries()) same(found[i]!, await alone(shape), `shape ${i}`);
    expect(asked.every((shape) => shape.equals(shapeEwkb(all[1]!)))).to.equal(true);
    expect(asked).to.have.length(1);
  });

  it('stops between two shapes where nobody wants the answers any more', async () => {
    const all = [square(0, 0, 1, 1), square(1, 1, 2, 2), square(2.5, 2.5, 3, 3)];
    const { land, each } = await transaction((db) => batchOf(db, all));
    const cancelled = new AbortController();
    let asked = 0;
    const parts: typeof measureParts = (...given) => {
      asked++;
      cancelled.abort(new Error('cancelled'));
      return measureParts(...given);
    };
    const answer = overlaySlice(transaction, each, land, {
      ...options(),
      ...batchWith({ parts: () => Promise.reject(broken()) }),
      measures: { parts, coverage: measureCoverage },
      signal: cancelled.signal,
    });
    expect(String(await answer.catch((error: unknown) => error))).to.include('cancelled');
    expect(asked).to.equal(1);
  });

  it('never reads as clear where parts are lost, doubled, moved to another shape, or no numbers', async () => {
    const all = [square(0.2, 0.2, 0.8, 0.8), square(2.2, 0.2, 2.8, 0.8)];
    const keys = ['land_use', 'permanent_basic_farmland', 'geohazard'];
    type Parts = Awaited<ReturnType<typeof measureBatchParts>>;
    const tampered: Record<string, (parts: Parts) => Parts> = {
      'nothing at all': () => [],
      'without those of the second shape': (parts) => parts.filter(({ ord }) => ord === 0),
      doubled: (parts) => [...parts, ...parts],
      'all of the first shape': (parts) => parts.map((part) => ({ ...part, ord: 0 })),
      'no numbers': (parts) => parts.map((part) => ({ ...part, area_m2: Number.NaN })),
    };
    for (const [what, tamper] of Object.entries(tampered)) {
      const parts: typeof measureBatchParts = async (...given) => tamper(await measureBatchParts(...given));
      const found = await together(all, batchWith({ parts }));
      for (const key of keys)
        expect(found[1]!.layers.find(({ layer }) => layer.key === key)!.status, `${what}: ${key}`).to.equal(
          'failed',
        );
    }
  });

  it('has no data where the coverage comes back empty, and fails where it is too small', async () => {
    const all = [square(2.2, 0.2, 2.8, 0.8)];
    const status = async (coverage: typeof measureBatchCoverage, parts: typeof measureBatchParts) => {
      const [found] = await together(all, batchWith({ coverage, parts }));
      return found!.layers.find(({ layer }) => layer.key === 'geohazard')!.status;
    };
    expect(
      await status(
        async () => [],
        async () => [],
      ),
    ).to.equal('no_data');
    expect(await status(async () => [], measureBatchParts)).to.equal('failed');
    const half: typeof measureBatchCoverage = async (...given) =>
      (await measureBatchCoverage(...given)).map((row) => ({ ...row, area_m2: row.area_m2 / 2 }));
    expect(await status(half, measureBatchParts)).to.equal('failed');
  });

  it('fails what rests on a version that has been removed', async () => {
    const db = await database.knex.transaction();
    try {
      const { land, each } = await batchOf(db, [square(0.2, 0.2, 0.8, 0.8)]);
      const { id } = land.versions.find(
        ({ layer, county_code }) => layer === 'geohazard' && county_code === COUNTY,
      )!;
      await db('layer_version').where({ id }).delete();
      const [found] = await overlayBatch(db, each, land, options());
      const row = found!.layers.find(({ layer }) => layer.key === 'geohazard')!;
      expect([row.status, row.reason]).to.deep.equal(['failed', 'version_removed']);
      expect(found!.layers.find(({ layer }) => layer.key === 'land_use')!.status).to.equal('affected');
    } finally {
      await db.rollback();
    }
  });

  it('is not answered by a version that is published meanwhile', async () => {
    const db = await database.knex.transaction();
    try {
      const { land, each } = await batchOf(db, [square(2.2, 0.2, 2.8, 0.8)]);
      await db.raw(
        `insert into layer_version (county_code, layer, label, source, in_force_from, status, declared_empty, demonstration,
           checksum, published_at, coverage)
         select county_code, layer, 'newer', source, '2026-01-01', 'published', true, demonstration, checksum, now(), coverage
         from layer_version where county_code = ? and layer = 'permanent_basic_farmland'`,
        [COUNTY],
      );
      const [found] = await overlayBatch(db, each, land, options());
      const row = found!.layers.find(({ layer }) => layer.key === 'permanent_basic_farmland')!;
      expect(row.status).to.equal('not_affected');
      expect(row.versions.map(({ label }) => label)).to.deep.equal(['测试 permanent_basic_farmland']);
    } finally {
      await db.rollback();
    }
  });
});
