import { expect } from 'chai';
import { fromLocalZone, toLocalZone } from '../../../server/geometry/projection.ts';
import { fault, read } from './jsts.ts';
import { area, loadedCounties, partitionFault, rings } from './land.ts';

describe('demonstration land: a partition', function () {
  this.timeout(60_000);

  for (const level of [
    { name: 'parcels of their village', whole: 12 },
    { name: 'villages of their township', whole: 9 },
    { name: 'townships of their county', whole: 6 },
  ]) {
    it(`${level.name}: every edge is shared exactly, and areas add up`, () => {
      for (const { county, layers } of loadedCounties()) {
        for (const division of county.divisions.filter((d) => d.code.length === level.whole)) {
          const next = level.whole === 6 ? 9 : 12;
          const parts =
            level.whole === 12
              ? layers.get('land_use')!.filter((f) => f.village_code === division.code)
              : county.divisions.filter((d) => d.code.length === next && d.code.startsWith(division.code));
          expect(parts.length, division.code).to.be.greaterThan(1);
          const shapes = parts.map((p) => p.geometry);
          expect(partitionFault(shapes, division.geometry), division.code).to.equal(null);
          const sum = shapes.reduce((total, g) => total + area(g), 0);
          expect(sum, division.code).to.be.closeTo(area(division.geometry), 1e-6);
        }
      }
    });
  }

  it('notices a parcel that is missing, moved by a hair or there twice', () => {
    const { county, layers } = loadedCounties()[0]!;
    const village = county.divisions.find((d) => d.code.length === 12)!;
    const shapes = layers
      .get('land_use')!
      .filter((f) => f.village_code === village.code)
      .map((f) => f.geometry);
    const moved = structuredClone(shapes);
    rings(moved[3]!)[0]![1]![0]! += 1e-12;
    expect(partitionFault(shapes.slice(1), village.geometry)).to.be.a('string');
    expect(partitionFault(moved, village.geometry)).to.be.a('string');
    expect(partitionFault([...shapes, shapes[0]!], village.geometry)).to.be.a('string');
  });

  it('every geometry is valid for another engine', () => {
    for (const { county, layers, middle } of loadedCounties()) {
      for (const division of county.divisions)
        expect(fault(read(division.geometry, middle)), division.code).to.equal(null);
      for (const [layer, features] of layers) {
        for (const f of features)
          expect(fault(read(f.geometry, middle)), `${layer} ${f.village_code}`).to.equal(null);
      }
    }
  });

  it('coordinates go to the local zone and back within a micrometre, and lie around the county seat', () => {
    const seats: Record<string, [number, number, number]> = {
      '410821': [113.44041, 35.22946, 114],
      '411221': [111.75871, 34.76727, 111],
    };
    for (const { county, layers } of loadedCounties()) {
      const [lon0, lat0, meridian] = seats[county.code]!;
      for (const f of layers.get('land_use')!.filter((_, i) => i % 5 === 0)) {
        for (const [lon, lat] of rings(f.geometry).flat() as [number, number][]) {
          expect(Math.hypot((lon - lon0) * 91, (lat - lat0) * 111)).to.be.lessThan(25);
          const [backLon, backLat] = fromLocalZone(...toLocalZone(lon, lat, meridian), meridian);
          expect(Math.abs(backLon - lon) + Math.abs(backLat - lat)).to.be.lessThan(1e-11);
        }
      }
    }
  });

  it('most parcels have the size of parcels', () => {
    for (const { layers } of loadedCounties()) {
      const areas = layers.get('land_use')!.map((f) => area(f.geometry));
      const usual = areas.filter((a) => a > 500 && a < 150_000).length;
      expect(usual / areas.length).to.be.greaterThan(0.85);
      expect(Math.min(...areas)).to.be.greaterThan(0);
    }
  });
});
