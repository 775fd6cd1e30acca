import { expect } from 'chai';
import type { CrossPart } from '../../../server/overlay/cross_queries.ts';
import { isConserved } from '../../../server/overlay/cross_shape.ts';
import { settleLayer } from '../../../server/overlay/settle_layer.ts';
import { layer, layerVersion, part } from '../../support/settled.ts';

const M2 = 1000;
const VILLAGES = ['410821100001', '410821100002'] as const;
const settled = (key: string, parts: ReturnType<typeof part>[]) =>
  settleLayer(
    {
      layer: layer(key),
      versions: [layerVersion(key, '1')],
      parts,
      covered_m2: parts.reduce((sum, { area_m2 }) => sum + area_m2, 0),
    },
    { area_m2: M2 },
  );
/** 600 m² irrigated land (540 net) in one village, 400 m² forest in another; 500 m² in a zone. */
const LAND = settled('land_use', [part('1', '0102', 600, { net_area_m2: 540 }), part('1', '0301', 400)]);
const ZONE = settled('zone', [part('1', 'pbf', 500), part('1', null, 500)]);
const WHOLE = {
  area_m2: M2,
  villages: [
    { code: VILLAGES[0], area_m2: 600, net_area_m2: 540 },
    { code: VILLAGES[1], area_m2: 400, net_area_m2: 400 },
  ],
};

function cell(class_code: string | null, zone_code: string | null, area_m2: number, extra = {}): CrossPart {
  return {
    version_id: '2',
    zone_code,
    zone_name: zone_code,
    class_code,
    class_name: class_code,
    village_code: class_code === '0102' ? VILLAGES[0] : VILLAGES[1],
    slope_class: null,
    ownership: null,
    area_m2,
    net_area_m2: class_code === '0102' ? area_m2 * 0.9 : area_m2,
    ...extra,
  };
}
const CELLS = [
  cell('0102', 'pbf', 450),
  cell('0102', null, 150),
  cell('0301', 'pbf', 50),
  cell('0301', null, 350),
];
const conserved = (cells: CrossPart[], land = LAND, zone = ZONE) => isConserved(cells, land, zone, WHOLE);
/** The table with one cell changed. */
const changed = (index: number, extra: Partial<CrossPart>) =>
  CELLS.map((row, i) => (i === index ? { ...row, ...extra } : row));

describe('a cross table', () => {
  it('is conserved where its cells add up to what the overlay measured', () => {
    expect(conserved(CELLS)).to.equal(true);
    expect(conserved(changed(0, { area_m2: 450.015 }))).to.equal(true);
  });

  it('is not with a cell lost, or twice, or none at all', () => {
    expect(conserved(CELLS.slice(1))).to.equal(false);
    expect(conserved([...CELLS, CELLS[3]!])).to.equal(false);
    expect(conserved([])).to.equal(false);
    expect(conserved(changed(0, { area_m2: 450.03 }))).to.equal(false);
  });

  it('is not with land of a class that the overlay did not find', () => {
    expect(conserved([...CELLS, cell('0702', null, 5, { village_code: null })])).to.equal(false);
  });

  it('is not with a cell in another land class, zone class or village', () => {
    expect(conserved(changed(2, { class_code: '0102' }))).to.equal(false);
    expect(conserved(changed(0, { zone_code: null }))).to.equal(false);
    expect(conserved(changed(2, { village_code: VILLAGES[0] }))).to.equal(false);
  });

  it('is not with the shares of bunds lost', () => {
    expect(conserved(changed(0, { net_area_m2: 450 }))).to.equal(false);
  });

  it('is not with an area that is no number', () => {
    expect(conserved(changed(0, { area_m2: Number.NaN }))).to.equal(false);
    expect(conserved(changed(1, { net_area_m2: Number.NaN }))).to.equal(false);
    expect(conserved([...CELLS, cell(null, null, Number.NaN)])).to.equal(false);
  });

  it('is not with a layer that has failed', () => {
    expect(conserved(CELLS, { ...LAND, status: 'failed' })).to.equal(false);
    expect(conserved(CELLS, LAND, { ...ZONE, status: 'failed' })).to.equal(false);
  });

  it('is not with land lost beside a zone layer that covers the shape in part', () => {
    const zone = settled('zone', [part('1', 'pbf', 500), part('1', null, 100)]);
    const cells = [cell('0102', 'pbf', 450), cell('0301', 'pbf', 50), cell('0301', null, 100)];
    expect(zone.uncovered_m2).to.equal(400);
    expect(conserved(cells, LAND, zone)).to.equal(true);
    expect(conserved(cells.slice(0, 2), LAND, zone)).to.equal(false);
  });

  it('leaves out gaps of the survey, and still sees a cell lost', () => {
    const gappy = settled('land_use', [part('1', '0102', 600, { net_area_m2: 540 }), part('1', null, 400)]);
    const whole = { ...WHOLE, villages: WHOLE.villages.slice(0, 1) };
    const cells = [CELLS[0]!, CELLS[1]!, cell(null, 'pbf', 50), cell(null, null, 350)];
    expect(isConserved(cells, gappy, ZONE, whole)).to.equal(true);
    expect(isConserved(cells.slice(1), gappy, ZONE, whole)).to.equal(false);
  });
});
