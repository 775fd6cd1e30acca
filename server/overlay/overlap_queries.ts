import type { Knex } from 'knex';
import { query } from '../db/index.ts';
import { shapeCte } from './queries.ts';

/**
 * Area of a shape (EWKB, EPSG:6933) that the coverages of two counties both claim, by layer; m². The sum of coverages
 * only tells how much is covered where none overlap. Layers without an overlap have no entry.
 */
export async function measureOverlap(
  db: Knex,
  shape: Buffer,
  counties: readonly string[],
  versions: readonly string[],
  gridSize: number,
): Promise<Map<string, number>> {
  const given = shapeCte(shape, gridSize);
  const rows = await query<{ layer: string; area_m2: number }>(
    db,
    `with ${given.sql}, claim as materialized (
       select v.layer, v.county_code, st_intersection(c.geom, shape.geom, ?) as geom
       from shape join coverage_piece c on c.geom && shape.geom
       join layer_version v on v.county_code = c.county_code and v.id = c.version_id
       where c.county_code = any (?) and c.version_id = any (?::bigint[])
     )
     select a.layer, sum(st_area(st_intersection(a.geom, b.geom, ?))) as area_m2
     from claim a join claim b on b.layer = a.layer and b.county_code > a.county_code and b.geom && a.geom
     group by a.layer`,
    [...given.bindings, gridSize, counties, versions, gridSize],
  );
  return new Map(rows.map(({ layer, area_m2 }) => [layer, area_m2]));
}
