import type { Knex } from 'knex';
import { query } from '../db/index.ts';

/** A feature's class that a shape does not touch but comes close to. */
export interface NearMiss {
  layer: string;
  version_id: string;
  class_code: string;
  class_name: string;
  /** metres in the local 3° zone */
  distance_m: number;
}

/** What is looked at lies within this many times the distance in EPSG:6933, whose scale is 0.77 to 1.47 in China. */
const STRETCH = 1.6;

/**
 * Classes of the versions named within their layer's near-miss distance of a shape (EWKB, EPSG:6933), nearest first.
 * Distances are planar in the local 3° Gauss–Kruger zone `zone` (EPSG code): 6933 keeps areas, not lengths. Touching is
 * no near miss: a distance of 0 is left to the areas.
 */
export async function findNearMisses(
  db: Knex,
  shape: Buffer,
  counties: readonly string[],
  versions: readonly string[],
  zone: number,
): Promise<NearMiss[]> {
  return query<NearMiss>(
    db,
    `with shape as materialized (
       select given as geom, st_transform(given, ?::int) as local from st_geomfromewkb(?) as given
     ), reach as materialized (
       select v.county_code, v.id, v.layer, l.near_miss_m from layer_version v join layer l on l.key = v.layer
       where v.county_code = any (?) and v.id = any (?::bigint[]) and l.near_miss_m > 0
     ), near as materialized (
       select p.county_code, p.version_id, p.class_code, p.class_name, p.geom
       from shape join piece p on p.geom && st_expand(shape.geom, (select max(near_miss_m) from reach) * ${STRETCH})
       where p.county_code = any (?) and p.version_id = any (?::bigint[]) and p.feature_id is not null
     )
     select r.layer, n.version_id, n.class_code, min(n.class_name) as class_name, min(d.distance_m) as distance_m
     from near n join reach r on r.county_code = n.county_code and r.id = n.version_id,
       shape, lateral (select st_distance(shape.local, st_transform(n.geom, ?::int)) as distance_m) d
     where d.distance_m <= r.near_miss_m
     group by r.layer, n.version_id, n.class_code
     having min(d.distance_m) > 0
     order by distance_m, r.layer, n.class_code`,
    [zone, shape, counties, versions, counties, versions, zone],
  );
}
