import type { Knex } from 'knex';
import { copyInteger, copyRows, copyText, query } from '../db/index.ts';
import { Problem } from '../problems.ts';

/** More vertices than this and a polygon is subdivided; 64 to 512 measured flat (../shared: performance.md). */
const MAX_VERTICES = 128;

export interface NewPiece {
  version_id: string;
  feature_id: number;
  class_code: string;
  class_name: string;
  village_code: string | null;
  /** EWKB, EPSG:6933 */
  plane: Buffer;
}

/** Stages features of versions in the equal-area plane; {@link derivePieces} makes partitions of them. */
export async function stagePlane(db: Knex, rows: readonly NewPiece[]): Promise<void> {
  await query(
    db,
    `insert into staged_plane
     select f.version_id, f.id, f.class_code, f.class_name, f.village_code, st_geomfromewkb(f.geom)
     from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::bytea[])
       as f (version_id, id, class_code, class_name, village_code, geom)`,
    [
      rows.map((r) => r.version_id),
      rows.map((r) => r.feature_id),
      rows.map((r) => r.class_code),
      rows.map((r) => r.class_name),
      rows.map((r) => r.village_code),
      rows.map((r) => r.plane),
    ],
  );
}

/** The same as {@link stagePlane} by COPY: native PostgreSQL only. */
export async function copyPlane(db: Knex, rows: readonly NewPiece[]): Promise<void> {
  await copyRows(
    db,
    'copy staged_plane from stdin (format binary)',
    rows.map((r) => [
      copyInteger(r.version_id),
      copyInteger(r.feature_id),
      copyText(r.class_code),
      copyText(r.class_name),
      copyText(r.village_code),
      r.plane,
    ]),
  );
}

/** Makes the place for {@link stagePlane}; it is gone with the transaction. */
export async function beginStaging(db: Knex): Promise<void> {
  await query(
    db,
    `create temporary table staged_plane (version_id bigint, feature_id bigint, class_code varchar(32), class_name text,
       village_code varchar(12), geom geometry(MultiPolygon, 6933)) on commit drop`,
  );
}

export async function endStaging(db: Knex): Promise<void> {
  await query(db, 'drop table staged_plane');
}

/** Refuses versions that hold an invalid polygon: an overlay must never meet one. */
async function refuseInvalid(db: Knex): Promise<void> {
  const rows = await query<{ feature_id: string; reason: string }>(
    db,
    `select feature_id, st_isvalidreason(geom) as reason from staged_plane where not st_isvalid(geom)
     order by version_id, feature_id limit 1`,
  );
  const first = rows[0];
  if (first)
    throw new Problem('land_invalid', {
      params: { reason: first.reason },
      where: { feature: first.feature_id },
    });
}

/** Derives a version's coverage, cut into pieces. */
export async function deriveCoverage(
  db: Knex,
  county: string,
  version: string,
  gridSize: number,
): Promise<void> {
  await query(
    db,
    `insert into coverage_piece
     select ?, ?, row_number() over (), st_area(part), part
     from layer_version v, lateral st_subdivide(v.coverage, ${MAX_VERTICES}, ?) as part
     where v.county_code = ? and v.id = ?`,
    [county, version, gridSize, county, version],
  );
}

/**
 * Derives the pieces inside features from what was staged since the last time, and empties the stage. With
 * {@link deriveOutside} they are a partition of the coverage. A partition is what makes a lost row visible: then its
 * areas no longer add up to the coverage. Throws `land_invalid`.
 */
export async function derivePieces(db: Knex, county: string, gridSize: number): Promise<void> {
  await refuseInvalid(db);
  await query(
    db,
    `with last as materialized (
       select s.version_id, (select coalesce(max(p.id), 0) from piece p
                             where p.county_code = ? and p.version_id = s.version_id) as id
       from (select distinct version_id from staged_plane) s
     )
     insert into piece (county_code, version_id, id, feature_id, class_code, class_name, village_code, area_m2, geom,
       kcxs, slope_class, ownership)
     select parts.county_code, parts.version_id, last.id + row_number() over (partition by parts.version_id order by parts.feature_id, cut, path),
       parts.feature_id, parts.class_code, parts.class_name, parts.village_code, st_area(part), part,
       f.kcxs, left(f.attributes ->> 'GDPDJB', 8), left(f.attributes ->> 'QSXZ', 8)
     from (
       select ?::char(6) as county_code, s.*, coalesce(subdivided.cut, 0) as cut, dumped.path, dumped.geom as part
       from staged_plane s
       left join lateral (
         select x.geom, x.cut from st_subdivide(s.geom, ${MAX_VERTICES}, ?) with ordinality as x (geom, cut)
         where st_npoints(s.geom) > ${MAX_VERTICES}
       ) subdivided on true,
       lateral st_dump(case when st_npoints(s.geom) <= ${MAX_VERTICES} then s.geom else subdivided.geom end) as dumped
     ) parts join last on last.version_id = parts.version_id
     join feature f on f.county_code = parts.county_code and f.version_id = parts.version_id and f.id = parts.feature_id
     where st_area(part) > 0
     order by part`,
    [county, county, gridSize],
  );
  await query(db, 'truncate staged_plane');
}

