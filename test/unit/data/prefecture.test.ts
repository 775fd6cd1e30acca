import { expect } from 'chai';
import { demonstrationPlan } from '../../../data/demonstration/index.ts';
import divisions from '../../../data/divisions.json' with { type: 'json' };
import type { LandCounty, LandFeature } from '../../../server/layers/land_source.ts';
import { isValidForJts } from '../../support/jts_validity.ts';
import { area, edges, partitionFault } from './land.ts';

const codesBelow = (code: string, level: number) =>
  divisions.filter((d) => d.level === level && d.code.startsWith(code)).map((d) => d.code);

describe('demonstration land of the prefecture', function () {
  this.timeout(120_000);
  let counties: LandCounty[];
  let layers: Map<string, LandFeature[]>[];
  before(() => {
    const plan = demonstrationPlan({ scale: 'prefecture', counties: ['410802', '410811'], density: 2 });
    counties = plan.map((county) => county.build());
    layers = counties.map((county) => {
      const read = new Map<string, LandFeature[]>();
      for (const part of county.parts!()) {
        for (const [layer, features] of part.features)
          read.set(layer, [...(read.get(layer) ?? []), ...features]);
      }
      return read;
    });
  });

  it('has all counties of Jiaozuo, and Mianchi as in the small demonstration', () => {
    const plan = demonstrationPlan({ scale: 'prefecture' });
    expect(plan.map(({ code }) => code)).to.deep.equal([...codesBelow('4108', 3), '411221']);
    const small = new Map(demonstrationPlan().map((county) => [county.code, county.fingerprint]));
    const same = plan.filter(({ code, fingerprint }) => small.get(code) === fingerprint);
    expect(same.map(({ code }) => code)).to.deep.equal(['411221']);
    const villages = plan.slice(0, -1).reduce((sum, county) => sum + county.villages, 0);
    expect(villages).to.equal(codesBelow('4108', 5).length);
  });

  it('gives land to every township and village of a county, with a feature in every layer it does not declare empty', () => {
    counties.forEach((county, i) => {
      const placed = county.divisions.map((d) => d.code).sort();
      expect(placed).to.deep.equal(
        [county.code, ...codesBelow(county.code, 4), ...codesBelow(county.code, 5)].sort(),
      );
      const withLand = new Set(layers[i]!.get('land_use')!.map((f) => f.village_code));
      expect(withLand.size).to.equal(codesBelow(county.code, 5).length);
      for (const { layer, declared_empty } of county.versions)
        expect(layers[i]!.has(layer) && layers[i]!.get(layer)!.length > 0, layer).to.equal(!declared_empty);
    });
  });

  it('parcels are a partition of the county, valid for another engine', () => {
    counties.forEach((county, i) => {
      const parcels = layers[i]!.get('land_use')!.map((f) => f.geometry);
      const whole = county.divisions.find((d) => d.code === county.code)!.geometry;
      expect(partitionFault(parcels, whole)).to.equal(null);
      expect(parcels.reduce((sum, p) => sum + area(p), 0)).to.be.closeTo(area(whole), 1e-3);
      for (const p of parcels)
        expect(isValidForJts(p.type === 'Polygon' ? [p.coordinates] : p.coordinates)).to.equal(true);
    });
  });

  it('neighbouring counties share their border vertex by vertex and do not overlap', () => {
    const [a, b] = counties.map(({ code, divisions: placed }) =>
      edges(placed.find((d) => d.code === code)!.geometry),
    );
    const there = new Set(a!.map(([p, q]) => `${p} ${q}`));
    expect(b!.filter(([p, q]) => there.has(`${q} ${p}`)).length).to.be.greaterThan(50);
    expect(b!.filter(([p, q]) => there.has(`${p} ${q}`))).to.deep.equal([]);
  });

  it('part by part is the same as layer by layer', () => {
    counties.forEach((county, i) => {
      for (const layer of ['land_use', 'village_plan']) {
        const version = county.versions.find((v) => v.layer === layer)!;
        let n = 0;
        for (const feature of version.features()) {
          if (n % 50 === 0) expect(feature).to.deep.equal(layers[i]!.get(layer)![n]);
          n++;
        }
        expect(n).to.equal(layers[i]!.get(layer)!.length);
      }
    });
  });
});
