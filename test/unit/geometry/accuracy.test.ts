import { expect } from 'chai';
import fc from 'fast-check';
import geodesic from 'geographiclib-geodesic';
import { footprintRing, grow, readShape, type Shape, shrink } from '../../../server/geometry/index.ts';

const EARTH = geodesic.Geodesic.WGS84;
const centre = fc.record({
  lon: fc.double({ min: 110.4, max: 115.4, noNaN: true }),
  lat: fc.double({ min: 34, max: 36, noNaN: true }),
});
const size = fc.double({ min: 3, max: 60, noNaN: true });
const angle = fc.double({ min: 0, max: 360, noNaN: true });

function footprint(lon: number, lat: number, width_m: number, depth_m: number, bearing_deg: number): Shape {
  const ring = footprintRing({ center: [lon, lat], width_m, depth_m, bearing_deg });
  return readShape({ type: 'Polygon', coordinates: [ring] });
}
const metres = (a: readonly number[], b: readonly number[]) => EARTH.Inverse(a[1]!, a[0]!, b[1]!, b[0]!).s12!;

/** A position moved by a geodesic. */
function moved([lon, lat]: readonly number[], azimuth: number, distance: number): [number, number] {
  const { lon2, lat2 } = EARTH.Direct(lat!, lon!, azimuth, distance);
  return [lon2!, lat2!];
}

/** On the left of each side of a convex counter-clockwise ring in the equal-area plane. */
function inside(shape: Shape, other: Shape): boolean {
  const ring = shape.plane[0]![0]!;
  return other.plane[0]![0]!.every(([x, y]) =>
    ring.slice(0, -1).every(([ax, ay], i) => {
      const [bx, by] = ring[i + 1]!;
      return (bx! - ax!) * (y! - ay!) - (by! - ay!) * (x! - ax!) >= -1e-6;
    }),
  );
}

describe('footprints', () => {
  it('have the sides that were asked for, by the geodesic', () => {
    fc.assert(
      fc.property(centre, size, size, angle, ({ lon, lat }, width, depth, bearing) => {
        const [a, b, c, d] = footprintRing({
          center: [lon, lat],
          width_m: width,
          depth_m: depth,
          bearing_deg: bearing,
        });
        // Gauss-Krüger distances are true to 3e-4 within a 3° zone
        expect(metres(a!, b!) / width).to.be.closeTo(1, 3e-4);
        expect(metres(b!, c!) / depth).to.be.closeTo(1, 3e-4);
        expect(metres(a!, c!)).to.be.closeTo(metres(b!, d!), 1e-3);
      }),
    );
  });

  it('point their depth along the bearing', () => {
    const [a, , , d] = footprintRing({ center: [114, 35], width_m: 10, depth_m: 20, bearing_deg: 30 });
    // on the zone's meridian grid north is north
    expect(EARTH.Inverse(a![1]!, a![0]!, d![1]!, d![0]!).azi1!).to.be.closeTo(30, 0.01);
  });
});

describe('accuracy of a shape', () => {
  it('grows to hold the shape however it lies within its accuracy', () => {
    fc.assert(
      fc.property(
        centre,
        size,
        size,
        angle,
        angle,
        fc.double({ min: 0.5, max: 40, noNaN: true }),
        ({ lon, lat }, w, d, bearing, azimuth, accuracy) => {
          const shape = footprint(lon, lat, w, d, bearing);
          const ring = shape.geometry.coordinates[0]![0]!.map((p) => moved(p, azimuth, accuracy * 0.999));
          expect(
            inside(
              grow(shape, accuracy),
              readShape({ type: 'Polygon', coordinates: [ring.slice(0, -1).concat([ring[0]!])] }),
            ),
          ).to.equal(true);
        },
      ),
    );
  });

  it('shrinks to what is inside however the shape lies, or to nothing', () => {
    fc.assert(
      fc.property(
        centre,
        size,
        size,
        angle,
        angle,
        fc.double({ min: 0.5, max: 40, noNaN: true }),
        ({ lon, lat }, w, d, bearing, azimuth, accuracy) => {
          const shape = footprint(lon, lat, w, d, bearing);
          const small = shrink(shape, accuracy);
          expect(small === null).to.equal(accuracy * 2 >= Math.min(w, d) - 1e-3);
          if (small === null) return;
          const ring = shape.geometry.coordinates[0]![0]!.map((p) => moved(p, azimuth, accuracy * 0.999));
          expect(
            inside(
              readShape({ type: 'Polygon', coordinates: [ring.slice(0, -1).concat([ring[0]!])] }),
              small,
            ),
          ).to.equal(true);
        },
      ),
    );
  });

  it('claims nothing inside a shape that is not convex', () => {
    const l = [
      [113, 35],
      [113.001, 35],
      [113.001, 35.0005],
      [113.0005, 35.0005],
      [113.0005, 35.001],
      [113, 35.001],
      [113, 35],
    ];
    expect(shrink(readShape({ type: 'Polygon', coordinates: [l] }), 1)).to.equal(null);
  });
});
