import { expect } from 'chai';
import * as fc from 'fast-check';
import { Geodesic } from 'geographiclib-geodesic';
import proj4 from 'proj4';
import { circle } from '../../../client/draw/circle.ts';
import { offset } from '../../../client/draw/ellipsoid.ts';
import { halfTurn, PRESETS, previewFootprint, readSide } from '../../../client/draw/footprint.ts';
import { inside } from '../../../client/draw/inside.ts';
import { Footprint } from '../../../server/contract/index.ts';

const lon = fc.double({ min: 100, max: 120, noNaN: true });
const lat = fc.double({ min: 20, max: 50, noNaN: true });
const metres = (from: readonly number[], to: readonly number[]) =>
  Geodesic.WGS84.Inverse(from[1]!, from[0]!, to[1]!, to[0]!).s12!;

/** The rectangle by its definition: in the plane of the local 3° zone. */
function inZone(center: [number, number], width: number, depth: number, bearing_deg: number): number[][] {
  const meridian = 3 * Math.round(center[0] / 3);
  const zone = `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m`;
  const [x, y] = proj4(zone).forward(center);
  const bearing = (bearing_deg * Math.PI) / 180;
  return [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([across, along]) => {
    const [u, v] = [(across! * width) / 2, (along! * depth) / 2];
    return proj4(zone).inverse([
      x! + u * Math.cos(bearing) + v * Math.sin(bearing),
      y! - u * Math.sin(bearing) + v * Math.cos(bearing),
    ]);
  });
}

describe('a footprint while it is set down', () => {
  it('lies where the local zone has it, within 5 cm for a house and 1 m for half a kilometre', () => {
    const side = fc.double({ min: 0.5, max: 500, noNaN: true });
    const bearing = fc.integer({ min: -90, max: 90 });
    fc.assert(
      fc.property(lon, lat, side, side, bearing, (x, y, width_m, depth_m, bearing_deg) => {
        const draft = { center: [x, y] as [number, number], width_m, depth_m, bearing_deg, accuracy_m: null };
        const ring = previewFootprint(draft)!.coordinates[0]!;
        const limit = Math.max(width_m, depth_m) <= 20 ? 0.05 : 1;
        inZone([x, y], width_m, depth_m, bearing_deg).forEach((corner, i) => {
          expect(metres(corner, ring[i]!)).to.be.lessThan(limit);
        });
        expect(ring).to.have.length(5);
        expect(ring[4]).to.deep.equal(ring[0]);
      }),
    );
  });

  it('is nothing without a centre', () => {
    const draft = { center: null, width_m: 1, depth_m: 1, bearing_deg: 0, accuracy_m: null };
    expect(previewFootprint(draft)).to.equal(null);
  });

  it('turns only as far as a rectangle can look different', () => {
    fc.assert(
      fc.property(fc.integer({ min: -720, max: 720 }), (bearing) => {
        const turned = halfTurn(bearing);
        expect(turned).to.be.within(-90, 90);
        expect(Math.abs(turned - bearing) % 180).to.equal(0);
      }),
    );
    expect([halfTurn(90), halfTurn(91), halfTurn(-91), halfTurn(355)]).to.deep.equal([90, -89, 89, -5]);
  });

  it('takes the sides that the contract takes, and no others', () => {
    for (const text of ['10', ' 13.9 ', '0.5', '2000', '12,5', '12。5', '7.']) {
      const side = readSide(text);
      const request = { center: [113, 35], width_m: side, depth_m: side };
      expect(Footprint.safeParse(request).success, text).to.equal(true);
    }
    expect(readSide('12,5')).to.equal(12.5);
    for (const text of ['', '0.4', '2001', '-3', '1e3', '10 13', '十', '1.2.3', 'Infinity']) {
      expect(readSide(text), text).to.equal(null);
    }
    for (const preset of PRESETS) for (const side of preset) expect(readSide(String(side))).to.equal(side);
  });
});

describe('metres on the map', () => {
  it('are as far as a geodesic says', () => {
    const step = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(lon, lat, step, step, (x, y, east, north) => {
        expect(metres([x, y], offset([x, y], east, north))).to.be.closeTo(Math.hypot(east, north), 0.005);
      }),
    );
  });

  it('make a circle of the accuracy', () => {
    for (const corner of circle([113.2, 35.2], 48).coordinates[0]!) {
      expect(metres([113.2, 35.2], corner)).to.be.closeTo(48, 0.01);
    }
  });
});

describe('inside or outside a village', () => {
  const square = (from: number, to: number) => [
    [from, from],
    [to, from],
    [to, to],
    [from, to],
    [from, from],
  ];

  it('counts every part, and no hole', () => {
    const area = {
      type: 'MultiPolygon' as const,
      coordinates: [[square(0, 10), square(4, 6)], [square(20, 21)]],
    };
    for (const [position, expected] of [
      [[1, 1], true],
      [[5, 5], false],
      [[20.5, 20.2], true],
      [[11, 5], false],
      [[-1, 5], false],
      [[5, 12], false],
    ] as [[number, number], boolean][]) {
      expect(inside(position, area), String(position)).to.equal(expected);
    }
    expect(inside([1, 1], { type: 'Polygon', coordinates: [] })).to.equal(false);
  });
});
