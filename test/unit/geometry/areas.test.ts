import { expect } from 'chai';
import fc from 'fast-check';
import geodesic from 'geographiclib-geodesic';
import { ringArea, roundAreas, toEqualArea, toMu } from '../../../server/geometry/index.ts';
import { officialArea } from '../../support/official_area.ts';

type Ring = [number, number][];
const equalArea = (ring: Ring) => Math.abs(ringArea(ring.map(([lon, lat]) => toEqualArea(lon, lat))));

/** domain facts §2: computed there by the formula with e₁² and by GeographicLib */
const GOLDEN: Ring = [
  [113.24, 35.215],
  [113.2412, 35.2149],
  [113.2413, 35.2159],
  [113.2401, 35.216],
];

function geodesicArea(ring: Ring): number {
  const polygon = new geodesic.Geodesic.Geodesic(6378137, 1 / 298.257222101).Polygon(false);
  for (const [lon, lat] of ring) polygon.AddPoint(lat, lon);
  return Math.abs(polygon.Compute(false, true).area ?? Number.NaN);
}

const polygon = fc
  .record({
    lon: fc.double({ min: 75, max: 134, noNaN: true }),
    lat: fc.double({ min: 4, max: 53, noNaN: true }),
    radius: fc.double({ min: 3e-4, max: 2e-2, noNaN: true }),
    spokes: fc.array(fc.double({ min: 0.4, max: 1, noNaN: true }), { minLength: 5, maxLength: 40 }),
  })
  .map(({ lon, lat, radius, spokes }) =>
    spokes.map((r, i): [number, number] => {
      const angle = (2 * Math.PI * i) / spokes.length;
      return [lon + radius * r * Math.cos(angle), lat + radius * r * Math.sin(angle)];
    }),
  );

describe('official area', () => {
  it('is the planar area in EPSG:6933, to 1e-8, for any polygon above 100 m²', () => {
    fc.assert(
      fc.property(polygon, (ring) => {
        const official = officialArea([ring]);
        fc.pre(official > 100);
        expect(Math.abs(equalArea(ring) - official) / official).to.be.below(1e-8);
      }),
      { numRuns: 1000 },
    );
  });
  it('of the golden polygon is 12222.578056 m²', () => {
    expect(equalArea(GOLDEN)).to.be.closeTo(12222.578056, 1e-6);
    expect(officialArea([GOLDEN])).to.be.closeTo(12222.578056, 1e-6);
  });
  it('of a cell of 1′ × 1′ is the closed form', () => {
    const [w, e, s, n] = [113, 113 + 1 / 60, 35.2, 35.2 + 1 / 60];
    expect(
      equalArea([
        [w, s],
        [e, s],
        [e, n],
        [w, n],
      ]),
    ).to.be.closeTo(2806159.3845, 1e-4);
  });
  it('agrees with geodesics where edges are short', () => {
    expect(equalArea(GOLDEN)).to.be.closeTo(geodesicArea(GOLDEN), 0.01);
  });
});

describe('rounding of areas', () => {
  const values = fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { minLength: 1, maxLength: 60 });
  const decimals = fc.integer({ min: 0, max: 4 });

  it('parts add up to the rounded total and move by less than one unit', () => {
    fc.assert(
      fc.property(values, decimals, (parts, places) => {
        const total = parts.reduce((sum, v) => sum + v, 0);
        const scale = 10 ** places;
        const rounded = roundAreas(parts, total, places);
        const units = rounded.map((v) => Math.round(v * scale));
        expect(units.reduce((sum, v) => sum + v, 0)).to.equal(Math.round(total * scale));
        rounded.forEach((v, i) => {
          expect(Math.abs(v - parts[i]!)).to.be.below(1.000001 / scale);
        });
      }),
    );
  });
  it('gives the unit to the largest remainder, and to the earlier of equals', () => {
    expect(roundAreas([1.2, 1.7, 1.1], 4, 0)).to.deep.equal([1, 2, 1]);
    expect(roundAreas([0.5, 0.5, 0.5], 1.5, 0)).to.deep.equal([1, 1, 0]);
  });
  it('does not force parts that do not belong to the total', () => {
    expect(roundAreas([1, 2], 10, 0)).to.deep.equal([2, 3]);
  });
  it('a hectare has 15 mu', () => {
    expect(toMu(10_000)).to.be.closeTo(15, 1e-12);
  });
});
