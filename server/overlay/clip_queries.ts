import type { Knex } from 'knex';
import { query } from '../db/index.ts';

export interface ClippedClass {
  version_id: string;
  class_code: string;
  class_name: string;
  /** GeoJSON text of a MultiPolygon, EPSG:6933, rounded to 1 mm */
  geojson: string;
}

/** What features of the versions named leave inside one village, a MultiPolygon per class. */
export async function clipToVillage(
  db: Knex,
  village: string,
  county: string,
  versions: readonly string[],
  gridSize: number,
): Promise<ClippedClass[]> {
  const rows = await query<ClippedClass>(
    db,
    `with village as materialized (select plane from division where code = ? and valid_until is null)
     select p.version_id, p.class_code, min(p.class_name) as class_name,
       st_asgeojson(st_multi(st_union(
         st_collectionextract(case when st_covers(v.plane, p.geom) then p.geom
           else st_intersection(p.geom, v.plane, ?::float8) end, 3), ?::float8)), 3, 0) as geojson
     from village v join piece p on p.geom && v.plane and st_intersects(p.geom, v.plane)
     where p.county_code = ? and p.version_id = any (?::bigint[]) and p.feature_id is not null
     group by p.version_id, p.class_code`,
    [village, gridSize, gridSize, county, versions],
  );
  return rows;
}
