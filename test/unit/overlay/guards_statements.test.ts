import { expect } from 'chai';
import { readShape } from '../../../server/geometry/index.ts';
import type { LandAt, LayerVersion } from '../../../server/layers/index.ts';
import { type OverlayOptions, overlayShape } from '../../../server/overlay/overlay_shape.ts';
import type { MeasuredPart } from '../../../server/overlay/queries.ts';
import { AbortedTransaction } from '../../support/aborted_transaction.ts';
import { layer, layerVersion, part } from '../../support/settled.ts';
import { cells, polygon } from '../../support/test_land.ts';

const SHAPE = readShape(polygon(cells(0.1, 0.1, 0.9, 0.9)), {});
const M2 = SHAPE.area_m2;
const LAYERS = [layer('land_use'), layer('zone'), layer('reserve')];
const VERSIONS = [layerVersion('land_use', '1'), layerVersion('zone', '2')];
const PARTS = [part('1', '0103', M2, { village_code: '410821100001' }), part('2', null, M2)];

interface Faults {
  parts?: (ids: readonly string[], transaction: AbortedTransaction) => MeasuredPart[];
  coverage?: (ids: readonly string[]) => Map<string, number>;
  overlap?: Map<string, number>;
  land?: Partial<LandAt>;
}

/** An overlay whose statements answer what a test says; the free land where it says nothing. */
async function overlay(faults: Faults = {}, versions: LayerVersion[] = VERSIONS) {
  const transaction = new AbortedTransaction();
  const failures: string[] = [];
  const answer = <T>(rows: T): T => {
    transaction.refuseAborted();
    return rows;
  };
  const measures: NonNullable<OverlayOptions['measures']> = {
    land: async () => ({ counties: ['410821'], layers: LAYERS, versions, ...faults.land }),
    parts: async (_db, _shape, _counties, ids) =>
      answer(faults.parts?.(ids, transaction) ?? PARTS.filter((row) => ids.includes(row.version_id))),
    coverage: async (_db, _shape, _counties, ids) =>
      answer(faults.coverage?.(ids) ?? new Map(ids.map((id) => [id, M2]))),
    overlap: async () => answer(faults.overlap ?? new Map()),
  };
  const options = { gridSize: -1, measures, onFailure: (key: string) => failures.push(key) };
  const result = await overlayShape(transaction.db, { shape: SHAPE, asOf: '2026-11-22' }, options);
  const statuses = Object.fromEntries(result.layers.map((row) => [row.layer.key, row.status]));
  return { result, statuses, failures };
}

describe('the statements of an overlay', () => {
  it('make a row for each layer of the registry, whatever they answer', async () => {
    const expected = { land_use: 'affected', zone: 'not_affected', reserve: 'no_data' };
    expect((await overlay()).statuses).to.deep.equal(expected);
    expect(Object.keys((await overlay({ land: { versions: [] } })).statuses)).to.deep.equal(
      Object.keys(expected),
    );
  });

  it('fail the layer whose statement fails, and leave the others their own', async () => {
    const { statuses, failures } = await overlay({
      parts: (ids, transaction) =>
        ids.includes('2') ? transaction.fail() : PARTS.filter((row) => ids.includes(row.version_id)),
    });
    expect(statuses).to.deep.equal({ land_use: 'affected', zone: 'failed', reserve: 'no_data' });
    expect(failures).to.deep.equal(['*', 'zone']);
  });

  it('end the whole overlay where the time is over or the connection lost', async () => {
    for (const code of ['57014', '57P01', '08006', '25P02']) {
      const ended = await overlay({ parts: (_ids, transaction) => transaction.fail(code) }).catch(
        (error: { code: string }) => error.code,
      );
      expect(ended).to.equal(code);
    }
  });

  it('never make not_affected of nothing at all', async () => {
    for (const faults of [{ parts: () => [] }, { coverage: () => new Map() }] satisfies Faults[])
      expect(Object.values((await overlay(faults)).statuses)).not.to.include('not_affected');
    const neither = { parts: () => [], coverage: () => new Map<string, number>() };
    expect((await overlay(neither)).statuses).to.deep.equal({
      land_use: 'no_data',
      zone: 'no_data',
      reserve: 'no_data',
    });
  });

  it('fail a layer that has two versions in one county, though halves of them would make a whole', async () => {
    const half = M2 / 2;
    const { result } = await overlay(
      {
        parts: () => [PARTS[0]!, part('2', null, half), part('3', null, half)],
        coverage: () =>
          new Map([
            ['1', M2],
            ['2', half],
            ['3', half],
          ]),
      },
      [...VERSIONS, layerVersion('zone', '3')],
    );
    expect(result.layers[1]).to.include({ status: 'failed', reason: 'versions_ambiguous' });
  });

  it('fail a layer that two counties claim twice, though its areas add up', async () => {
    const two = [...VERSIONS, layerVersion('zone', '3', { county_code: '411221' })];
    const half = M2 / 2;
    const faults: Faults = {
      land: { counties: ['410821', '411221'] },
      parts: () => [PARTS[0]!, part('2', null, half), part('3', null, half)],
      coverage: () =>
        new Map([
          ['1', M2],
          ['2', half],
          ['3', half],
        ]),
    };
    expect((await overlay(faults, two)).statuses.zone).to.equal('not_affected');
    expect((await overlay({ ...faults, overlap: new Map([['zone', half]]) }, two)).statuses.zone).to.equal(
      'failed',
    );
  });

  it('tell villages of a survey that adds up only', async () => {
    expect((await overlay()).result.village_code).to.equal('410821100001');
    const lost = await overlay({ parts: () => [{ ...PARTS[0]!, area_m2: M2 / 2, net_area_m2: M2 / 2 }] });
    expect(lost.statuses.land_use).to.equal('failed');
    expect(lost.result.villages).to.deep.equal([]);
  });

  it('throw where the registry comes back empty', async () => {
    const error = await overlay({ land: { layers: [] } }).catch((thrown: Error) => thrown.message);
    expect(error).to.match(/registry/);
  });
});
