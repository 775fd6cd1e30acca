import { expect } from 'chai';
import * as fc from 'fast-check';
import { joinLands, MOST_VILLAGES, villagesShown } from '../../../client/inspector/around.ts';
import { attributeLines } from '../../../client/inspector/attributes.ts';
import { batchTitle } from '../../../client/inspector/batch_title.ts';
import { itemQuery, type ListParams, standing } from '../../../client/inspector/item_query.ts';
import { type BatchLayer, itemTone, viewItem } from '../../../client/inspector/item_view.ts';
import { batchShapes } from '../../../client/inspector/map_shapes.ts';
import { nearView } from '../../../client/inspector/near_view.ts';
import { firstBeside, neighbours } from '../../../client/inspector/neighbours.ts';
import { newKey } from '../../../client/inspector/new_key.ts';
import { doneOf, percentDone, statusShown } from '../../../client/inspector/progress.ts';
import type { Batch, BatchMap, Job, LayerStatus } from '../../../server/contract/index.ts';

const PROTECTED = 'permanent_basic_farmland';
const NOTHING: ListParams = { layer: '', sort: '', status: '', township: '', q: '', offset: '' };

describe('what a row of a batch says', () => {
  const status = fc.constantFrom<LayerStatus>('affected', 'not_affected', 'no_data', 'failed');
  const found = fc.record({
    status,
    area_m2: fc.double({ min: 0, max: 1e6, noNaN: true }),
    below_threshold_m2: fc.constantFrom(0, 0.4),
  });
  const layers = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', PROTECTED, 'land_use'), { minLength: 1 });
  const layerOf = (layer: string): BatchLayer => ({
    layer,
    title: layer,
    kind: layer === 'land_use' ? 'land_use' : 'zone',
    colour: '#888888',
    threshold_m2: 1,
  });

  it('names every layer in exactly one list, those without an outcome never among those that are not met', () => {
    fc.assert(
      fc.property(
        layers.chain((keys) =>
          fc.record(Object.fromEntries(keys.map((key) => [key, found])) as Record<string, typeof found>),
        ),
        (item) => {
          const view = viewItem({ layers: item }, Object.keys(item).map(layerOf), PROTECTED);
          const keys = [
            ...view.met.map(({ layer }) => layer.layer),
            ...view.below.map(({ layer }) => layer.layer),
            ...[...view.failed, ...view.no_data, ...view.not_met].map(({ layer }) => layer),
          ];
          const land = item.land_use;
          const silent =
            land !== undefined && !['failed', 'no_data'].includes(land.status) ? ['land_use'] : [];
          expect([...keys, ...silent].sort()).to.deep.equal(Object.keys(item).sort());
          for (const { layer } of view.not_met) expect(item[layer]!.status).to.equal('not_affected');
          const rest = view.met
            .filter(({ layer }) => layer.layer !== PROTECTED)
            .map(({ area_m2 }) => area_m2);
          expect(rest).to.deep.equal([...rest].sort((a, b) => b - a));
          if (item[PROTECTED]?.status === 'affected') expect(view.met[0]!.layer.layer).to.equal(PROTECTED);
        },
      ),
    );
  });

  it('is green only where every layer was looked up and none is met', () => {
    expect(itemTone('not_affected', [], PROTECTED)).to.equal('clear');
    for (const open of ['failed', 'no_data'] as const)
      expect(itemTone(open, [], PROTECTED), open).to.equal('unknown');
    for (const none of ['waiting', 'remark'] as const)
      expect(itemTone(none, [], PROTECTED), none).to.equal('plain');
    expect(itemTone('affected', ['geohazard'], PROTECTED)).to.equal('permit');
    expect(itemTone('affected', ['geohazard', PROTECTED], PROTECTED)).to.equal('conflict');
  });

  it('is drawn over what matters less', () => {
    const feature = (index: number, properties: { status: LayerStatus; layers: string[] }) => ({
      type: 'Feature' as const,
      id: index,
      geometry: { type: 'Point' as const, coordinates: [index, 0] },
      properties: { index, name: null, ...properties },
    });
    const map: BatchMap = {
      type: 'FeatureCollection',
      features: [
        feature(1, { status: 'affected', layers: [PROTECTED] }),
        feature(2, { status: 'not_affected', layers: [] }),
        feature(3, { status: 'failed', layers: [] }),
      ],
      left_out: 0,
    };
    expect(batchShapes(map, PROTECTED).map(({ id, tone }) => `${id} ${tone}`)).to.deep.equal([
      '2 clear',
      '3 unknown',
      '1 conflict',
    ]);
  });
});

