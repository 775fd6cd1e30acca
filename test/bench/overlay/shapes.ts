import { readShape, type Shape } from '../../../server/geometry/index.ts';
import { random } from '../../support/random_shapes.ts';
import type { BenchLand } from './land.ts';

export interface BenchShape {
  shape: Shape;
  /** as a client sends it */
  geometry: { type: 'Polygon'; coordinates: number[][][] };
}

/** What is measured: area in m² and corners. */
export const SIZES = [
  ['0.1 ha', 1e3, 4],
  ['10 ha', 1e5, 4],
  ['500 ha', 5e6, 4],
  ['500 ha, 5,000 vertices', 5e6, 5000],
] as const;

/** Squares and wavy discs at places drawn from the villages, the same in every run. */
export async function benchShapes(
  land: BenchLand,
  area: number,
  corners: number,
  count: number,
): Promise<BenchShape[]> {
  const { rows } = await land.client.query<{ w: number; s: number; e: number; n: number }>(
    `select st_xmin(geom) w, st_ymin(geom) s, st_xmax(geom) e, st_ymax(geom) n from division
     where level = 5 and geom is not null order by code`,
  );
  const next = random(1);
  return Array.from({ length: count }, () => {
    const { w, s, e, n } = rows[Math.floor(next() * rows.length)]!;
    const at = [w + (e - w) * (0.3 + 0.4 * next()), s + (n - s) * (0.3 + 0.4 * next())] as const;
    const geometry = { type: 'Polygon' as const, coordinates: [ring(at, area, corners)] };
    return { geometry, shape: readShape(geometry, {}) };
  });
}

const METRES_PER_DEGREE = [91_000, 111_000] as const;

function ring([x, y]: readonly [number, number], area: number, corners: number): number[][] {
  const radius = corners === 4 ? Math.sqrt(area / 2) : Math.sqrt(area / Math.PI);
  const points = Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * (i + 0.5)) / corners;
    const r = corners === 4 ? radius : radius * (1 + 0.05 * Math.sin(40 * angle));
    return [
      x + (r * Math.cos(angle)) / METRES_PER_DEGREE[0],
      y + (r * Math.sin(angle)) / METRES_PER_DEGREE[1],
    ];
  });
  return [...points, points[0]!];
}
