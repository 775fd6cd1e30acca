import { expect } from 'chai';
import * as fc from 'fast-check';
import { Geodesic, PolygonArea } from 'geographiclib-geodesic';
import type { FeatureCollection, Polygon, Position } from 'geojson';
import { drawnPolygon } from '../../../client/draw/corners.ts';
import { estimate, touches } from '../../../client/draw/estimate.ts';

const box = (west: number, south: number, size: number): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ],
  ],
});
const zone = (...polygons: Polygon[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features: polygons.map((geometry) => ({ type: 'Feature', properties: {}, geometry })),
});

function geodesicArea(ring: Position[]): number {
  const polygon = new PolygonArea.PolygonArea(Geodesic.WGS84, false);
  for (const [lon, lat] of ring.slice(0, -1)) polygon.AddPoint(lat!, lon!);
  return Math.abs(polygon.Compute(false, true).area ?? Number.NaN);
}

describe('a drawing', () => {
  const a = [113, 35];
  const b = [113.001, 35];
  const c = [113, 35.001];

  it('is no polygon before its third corner', () => {
    for (const ring of [[], [a], [a, a, a, a], [a, b, b, a], [a, b, a]])
      expect(drawnPolygon(ring)).to.equal(null);
  });

  it('is closed once, whatever the tool repeats', () => {
    for (const ring of [
      [a, b, c],
      [a, b, c, a],
      [a, b, c, c, a],
      [a, a, b, c, a, a],
    ]) {
      expect(drawnPolygon(ring)?.coordinates).to.deep.equal([[a, b, c, a]]);
    }
  });

  it('keeps a corner that is visited twice: a fault is for the server to name', () => {
    const ring = [a, b, c, b, [113.002, 35.002], a];
    expect(drawnPolygon(ring)?.coordinates[0]).to.deep.equal(ring);
  });
});

describe('the estimate while drawing', () => {
  it('is within one per cent of the geodesic area', () => {
    const west = fc.double({ min: 110, max: 114, noNaN: true });
    const south = fc.double({ min: 33, max: 36, noNaN: true });
    const size = fc.double({ min: 0.0001, max: 0.02, noNaN: true });
    fc.assert(
      fc.property(west, south, size, (w, s, d) => {
        const shape = box(w, s, d);
        const official = geodesicArea(shape.coordinates[0]!);
        expect(estimate(shape, {}, []).area_m2 / official).to.be.closeTo(1, 0.01);
      }),
      { numRuns: 50 },
    );
  });

  it('sees a zone that is entered, and none that is only near', () => {
    const shape = box(113, 35, 0.001);
    expect(touches(shape, zone(box(113.0005, 35.0005, 0.001)))).to.equal('maybe');
    expect(touches(shape, zone(box(113.002, 35, 0.001)))).to.equal('not_seen');
    expect(touches(shape, zone(box(114, 35, 1), box(112.9, 34.9, 1)))).to.equal('maybe');
  });

  it('sees a hole in a zone as outside', () => {
    const around = box(112.9, 34.9, 0.3);
    const hole = box(112.95, 34.95, 0.1).coordinates[0]!.toReversed();
    const withHole: Polygon = { type: 'Polygon', coordinates: [around.coordinates[0]!, hole] };
    expect(touches(box(113, 35, 0.001), zone(withHole))).to.equal('not_seen');
    expect(touches(box(113, 35, 0.001), zone(around))).to.equal('maybe');
  });

  it('notices sides that cross', () => {
    const tie: Polygon = {
      type: 'Polygon',
      coordinates: [
        [
          [113, 35],
          [113.001, 35.001],
          [113.001, 35],
          [113, 35.001],
          [113, 35],
        ],
      ],
    };
    expect(estimate(tie, {}, []).crosses).to.equal(true);
    expect(estimate(box(113, 35, 0.001), {}, []).crosses).to.equal(false);
  });

  it('does not know what it was not given', () => {
    expect(touches(box(113, 35, 0.001), undefined)).to.equal('not_known');
  });
});
