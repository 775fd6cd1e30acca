import type { Knex } from 'knex';
import { query } from '../db/index.ts';

/** Two shapes that share land, by their places in the list, and how much. */
export interface CommonLand {
  a: number;
  b: number;
  /** m² */
  area_m2: number;
}

/** Less than this, m², is what two descriptions of one border differ by. */
const SHARED_FROM_M2 = 0.01;

/** The pairs among some shapes (EWKB, EPSG:6933) that share land, in the order of the list. */
export async function commonLand(
  db: Knex,
  shapes: readonly Buffer[],
  gridSize: number,
): Promise<CommonLand[]> {
  if (shapes.length < 2) return [];
  return query<CommonLand>(
    db,
    `with given as materialized (
       select place::int - 1 as place, st_geomfromewkb(shape) as geom
       from unnest(?::bytea[]) with ordinality as list (shape, place)
     )
     select * from (
       select a.place as a, b.place as b, st_area(st_intersection(a.geom, b.geom, ?)) as area_m2
       from given a join given b on a.place < b.place and a.geom && b.geom and st_intersects(a.geom, b.geom)
     ) pairs where area_m2 >= ${SHARED_FROM_M2} order by a, b`,
    [shapes, gridSize],
  );
}
