import { expect } from 'chai';
import { type LayerMeasure, settleLayer, tolerance } from '../../../server/overlay/settle_layer.ts';
import { layer, layerVersion, part } from '../../support/settled.ts';

const SHAPE_M2 = 1000;
const VERSION = layerVersion('zone', '1');

/** 300 m² of class `a` in a shape of 1000 m² that the layer covers, but for what a test says otherwise. */
function settle(measure: Partial<LayerMeasure> = {}, shape_m2 = SHAPE_M2) {
  const whole: LayerMeasure = {
    layer: layer('zone'),
    versions: [VERSION],
    parts: [part('1', 'a', 300), part('1', null, 700)],
    covered_m2: 1000,
  };
  return settleLayer({ ...whole, ...measure }, { area_m2: shape_m2 });
}
const FREE = { parts: [part('1', null, 1000)] };

describe('a layer settled', () => {
  it('is affected by what lies in it, and not affected where nothing does', () => {
    expect(settle()).to.deep.include({ status: 'affected', area_m2: 300, uncovered_m2: 0 });
    expect(settle(FREE)).to.deep.include({ status: 'not_affected', area_m2: 0, reason: null });
  });

  it('is no_data without a version, whatever was measured', () => {
    expect(settle({ ...FREE, versions: [] })).to.include({ status: 'no_data', reason: 'no_version' });
  });

  it('has failed where its parts are not its coverage, from 0.01 m² on, either way', () => {
    for (const off of [0.011, -0.011])
      expect(settle({ parts: [part('1', null, 1000 + off)] }), `${off}`).to.include({
        status: 'failed',
        reason: 'areas_do_not_add_up',
      });
    expect(settle({ parts: [part('1', null, 1000.009)] }).status).to.equal('not_affected');
    expect(settle({ parts: [] }).status).to.equal('failed');
  });

  it('has failed where more is covered than the shape is', () => {
    expect(settle({ parts: [part('1', null, 1001)], covered_m2: 1001 }).status).to.equal('failed');
  });

  it('has failed where two counties claim the same place, for that hides as much that nobody covers', () => {
    expect(settle({ ...FREE, shared_m2: 0.02 }).status).to.equal('failed');
    expect(settle({ ...FREE, shared_m2: 0.005 }).status).to.equal('not_affected');
  });

  for (const broken of [Number.NaN, Number.POSITIVE_INFINITY]) {
    it(`has failed with an area of ${broken}, gross, net, covered or shared`, () => {
      const parts = [part('1', 'a', 300), part('1', null, 700)];
      const faulty: Partial<LayerMeasure>[] = [
        { parts: [part('1', 'a', broken), part('1', null, 700)] },
        { parts: [part('1', 'a', 300, { net_area_m2: broken }), part('1', null, 700)] },
        { parts, covered_m2: broken },
        { parts, shared_m2: broken },
      ];
      for (const measure of faulty)
        expect(settle(measure)).to.include({ status: 'failed', reason: 'not_finite' });
    });
  }

  it('has failed with a negative area that stands for a lost one, and with more net than gross', () => {
    expect(settle({ parts: [part('1', 'a', -300), part('1', null, 1300)] }).status).to.equal('failed');
    const net = [part('1', 'a', 300, { net_area_m2: 301 }), part('1', null, 700)];
    expect(settle({ parts: net }).status).to.equal('failed');
  });

  it('is no_data where nothing is found and a part of the shape is not covered', () => {
    expect(settle({ parts: [part('1', null, 400)], covered_m2: 400 })).to.include({
      status: 'no_data',
      reason: 'outside_coverage',
      uncovered_m2: 600,
    });
    expect(settle({ parts: [part('1', 'a', 300), part('1', null, 100)], covered_m2: 400 })).to.include({
      status: 'affected',
      uncovered_m2: 600,
    });
    expect(settle({ parts: [], covered_m2: 0 }).status).to.equal('no_data');
  });

  it('counts gaps between the parcels of a survey as uncovered, and those of zones not', () => {
    const landUse = { layer: layer('land_use'), versions: [layerVersion('land_use', '1')] };
    expect(settle(landUse)).to.include({ status: 'affected', area_m2: 300, uncovered_m2: 700 });
    expect(settle({ ...landUse, ...FREE })).to.include({ status: 'no_data', uncovered_m2: 1000 });
    expect(settle()).to.include({ uncovered_m2: 0 });
  });

  it('counts from the threshold on; what lies below is told apart', () => {
    const at = (area: number) => settle({ parts: [part('1', 'a', area), part('1', null, 1000 - area)] });
    expect(at(1)).to.include({ status: 'affected', area_m2: 1, below_threshold_m2: 0 });
    expect(at(0.99)).to.include({ status: 'not_affected', area_m2: 0, below_threshold_m2: 0.99 });
    expect(at(0.99).traces).to.have.length(1);
    const both = settle({ parts: [part('1', 'a', 300), part('1', 'b', 0.5), part('1', null, 699.5)] });
    expect(both).to.include({ status: 'affected', area_m2: 300, below_threshold_m2: 0.5 });
    expect(both.hits.map(({ code }) => code)).to.deep.equal(['a']);
    expect(both.traces.map(({ code }) => code)).to.deep.equal(['b']);
  });

  it('counts half of a shape that is smaller than twice the threshold', () => {
    const tiny = { parts: [part('1', 'a', 0.5), part('1', null, 0.4)], covered_m2: 0.9 };
    expect(settle(tiny, 0.9).status).to.equal('affected');
  });

  it('counts the largest class where only all together reach the threshold', () => {
    const three = ['a', 'b', 'c'].map((code, i) => part('1', code, 0.6 - i * 0.1));
    const row = settle({ parts: [...three, part('1', null, 998.5)] });
    expect(row.status).to.equal('affected');
    expect(row.hits.map(({ code }) => code)).to.deep.equal(['a']);
    expect(row.below_threshold_m2).to.be.closeTo(0.9, 1e-9);
  });

  it('lets small shapes hide less than large ones', () => {
    expect(tolerance(1)).to.equal(1e-4);
    expect(tolerance(50)).to.equal(0.005);
    expect(tolerance(1000)).to.equal(0.01);
    expect(tolerance(1e8)).to.be.closeTo(0.1, 1e-12);
    expect(settle({ parts: [part('1', null, 0.992)], covered_m2: 1 }, 1).status).to.equal('failed');
  });
});
