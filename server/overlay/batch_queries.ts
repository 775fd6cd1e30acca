import type { Knex } from 'knex';
import { query } from '../db/index.ts';
import { BLOCK_VERTICES, CUT, type MeasuredPart } from './queries.ts';

/** A slice of shapes, by their place in it. */
export interface SliceRows {
  /** 0, 1, 2 … */
  ords: readonly number[];
  /** EWKB, EPSG:6933 */
  ewkbs: readonly Buffer[];
}

export interface BatchPart extends MeasuredPart {
  ord: number;
}

const SHAPES = `shape as materialized (
  select given.ord, part as geom, st_area(part) as area_m2
  from unnest(?::int[], ?::bytea[]) as given (ord, ewkb),
    lateral st_subdivide(st_geomfromewkb(given.ewkb), ${BLOCK_VERTICES}, ?) as part
)`;

/**
 * Cuts many shapes along the partitions of the versions named, in one statement; m². The inner `offset 0` leaves the
 * planner only the spatial index: it would else join that with the key's (BitmapAnd), and read a whole version for
 * every shape (30 s instead of 0.8 s; ../shared: performance.md). The outer one lets what is sorted hold no geometry.
 */
export async function measureBatchParts(
  db: Knex,
  { ords, ewkbs }: SliceRows,
  counties: readonly string[],
  versions: readonly string[],
  gridSize: number,
): Promise<BatchPart[]> {
  return query<BatchPart>(
    db,
    `with ${SHAPES}
     select ord, version_id, class_code, min(class_name) as class_name, village_code, sum(area_m2) as area_m2,
       sum(area_m2 * (1 - coalesce(kcxs, 0))) as net_area_m2
     from (
       select shape.ord, p.version_id, p.class_code, p.class_name, p.village_code, p.kcxs, ${CUT} as area_m2
       from shape cross join lateral (select * from piece where piece.geom && shape.geom offset 0) p
       where p.county_code = any (?) and p.version_id = any (?::bigint[])
       offset 0
     ) cut
     group by ord, version_id, class_code, village_code
     having sum(area_m2) <> 0`,
    [ords, ewkbs, gridSize, gridSize, counties, versions],
  );
}

/** Area of each shape inside the coverage of each version named, by a statement of its own; m². */
export async function measureBatchCoverage(
  db: Knex,
  { ords, ewkbs }: SliceRows,
  counties: readonly string[],
  versions: readonly string[],
  gridSize: number,
): Promise<{ ord: number; version_id: string; area_m2: number }[]> {
  return query(
    db,
    `with ${SHAPES}
     select ord, version_id, sum(area_m2) as area_m2
     from (
       select shape.ord, p.version_id, ${CUT} as area_m2
       from shape cross join lateral (select * from coverage_piece c where c.geom && shape.geom offset 0) p
       where p.county_code = any (?) and p.version_id = any (?::bigint[])
       offset 0
     ) cut
     group by ord, version_id`,
    [ords, ewkbs, gridSize, gridSize, counties, versions],
  );
}

/**
 * Of the versions named, by id, the first of the same county with exactly the same coverage: what the versions of a
 * county mostly share is then measured once.
 */
export async function sameCoverage(db: Knex, versions: readonly string[]): Promise<Map<string, string>> {
  const rows = await query<{ id: string; first: string }>(
    db,
    `select id, min(id) over (partition by county_code, md5(st_asewkb(coverage))) as first
     from layer_version where id = any (?::bigint[])`,
    [versions],
  );
  return new Map(rows.map(({ id, first }) => [id, first]));
}

/** Which of the versions named are still there. One that is there now was there all along: ids are not given twice. */
export async function versionsThere(db: Knex, versions: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>(
    db,
    `select id from layer_version where id = any (?::bigint[]) and status <> 'loading'`,
    [versions],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Throws where the database does not answer. */
export async function isReachable(db: Knex): Promise<void> {
  await query(db, 'select 1');
}
