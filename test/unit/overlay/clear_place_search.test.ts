import { expect } from 'chai';
import {
  finish,
  nearestPlacement,
  type PlacementOptions,
} from '../../../server/geometry/nearest_placement.ts';
import type { ObstacleSet } from '../../../server/geometry/obstacle_field.ts';
import { type PlanePoint, type PlanePolygon, turnPolygons } from '../../../server/geometry/plane_edges.ts';

const C = 0.05;
const box = (w: number, s: number, e: number, n: number): PlanePoint[] => [
  [w, s],
  [e, s],
  [e, n],
  [w, n],
  [w, s],
];
const rectangle = (width: number, depth: number): PlanePolygon => [
  box(-width / 2, -depth / 2, width / 2, depth / 2),
];
const house = rectangle(10, 6);

function search(
  shape: PlanePolygon,
  polygons: PlanePolygon[],
  options: Partial<PlacementOptions> & { clearance_m?: number } = {},
) {
  const { clearance_m = C, ...rest } = options;
  return finish(
    nearestPlacement([shape], [{ polygons, clearance_m }], { radius_m: 100, rotate: false, ...rest }),
  );
}

describe('the nearest clear place, where a formula gives it', () => {
  it('is where the shape stands, if that is free', () => {
    expect(search(house, [])).to.deep.equal({ dx: 0, dy: 0, distance_m: 0, rotation_deg: 0 });
    expect(search(house, [[box(5.06, -50, 60, 50)]])!.distance_m).to.equal(0);
  });

  it('is at right angles to a straight border, the clearance beyond it', () => {
    const found = search(house, [[box(-2, -200, 200, 200)]])!;
    expect(found.dx).to.be.closeTo(-7 - C, 1e-6);
    expect(found.dy).to.be.closeTo(0, 1e-6);
  });

  for (const bearing of [10, 33, 45, 77, 130])
    it(`is so too where the border runs at ${bearing}°`, () => {
      const land = turnPolygons([[box(-2, -400, 400, 400)]], bearing);
      const found = search(house, land)!;
      // support function of a rectangle: how far it reaches in the direction of the normal
      const angle = (bearing * Math.PI) / 180;
      const reach = 5 * Math.abs(Math.cos(angle)) + 3 * Math.abs(Math.sin(angle));
      expect(found.distance_m).to.be.closeTo(reach + 2 + C, 1e-6);
    });

  it('is the diagonal out of a corner where land is barred on two sides', () => {
    // free: west of x = -1 and south of y = -2 at once
    const found = search(house, [[box(-1, -300, 300, 300)], [box(-300, -2, -1, 300)]])!;
    expect(found.dx).to.be.closeTo(-1 - 5 - C, 1e-6);
    expect(found.dy).to.be.closeTo(-2 - 3 - C, 1e-6);
  });

  it('goes by the nearer of two sides of an obstacle', () => {
    const found = search(house, [[box(-4, -20, 3, 20)]])!;
    expect(found.dx).to.be.closeTo(3 + 5 + C, 1e-6);
    expect(found.dy).to.be.closeTo(0, 1e-6);
  });

  it('goes round the corner of an obstacle by no more than the clearance asks', () => {
    // the obstacle's corner points at the house's middle; the shortest way out is along one of its edges' normals
    const land = turnPolygons([[box(-1, -1, 60, 60)]], 45);
    const found = search(rectangle(0.2, 0.2), land)!;
    const reach = 0.1 * Math.SQRT2;
    expect(found.distance_m).to.be.closeTo(1 + C + reach, 1e-6);
  });

  for (const [gap, fits] of [
    [6 + 2 * C + 1e-4, true],
    [6 + 2 * C - 1e-4, false],
  ] as const)
    it(`${fits ? 'enters' : 'does not enter'} a corridor ${gap.toFixed(4)} m wide with a house 6 m deep`, () => {
      const middle = 20;
      const found = search(house, [
        [box(-200, -200, 200, middle - gap / 2)],
        [box(-200, middle + gap / 2, 200, 200)],
      ]);
      if (!fits) return expect(found).to.equal(null);
      expect(found!.dx).to.be.closeTo(0, 1e-6);
      expect(found!.dy).to.be.closeTo(middle, 1e-3);
    });

  it('finds a concave pocket only where the whole shape fits into it', () => {
    const pocket = (width: number): PlanePolygon => [
      [
        [-300, -300],
        [300, -300],
        [300, 300],
        [20 + width, 300],
        [20 + width, -10],
        [20, -10],
        [20, 300],
        [-300, 300],
        [-300, -300],
      ],
    ];
    const found = search(house, [pocket(10.2)])!;
    expect(found.dx).to.be.closeTo(25.1 - (0.1 - C), 1e-6);
    expect(found.dy).to.be.closeTo(0, 1e-6);
    expect(search(house, [pocket(9.9)])).to.equal(null);
  });

  it('finds the hole of a zone, and goes to its nearer end', () => {
    const zone: PlanePolygon = [box(-200, -200, 200, 200), box(10, -30, 21, 30)];
    const found = search(house, [zone], { radius_m: 60 })!;
    expect(found.dx).to.be.closeTo(15 + C, 1e-6);
    expect(found.dy).to.be.closeTo(0, 1e-6);
    expect(search(house, [zone], { radius_m: 15 })).to.equal(null);
  });

  it('does not swallow an obstacle that lies wholly inside the shape, but spans one in its courtyard', () => {
    const pole: PlanePolygon = [box(-0.5, -0.5, 0.5, 0.5)];
    expect(search(house, [pole])!.distance_m).to.be.closeTo(3.5 + C, 1e-6);
    const court: PlanePolygon = [box(-5, -5, 5, 5), box(-2, -2, 2, 2)];
    expect(search(court, [pole])!.distance_m).to.equal(0);
    const beside: PlanePolygon = [box(1.5, -0.5, 2.5, 0.5)];
    expect(search(court, [beside])!.distance_m).to.be.closeTo(0.5 + C, 1e-6);
  });

  it('moves a shape that is not convex over an obstacle that its bay takes in', () => {
    const bay: PlanePolygon = [
      [
        [-6, -5],
        [6, -5],
        [6, 5],
        [3, 5],
        [3, -2],
        [-3, -2],
        [-3, 5],
        [-6, 5],
        [-6, -5],
      ],
    ];
    // a wall 4 m wide fits into the bay of 6 m: down by 3 m, then it stands in it
    const found = search(bay, [[box(-2, -5, 2, 100)]])!;
    expect(found.distance_m).to.be.closeTo(3 + C, 1e-6);
    expect(found.dy).to.be.closeTo(-3 - C, 1e-6);
  });

  it('keeps a clearance of its own from each set of obstacles', () => {
    const sets: ObstacleSet[] = [
      { polygons: [[box(-2, -200, 200, 200)]], clearance_m: C },
      { polygons: [[box(-200, 1, 200, 200)]], clearance_m: 1 },
    ];
    const found = finish(nearestPlacement([house], sets, { radius_m: 60, rotate: false }))!;
    expect(found.dx).to.be.closeTo(-7 - C, 1e-6);
    expect(found.dy).to.be.closeTo(-3, 1e-6);
  });

  it('moves by whole metres where it must not tell exactly', () => {
    const found = search(house, [[box(-2, -200, 200, 200)]], { whole_metres: true })!;
    expect(found.distance_m).to.equal(8);
    expect(found.dx).to.be.closeTo(-8, 1e-9);
  });

  it('turns a house that fits no other way', () => {
    const land = turnPolygons([[box(-400, 3.2, 400, 400)], [box(-400, -400, 400, -3.2)]], 37);
    expect(search(house, land)).to.equal(null);
    const found = search(house, land, { rotate: true })!;
    expect(found.distance_m).to.be.closeTo(0, 1e-6);
    expect(Math.abs(found.rotation_deg - 37)).to.be.lessThan(1);
  });

  it('does not turn a house for a few centimetres', () => {
    const found = search(rectangle(10, 9.9), [[box(-2, -200, 200, 200)]], { rotate: true })!;
    expect(found.rotation_deg).to.equal(0);
    const gained = search(rectangle(10, 6), [[box(-2, -200, 200, 200)]], { rotate: true })!;
    expect(Math.abs(gained.rotation_deg)).to.equal(90);
    expect(gained.distance_m).to.be.closeTo(5 + C, 1e-6);
  });
});
