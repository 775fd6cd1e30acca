import { expect } from 'chai';
import type { LandFeature } from '../../../server/layers/land_source.ts';
import { difference, type Geometry, intersection, neighbours, read } from './jsts.ts';
import { edges, type LoadedCounty, loadedCounties, rings } from './land.ts';

/** m² that may be found where nothing should be: rounding of coordinates. */
const NOTHING = 1e-4;

function shapes({ layers, middle }: LoadedCounty, layer: string): Geometry[] {
  return layers.get(layer)!.map((f) => read(f.geometry, middle));
}

function common(a: Geometry[], b: Geometry[], admit: (i: number, k: number) => boolean = () => true): number {
  return neighbours(a, b)
    .filter(([i, k]) => admit(i, k))
    .reduce((sum, [i, k]) => sum + intersection(a[i]!, b[k]!).getArea(), 0);
}

describe('demonstration zones', function () {
  this.timeout(60_000);

  it('features of one layer do not overlap', () => {
    for (const county of loadedCounties()) {
      for (const layer of county.layers.keys()) {
        if (layer === 'land_use') continue;
        const all = shapes(county, layer);
        expect(
          common(all, all, (i, k) => i < k),
          `${county.county.code} ${layer}`,
        ).to.be.lessThan(NOTHING);
      }
    }
  });

  it('tobacco fields never meet grain production, important products or fallow land', () => {
    const county = loadedCounties().find((c) => c.county.code === '411221')!;
    const tobacco = shapes(county, 'basic_tobacco_field');
    for (const layer of ['grain_production_zone', 'important_product_zone', 'fallow_programme']) {
      const other = shapes(county, layer);
      expect(other).not.to.be.empty;
      expect(common(tobacco, other), layer).to.be.lessThan(NOTHING);
    }
  });

  it('the three control lines do not overlap', () => {
    for (const county of loadedCounties()) {
      const farmland = shapes(county, 'permanent_basic_farmland');
      expect(common(farmland, shapes(county, 'ecological_red_line'))).to.be.lessThan(NOTHING);
      expect(common(farmland, shapes(county, 'urban_growth_boundary'))).to.be.lessThan(NOTHING);
    }
  });

  it('zones lie in their village', () => {
    for (const county of loadedCounties()) {
      const villages = new Map(county.county.divisions.map((d) => [d.code, read(d.geometry, county.middle)]));
      for (const [layer, features] of county.layers) {
        if (layer === 'land_use') continue;
        for (const f of features) {
          const outside = difference(read(f.geometry, county.middle), villages.get(f.village_code!)!);
          expect(outside.getArea(), `${layer} ${f.village_code}`).to.be.lessThan(NOTHING);
        }
      }
    }
  });

  it('protected farmland follows parcels exactly, has holes, and in some villages cuts parcels', () => {
    for (const { layers } of loadedCounties()) {
      const parcelEdges = new Set(
        layers
          .get('land_use')!
          .flatMap((f) => edges(f.geometry))
          .map(([a, b]) => `${a} ${b}`),
      );
      const onParcels = (f: LandFeature): number => {
        const all = edges(f.geometry);
        return all.filter(([a, b]) => parcelEdges.has(`${a} ${b}`)).length / all.length;
      };
      const farmland = layers.get('permanent_basic_farmland')!;
      const exact = farmland.filter((f) => onParcels(f) === 1);
      expect(exact.length).to.be.greaterThan(farmland.length / 2);
      expect(exact.length).to.be.lessThan(farmland.length);
      const holes = farmland.filter(
        (f) => f.geometry.type === 'MultiPolygon' && f.geometry.coordinates.some((p) => p.length > 1),
      );
      expect(holes.length).to.be.greaterThan(farmland.length / 4);
    }
  });

  it('grain production and protected farmland overlap in part', () => {
    for (const county of loadedCounties()) {
      const grain = shapes(county, 'grain_production_zone');
      const farmland = shapes(county, 'permanent_basic_farmland');
      const sum = (all: Geometry[]): number => all.reduce((total, g) => total + g.getArea(), 0);
      const both = common(grain, farmland);
      expect(both).to.be.greaterThan(0.05 * sum(grain));
      expect(both).to.be.lessThan(0.98 * sum(grain));
      expect(both).to.be.lessThan(0.98 * sum(farmland));
    }
  });

  it('a township of Mianchi has no version of the village plan', () => {
    const { county, layers, middle } = loadedCounties().find((c) => c.county.code === '411221')!;
    const plan = county.versions.find((v) => v.layer === 'village_plan')!;
    const township = (code: string) => read(county.divisions.find((d) => d.code === code)!.geometry, middle);
    expect(common([read(plan.coverage, middle)], [township('411221206')])).to.be.lessThan(NOTHING);
    expect(difference(township('411221104'), read(plan.coverage, middle)).getArea()).to.be.lessThan(NOTHING);
    expect(layers.get('village_plan')!.every((f) => f.village_code!.startsWith('411221104'))).to.equal(true);
    expect(rings(plan.coverage)).not.to.be.empty;
  });
});
