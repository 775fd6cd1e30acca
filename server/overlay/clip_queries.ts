import type { Knex } from 'knex';
import { query } from '../db/index.ts';

export interface ClippedClass {
  version_id: string;
  class_code: string;
  class_name: string;
  /** GeoJSON text, lon/lat EPSG:4490, rounded to 5 decimals (about 1 m) */
  geojson: string;
}

/** What features of the versions named leave inside one village, a MultiPolygon per class, generalised to about 1 m. */
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
       st_asgeojson(st_transform(st_union(
         st_collectionextract(case when st_covers(v.plane, p.geom) then p.geom
           else st_intersection(p.geom, v.plane, ?::float8) end, 3), ?::float8), 4490), 5) as geojson
     from village v join piece p on p.geom && v.plane and st_intersects(p.geom, v.plane)
     where p.county_code = ? and p.version_id = any (?::bigint[]) and p.feature_id is not null
     group by p.version_id, p.class_code`,
    [village, gridSize, gridSize, county, versions],
  );
  return rows;
}
