import { expect } from 'chai';
import { finish, nearestPlacement } from '../../../server/geometry/nearest_placement.ts';
import {
  movePolygons,
  type PlanePoint,
  type PlanePolygon,
  turnPolygons,
} from '../../../server/geometry/plane_edges.ts';
import { distanceByJsts, union } from '../../support/free_by_jsts.ts';
import { random } from '../../support/random_shapes.ts';

const C = 0.05;
/** What the search may miss: the arcs of the clearance, 0.42 of it. The issue asks for 0.5 m. */
const MISSED_M = 0.05;
const SAMPLES = 20_000;

/** A star-shaped ring, mostly not convex. */
function star(next: () => number, x: number, y: number, size: number, corners: number): PlanePolygon {
  const ring: PlanePoint[] = [];
  for (let i = 0; i < corners; i++) {
    const angle = ((i + next() * 0.7) / corners) * 2 * Math.PI;
    const radius = size * (0.35 + 0.65 * next());
    ring.push([x + Math.cos(angle) * radius, y + Math.sin(angle) * radius]);
  }
  return [[...ring, ring[0]!]];
}

/** Fields with lanes between them and some stars: what a farmed valley looks like. */
function land(next: () => number): PlanePolygon[] {
  const polygons: PlanePolygon[] = [];
  const step = 14 + next() * 16;
  for (let i = -4; i <= 4; i++)
    for (let j = -4; j <= 4; j++) {
      if (next() < 0.25) continue;
      const lane = next() * 6;
      const [w, s] = [i * step, j * step];
      const [e, n] = [w + step - lane, s + step - (next() < 0.5 ? 0 : lane)];
      polygons.push([
        [
          [w, s],
          [e, s + next()],
          [e, n],
          [w, n - next()],
          [w, s],
        ],
      ]);
    }
  for (let i = 0; i < 6; i++)
    polygons.push(
      star(next, (next() - 0.5) * 120, (next() - 0.5) * 120, 4 + next() * 14, 3 + Math.floor(next() * 9)),
    );
  polygons.push(star(next, 0, 0, 8, 9));
  return union(turnPolygons(polygons, next() * 90));
}

/**
 * A free place nearer than `limit`, by a random search that knows nothing of how places are found: everywhere within the
 * limit, and closer and closer around the place found. Only obstacles near the sample are asked.
 */
function nearerBySampling(
  next: () => number,
  shape: PlanePolygon,
  obstacles: PlanePolygon[],
  found: { dx: number; dy: number },
  limit: number,
): number | null {
  const reach = Math.max(...shape.flat().map(([x, y]) => Math.hypot(x, y))) + C;
  const boxes = obstacles.map((polygon) => {
    const [xs, ys] = [polygon[0]!.map(([x]) => x), polygon[0]!.map(([, y]) => y)];
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const;
  });
  for (let i = 0; i < SAMPLES; i++) {
    const spread = i % 2 === 0 ? null : 4 ** -(i % 8);
    const [angle, radius] = [next() * 2 * Math.PI, limit * Math.sqrt(next())];
    const [dx, dy] =
      spread === null
        ? [Math.cos(angle) * radius, Math.sin(angle) * radius]
        : [found.dx + (next() - 0.5) * spread * 8, found.dy + (next() - 0.5) * spread * 8];
    if (Math.hypot(dx, dy) >= limit) continue;
    const near = obstacles.filter((_, k) => {
      const [w, s, e, n] = boxes[k]!;
      return w < dx + reach && e > dx - reach && s < dy + reach && n > dy - reach;
    });
    if (distanceByJsts(movePolygons([shape], dx, dy), near) >= C) return Math.hypot(dx, dy);
  }
  return null;
}

describe('the nearest clear place on random land', function () {
  this.timeout(120_000);
  for (let seed = 1; seed <= 12; seed++)
    it(`is free by another engine, and ${SAMPLES} random places find none nearer (land ${seed})`, () => {
      const next = random(seed);
      const obstacles = land(next);
      const shape =
        seed % 2 === 0
          ? star(next, 0, 0, 4 + next() * 4, 5 + (seed % 5))
          : turnPolygons(
              [
                [
                  [
                    [-5, -3],
                    [5, -3],
                    [5, 3],
                    [-5, 3],
                    [-5, -3],
                  ],
                ],
              ],
              next() * 180,
            )[0]!;
      const found = finish(
        nearestPlacement([shape], [{ polygons: obstacles, clearance_m: C }], { radius_m: 60, rotate: false }),
      );
      if (found === null) {
        expect(nearerBySampling(next, shape, obstacles, { dx: 0, dy: 0 }, 60)).to.equal(null);
        return;
      }
      const moved = movePolygons([shape], found.dx, found.dy);
      expect(distanceByJsts(moved, obstacles)).to.be.at.least(C - 1e-5);
      expect(nearerBySampling(next, shape, obstacles, found, found.distance_m - MISSED_M)).to.equal(null);
    });

  it('turned is free by another engine too, and never farther than unturned', () => {
    for (let seed = 20; seed < 26; seed++) {
      const next = random(seed);
      const obstacles = land(next);
      const sets = [{ polygons: obstacles, clearance_m: C }];
      const shape: PlanePolygon = [
        [
          [-8, -2.5],
          [8, -2.5],
          [8, 2.5],
          [-8, 2.5],
          [-8, -2.5],
        ],
      ];
      const straight = finish(nearestPlacement([shape], sets, { radius_m: 60, rotate: false }));
      const turned = finish(nearestPlacement([shape], sets, { radius_m: 60, rotate: true }));
      expect(turned?.distance_m ?? 61).to.be.at.most(straight?.distance_m ?? 61);
      if (turned === null) continue;
      const place = movePolygons(turnPolygons([shape], turned.rotation_deg), turned.dx, turned.dy);
      expect(distanceByJsts(place, obstacles)).to.be.at.least(C - 1e-5);
    }
  });
});