/**
 * Derives the pieces of a version's coverage that lie outside all its features, once their pieces are there. Coverage
 * piece by coverage piece, so that no step handles a whole county at once.
 */
export async function deriveOutside(
  db: Knex,
  county: string,
  version: string,
  gridSize: number,
): Promise<void> {
  const key = [county, version];
  await query(
    db,
    `insert into piece (county_code, version_id, id, feature_id, class_code, class_name, village_code, area_m2, geom)
     select ?, ?, (select coalesce(max(id), 0) from piece where county_code = ? and version_id = ?) + row_number() over (),
       null, null, null, null, st_area(part), part
     from coverage_piece c
     left join lateral (
       select st_union(p.geom, ?::float8 order by p.id) as geom from piece p
       where p.county_code = c.county_code and p.version_id = c.version_id and p.geom && c.geom
     ) inside on true,
     lateral st_subdivide(coalesce(st_difference(c.geom, inside.geom, ?), c.geom), ${MAX_VERTICES}, ?) as part
     where c.county_code = ? and c.version_id = ? and st_area(part) > 0`,
    [...key, ...key, gridSize, gridSize, gridSize, ...key],
  );
}

/** Areas of a version's partition and of its coverage, m². */
export async function partitionAreas(
  db: Knex,
  county: string,
  version: string,
): Promise<{ pieces: number; coverage: number }> {
  const rows = await query<{ pieces: number; coverage: number }>(
    db,
    `select (select coalesce(sum(area_m2), 0) from piece where county_code = ? and version_id = ?) as pieces,
       (select coalesce(sum(area_m2), 0) from coverage_piece where county_code = ? and version_id = ?) as coverage`,
    [county, version, county, version],
  );
  return rows[0]!;
}

/**
 * Totals by village, township and class, so that a village page overlays nothing. The class `''` is what lies outside
 * every feature: with it a village's totals add up to its area where the version covers it, and a lost row shows. A
 * township is the sum of its villages (GB/T 10114: its code is the first nine digits of theirs).
 */
export async function deriveTotals(
  db: Knex,
  county: string,
  version: string,
  gridSize: number,
): Promise<void> {
  await query(
    db,
    `insert into division_total
     select ?, ?, village_code, class_code, min(class_name), sum(area_m2)
     from (
       select village_code, class_code, class_name, area_m2 from piece
       where county_code = ? and version_id = ? and village_code is not null
       union all
       select d.code, p.class_code, p.class_name,
         case when st_covers(d.plane, p.geom) then p.area_m2 else st_area(st_intersection(p.geom, d.plane, ?)) end
       from piece p join division d on d.level = 5 and d.valid_until is null and d.plane && p.geom
       where p.county_code = ? and p.version_id = ? and p.feature_id is not null and p.village_code is null
     ) parts
     where area_m2 > 0
     group by village_code, class_code`,
    [county, version, county, version, gridSize, county, version],
  );
  await query(
    db,
    `insert into division_total
     select ?, ?, d.code, '', '', case when st_covers(v.coverage, d.plane) then d.area_m2
         else st_area(st_intersection(v.coverage, d.plane, ?)) end
       - coalesce((select sum(t.area_m2) from division_total t
                   where t.county_code = v.county_code and t.version_id = v.id and t.division_code = d.code), 0)
     from layer_version v join division d on d.level = 5 and d.valid_until is null and d.plane && v.coverage
     where v.county_code = ? and v.id = ? and left(d.code, 6) = v.county_code`,
    [county, version, gridSize, county, version],
  );
  await query(
    db,
    `insert into division_total
     select county_code, version_id, left(division_code, 9), class_code, min(class_name), sum(area_m2)
     from division_total where county_code = ? and version_id = ? and length(division_code) = 12
     group by county_code, version_id, left(division_code, 9), class_code`,
    [county, version],
  );
}