describe('the list of a batch', () => {
  it('asks for the largest protected area first, and for statuses of that layer or over all', () => {
    expect(itemQuery(NOTHING, PROTECTED, { limit: 50, offset: 0 }).sort).to.equal(`-${PROTECTED}`);
    expect(itemQuery({ ...NOTHING, sort: 'area' }, PROTECTED, { limit: 50, offset: 0 }).sort).to.equal(
      '-area',
    );
    expect(itemQuery({ ...NOTHING, status: 'layer:no_data' }, 'a', { limit: 1, offset: 0 })).to.include({
      layer: 'a',
      status: 'no_data',
    });
    const overAll = itemQuery({ ...NOTHING, status: 'remark' }, 'a', { limit: 1, offset: 0 });
    expect(overAll.status).to.equal('remark');
    expect(overAll.layer).to.equal(undefined);
  });

  it('leads from each record to the ones beside it, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { minLength: 1, maxLength: 40 }),
        (list) => {
          list.forEach((index, at) => {
            const from = firstBeside(at);
            const rows = list.slice(from, from + 3).map((each) => ({ index: each }));
            const { before, after } = neighbours(rows, from, index);
            expect(before).to.deep.equal(at === 0 ? null : { index: list[at - 1], at: at - 1 });
            expect(after).to.deep.equal(at === list.length - 1 ? null : { index: list[at + 1], at: at + 1 });
          });
        },
      ),
    );
  });

  it('is the file for whoever was sent an address, and leads nowhere where it has changed', () => {
    expect(standing({ ...NOTHING, status: 'failed' }, null, 12)).to.deep.equal({
      at: 11,
      params: { ...NOTHING, sort: 'index' },
      listed: false,
    });
    expect(standing({ ...NOTHING, q: 'x' }, '3', 12)).to.deep.equal({
      at: 3,
      params: { ...NOTHING, q: 'x' },
      listed: true,
    });
    expect(neighbours([{ index: 1 }, { index: 2 }], 0, 7)).to.deep.equal({ before: null, after: null });
  });
});

describe('around a batch', () => {
  it('few villages are shown: that of the open record first, none twice', () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({ village: { code: String(i % 20) } }));
    const codes = villagesShown('7', [{ village: null }, ...rows]);
    expect(codes).to.have.length(MOST_VILLAGES);
    expect(codes[0]).to.equal('7');
    expect(new Set(codes).size).to.equal(codes.length);
    expect(villagesShown(null, [])).to.deep.equal([]);
  });

  it('their lands become one, with what each has', () => {
    const land = (layer: string, count: number) => ({
      boundary: null,
      layers: {
        [layer]: {
          type: 'FeatureCollection' as const,
          features: Array.from({ length: count }, () => ({
            type: 'Feature' as const,
            properties: {},
            geometry: { type: 'Point' as const, coordinates: [0, 0] },
          })),
        },
      },
    });
    const { layers } = joinLands([land('a', 2), land('b', 1), land('a', 3)]);
    expect(Object.entries(layers).map(([key, { features }]) => [key, features.length])).to.deep.equal([
      ['a', 5],
      ['b', 1],
    ]);
  });

  it('outlines are asked for only where somebody looks closely, for all that a wide screen shows', () => {
    expect(nearView([113.4, 35.3], 20)).to.equal(null);
    const [west, south, east, north] = nearView([113.4, 35.3], 1)!;
    // a degree of latitude is 110.95 km there, one of longitude 90.95 km
    expect((north - south) * 110_950).to.be.closeTo(1600, 20);
    expect((east - west) * 90_950).to.be.closeTo(1600, 20);
    expect([(west + east) / 2, (south + north) / 2].map((v) => v.toFixed(3))).to.deep.equal([
      '113.400',
      '35.300',
    ]);
  });

  it('a title comes from the file, a key is new each time, attributes without a value are left out', () => {
    expect(batchTitle('2026年11月 图斑.ZIP')).to.equal('2026年11月 图斑');
    expect(batchTitle('.gpkg')).to.equal('.gpkg');
    expect(batchTitle('v1.2 全县')).to.equal('v1.2 全县');
    expect(batchTitle('长'.repeat(300))).to.have.length(200);
    expect(newKey())
      .to.match(/^[0-9a-f]{32}$/)
      .and.not.equal(newKey());
    expect(attributeLines({ A: 0, B: '', C: null, D: false, E: { f: 1 } })).to.deep.equal([
      ['A', '0'],
      ['D', 'false'],
      ['E', '{"f":1}'],
    ]);
  });

  it('progress never goes beyond the whole, back, or to another job', () => {
    const batch = { job_id: '3', counts: { done: 10, shapes: 40 } } as Batch;
    const job = (id: string, done: number) => ({ id, progress: { done, total: 40 } }) as Job;
    expect(doneOf(batch, null)).to.equal(10);
    expect(doneOf(batch, job('3', 25))).to.equal(25);
    expect(doneOf(batch, job('3', 5))).to.equal(10);
    expect(doneOf(batch, job('3', 50))).to.equal(40);
    expect(doneOf(batch, job('4', 25))).to.equal(10);
  });

  it('is told the same in words and figures: what has been begun is neither waiting nor at nothing', () => {
    expect(percentDone(320, 7880)).to.equal(4);
    expect(percentDone(1, 7880)).to.equal(0.1);
    expect(percentDone(331, 7880)).to.equal(4.2);
    expect([percentDone(0, 40), percentDone(19, 40), percentDone(7879, 7880)]).to.deep.equal([0, 47, 99]);
    expect([percentDone(40, 40), percentDone(0, 0)]).to.deep.equal([100, 100]);
    expect(statusShown('queued', 0)).to.equal('queued');
    expect(statusShown('queued', 80)).to.equal('running');
    expect(statusShown('cancelled', 80)).to.equal('cancelled');
  });
});
