import { expect } from 'chai';
import { shapeCertainty } from '../../../server/overlay/certainty.ts';
import { checkLand } from '../../../server/overlay/check_land.ts';
import { overlayCost } from '../../../server/overlay/cost.ts';
import { settleLayer } from '../../../server/overlay/settle_layer.ts';
import { layer, layerVersion, part } from '../../support/settled.ts';

const DAY = '2026-11-22';
const LAYERS = [layer('land_use'), layer('zone')];
const land = (versions = [layerVersion('zone', '1')], counties = ['410821']) =>
  checkLand({ counties, layers: LAYERS, versions }, DAY).get('zone');

describe('the versions that an overlay rests on', () => {
  it('are those of each layer, one a county', () => {
    const two = [layerVersion('zone', '1'), layerVersion('zone', '2', { county_code: '411221' })];
    expect(land(two, ['410821', '411221'])).to.deep.equal(two);
    expect(land([])).to.equal(undefined);
  });

  it('are ambiguous with two for one county', () => {
    expect(land([layerVersion('zone', '1'), layerVersion('zone', '2')])).to.equal('ambiguous');
  });

  it('are ambiguous with one of a county that is not asked', () => {
    expect(land([layerVersion('zone', '1', { county_code: '411221' })])).to.equal('ambiguous');
  });

  it('are ambiguous with one that is not in force on the day', () => {
    expect(land([layerVersion('zone', '1', { in_force_from: '2026-11-23' })])).to.equal('ambiguous');
    expect(land([layerVersion('zone', '1', { in_force_until: '2026-11-21' })])).to.equal('ambiguous');
    expect(land([layerVersion('zone', '1', { in_force_until: DAY })])).to.have.length(1);
  });

  it('are none where the registry is empty or names a layer twice', () => {
    const versions = [layerVersion('zone', '1')];
    const of = (layers: typeof LAYERS) => () => checkLand({ counties: ['410821'], layers, versions }, DAY);
    expect(of([])).to.throw('empty');
    expect(of([...LAYERS, layer('zone')])).to.throw('twice');
  });
});

describe('how sure an answer is', () => {
  const settled = (area: number, covered = 1000) =>
    settleLayer(
      {
        layer: layer('zone'),
        versions: [layerVersion('zone', '1')],
        parts: [part('1', 'a', area), part('1', null, covered - area)],
        covered_m2: covered,
      },
      { area_m2: 1000 },
    );

  it('is surely outside only where all that it may be is examined and free', () => {
    expect(shapeCertainty(settled(0), settled(0), 1000)).to.equal('surely_outside');
    expect(shapeCertainty(settled(0), settled(0.5), 1000)).to.equal('maybe');
    expect(shapeCertainty(settled(0), settled(0, 900), 1000)).to.equal('maybe');
    expect(shapeCertainty(undefined, settled(10), 1000)).to.equal('maybe');
    expect(shapeCertainty(settled(10), settled(10), 1000)).to.equal('surely_inside');
  });

  it('is surely inside where all that it may be is, though nothing is left of it at worst', () => {
    expect(shapeCertainty(undefined, settled(1000), 1000)).to.equal('surely_inside');
    expect(shapeCertainty(undefined, settled(999), 1000)).to.equal('maybe');
  });

  it('counts by the shape that was given: what is left of it does not make less count', () => {
    const slope = layer('zone', { threshold_m2: 25 });
    const found = (area_m2: number, given_m2?: number) =>
      settleLayer(
        {
          layer: slope,
          versions: [layerVersion('zone', '1')],
          parts: [part('1', 'a', 24), part('1', null, area_m2 - 24)],
          covered_m2: area_m2,
        },
        { area_m2, given_m2 },
      );
    // of 100 m² the 24 do not count, so neither do they of the 36 that are left
    expect(found(100).status).to.equal('not_affected');
    expect(found(36, 100).status).to.equal('not_affected');
    expect(found(36).status).to.equal('affected');
    expect(shapeCertainty(found(36, 100), found(196, 100), 196)).to.equal('maybe');
  });
});

describe('what an overlay costs', () => {
  const cost = (area_m2: number, vertex_count: number, options = {}) =>
    overlayCost({ area_m2, vertex_count }, options);

  it('grows with area, vertices, accuracy and cross tables', () => {
    expect(cost(1e5, 4)).to.be.greaterThan(cost(1e3, 4));
    expect(cost(1e3, 5000)).to.be.greaterThan(cost(1e3, 4));
    expect(cost(1e3, 4, { accuracy_m: 5 })).to.equal(3 * cost(1e3, 4));
    expect(cost(1e3, 4, { cross: 'affected' })).to.be.greaterThan(cost(1e3, 4));
  });
});
