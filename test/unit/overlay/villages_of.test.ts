import { expect } from 'chai';
import type { MeasuredPart } from '../../../server/overlay/queries.ts';
import type { SettledLayer } from '../../../server/overlay/settle_layer.ts';
import { villagesOf } from '../../../server/overlay/settle_shape.ts';

const settled = (kind: string, id: string, status = 'affected') =>
  ({ layer: { kind }, status, versions: [{ id }] }) as unknown as SettledLayer;
const part = (version_id: string, village_code: string | null, area_m2: number) =>
  ({ version_id, village_code, area_m2, net_area_m2: area_m2 * 0.9 }) as MeasuredPart;

describe('land by village', () => {
  it('counts the survey alone: pieces of zones that name their village would count the land again', () => {
    const layers = [settled('land_use', '1'), settled('zone', '2'), settled('zone', '3')];
    const parts = [part('1', 'a', 100), part('1', 'b', 40), part('2', 'a', 100), part('3', 'b', 30)];
    expect(villagesOf(layers, parts)).to.deep.equal([
      { code: 'a', area_m2: 100, net_area_m2: 90 },
      { code: 'b', area_m2: 40, net_area_m2: 36 },
    ]);
  });

  it('says nothing where the survey has failed', () => {
    expect(villagesOf([settled('land_use', '1', 'failed')], [part('1', 'a', 100)])).to.deep.equal([]);
  });
});
