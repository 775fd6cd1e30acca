import type { Knex } from 'knex';
import { prepared } from '../db/index.ts';

/** Part of a shape in one version of a layer. `class_code` null: outside every feature of the layer. */
export interface MeasuredPart {
  version_id: string;
  class_code: string | null;
  class_name: string | null;
  village_code: string | null;
  /** the village's name now: null where there is none; left out where it was not asked for */
  village_name?: string | null;
  area_m2: number;
  /** without the 田坎 inside: Σ area × (1 − KCXS) (TD/T 1057); the same as `area_m2` where no share is deducted */
  net_area_m2: number;
}

/** More vertices than this and a shape is cut into blocks first. */
export const BLOCK_VERTICES = 256;

/**
 * The area of one geometry inside another, both in the equal-area plane, without cutting where one covers the
 * other (docs/decisions/0003). The only place where shapes are cut for an answer. Only what has the other's box in its
 * own can cover it: `~` asks that without waking GEOS (a third of the time of a small overlay).
 */
export const CUT = cut('st_clipbybox2d(shape.geom, st_expand(p.geom::box2d, 1))');
/**
 * The same with the whole shape in place of what is around the piece: up to a third slower where pieces are many. What
 * ST_ClipByBox2D leaves of a shape whose rings end at the box may be no valid polygon, and then GEOS throws.
 */
const CUT_WHOLE = cut('shape.geom');

/**
 * Least grid of a cut with care, m: with none GEOS snaps edges that nearly coincide by as much as 0.015 m² per square
 * kilometre, with this one by 0.0002 (docs/decisions/0011).
 */
const CAREFUL_GRID = 1e-7;

function cut(around: string): string {
  return `case
  when shape.geom ~ p.geom and st_covers(shape.geom, p.geom) then p.area_m2
  when p.geom ~ shape.geom and st_covers(p.geom, shape.geom) then shape.area_m2
  else st_area(st_intersection(${around}, p.geom, ?))
end`;
}
/** A coordinate of a shape takes so many bytes of its EWKB. */
const POSITION_BYTES = 16;

/**
 * The shape (EWKB, EPSG:6933) as the CTE `shape (geom, area_m2)`, cut into blocks where it has many vertices: a comb
 * would meet each piece with all its teeth. A small one is left whole, which also tells the planner that it is one row:
 * it takes ST_Subdivide for a thousand, and then reads all pieces of a version rather than the index.
 */
export function shapeCte(shape: Buffer, gridSize: number): { sql: string; bindings: unknown[] } {
  if (shape.length <= BLOCK_VERTICES * POSITION_BYTES)
    return {
      sql: 'shape as materialized (select given as geom, st_area(given) as area_m2 from st_geomfromewkb(?) as given)',
      bindings: [shape],
    };
  return {
    sql: `shape as materialized (
      select part as geom, st_area(part) as area_m2
      from st_geomfromewkb(?) as given, lateral st_subdivide(given, ${BLOCK_VERTICES}, ?) as part
    )`,
    bindings: [shape, gridSize],
  };
}

/**
 * Cuts a shape (EWKB, EPSG:6933) along the partitions of the versions named; m². The inner `offset 0`
 * leaves the planner only the spatial index: by the key's it would read whole versions. The outer one has each piece cut
 * once: without it the cut stands in every sum that uses its area. Villages' names come along: a statement for them
 * alone takes longer than the join.
 */
export async function measureParts(
  db: Knex,
  shape: Buffer,
  counties: readonly string[],
  versions: readonly string[],
  gridSize: number,
  careful = false,
): Promise<MeasuredPart[]> {
  const given = shapeCte(shape, gridSize);
  const rows = await prepared<MeasuredPart>(
    db,
    `with ${given.sql}
     select measured.*, d.name as village_name
     from (
       select version_id, class_code, min(class_name) as class_name, village_code, sum(area_m2) as area_m2,
         sum(area_m2 * (1 - coalesce(kcxs, 0))) as net_area_m2
       from (
         select p.version_id, p.class_code, p.class_name, p.village_code, p.kcxs, ${careful ? CUT_WHOLE : CUT} as area_m2
         from shape cross join lateral (select * from piece where piece.geom && shape.geom offset 0) p
         where p.county_code = any (?) and p.version_id = any (?::bigint[])
         offset 0
       ) cut
       group by version_id, class_code, village_code
       having sum(area_m2) <> 0
       offset 0
     ) measured
     left join division d on d.code = measured.village_code and d.valid_until is null`,
    [...given.bindings, careful ? Math.max(gridSize, CAREFUL_GRID) : gridSize, counties, versions],
  );
  return rows;
}

/** Area of a shape inside the coverage of each version named, by a statement of its own; m². */
export async function measureCoverage(
  db: Knex,
  shape: Buffer,
  counties: readonly string[],
  versions: readonly string[],
  gridSize: number,
  careful = false,
): Promise<Map<string, number>> {
  const given = shapeCte(shape, gridSize);
  const rows = await prepared<{ version_id: string; area_m2: number }>(
    db,
    `with ${given.sql}
     select version_id, sum(area_m2) as area_m2
     from (
       select p.version_id, ${careful ? CUT_WHOLE : CUT} as area_m2
       from shape cross join lateral (select * from coverage_piece c where c.geom && shape.geom offset 0) p
       where p.county_code = any (?) and p.version_id = any (?::bigint[])
     ) cut
     group by version_id`,
    [...given.bindings, careful ? Math.max(gridSize, CAREFUL_GRID) : gridSize, counties, versions],
  );
  return new Map(rows.map((row) => [row.version_id, row.area_m2]));
}
