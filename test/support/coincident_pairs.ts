import type { Knex } from 'knex';
import { multiPolygonToEwkb } from '../../server/geometry/index.ts';
import { random } from './random_shapes.ts';

/** Two valid polygons of about 1 km radius in EPSG:6933 whose borders run along each other within a hair, as EWKB. */
export function coincidentPair(next: () => number): [Buffer, Buffer] {
  const [x0, y0] = [1.09e7 + next() * 1e5, 4.2e6 + next() * 1e5];
  const count = 20 + Math.floor(next() * 180);
  const hair = 10 ** -(2 + next() * 8);
  const [first, second]: [number[][], number[][]] = [[], []];
  for (let i = 0; i < count; i++) {
    const angle = (2 * Math.PI * i) / count;
    const radius = 1000 * (0.6 + 0.4 * next());
    const at = [x0 + radius * Math.cos(angle), y0 + radius * Math.sin(angle)] as const;
    first.push([...at]);
    const moved = next() < 0.7;
    second.push([at[0] + (moved ? (next() - 0.5) * hair : 0), at[1] + (moved ? (next() - 0.5) * hair : 0)]);
    // a vertex on the line to the next one, as where two surveys share a border and only one has the junction
    if (next() < 0.3) {
      const angle2 = (2 * Math.PI * (i + 0.5)) / count;
      second.push([x0 + radius * 0.9 * Math.cos(angle2), y0 + radius * 0.9 * Math.sin(angle2)]);
      first.push([
        x0 + radius * 0.9 * Math.cos(angle2) + (next() - 0.5) * hair,
        y0 + radius * 0.9 * Math.sin(angle2),
      ]);
    }
  }
  const ewkb = (ring: number[][]) => multiPolygonToEwkb([[[...ring, ring[0]!]]] as never, 6933);
  return [ewkb(first), ewkb(second)];
}

export interface GridResult {
  pairs: number;
  /** pairs at which GEOS threw, an error for the client */
  thrown: number;
  /** largest |intersection + difference − area|, m² */
  worst_m2: number;
}

/** Cuts `pairs` pairs along each other with a grid (m; -1: none). */
export async function cutPairs(db: Knex, gridSize: number, pairs: number, seed: number): Promise<GridResult> {
  const next = random(seed);
  const result: GridResult = { pairs, thrown: 0, worst_m2: 0 };
  for (let i = 0; i < pairs; i++) {
    const [a, b] = coincidentPair(next);
    try {
      const { rows } = await db.raw<{ rows: { off: number }[] }>(
        `select abs(st_area(st_intersection(a, b, ?)) + st_area(st_difference(a, b, ?)) - st_area(a)) as off
         from st_geomfromewkb(?) a, st_geomfromewkb(?) b`,
        [gridSize, gridSize, a, b],
      );
      result.worst_m2 = Math.max(result.worst_m2, rows[0]!.off);
    } catch {
      result.thrown++;
    }
  }
  return result;
}
