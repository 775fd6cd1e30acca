import type { Knex } from 'knex';
import { query } from '../db/index.ts';
import { shapeCte } from './queries.ts';

/** One cell of a cross table: land of one kind in one village, in one class of one zone layer or outside all of it. */
export interface CrossPart {
  version_id: string;
  /** null: outside every feature of the zone layer */
  zone_code: string | null;
  zone_name: string | null;
  class_code: string | null;
  class_name: string | null;
  village_code: string | null;
  slope_class: string | null;
  ownership: string | null;
  area_m2: number;
  net_area_m2: number;
}

/**
 * Land use × zone layers inside a shape (EWKB, EPSG:6933): each part of a parcel inside the shape is cut along the
 * partitions of the zone versions named; m². A parcel that lies in one zone piece is not cut at all.
 */
export async function measureCross(
  db: Knex,
  shape: Buffer,
  counties: readonly string[],
  land: readonly string[],
  zones: readonly string[],
  gridSize: number,
): Promise<CrossPart[]> {
  const given = shapeCte(shape, gridSize);
  return query<CrossPart>(
    db,
    `with ${given.sql},
     land as materialized (
       select p.class_code, p.class_name, p.village_code, p.slope_class, p.ownership, p.kcxs, cut.geom,
         st_area(cut.geom) as area_m2
       from shape cross join lateral (select * from piece where piece.geom && shape.geom offset 0) p,
         lateral st_dump(
           case when shape.geom ~ p.geom and st_covers(shape.geom, p.geom) then p.geom
             when p.geom ~ shape.geom and st_covers(p.geom, shape.geom) then shape.geom
             else st_collectionextract(
               st_intersection(st_clipbybox2d(shape.geom, st_expand(p.geom::box2d, 1)), p.geom, ?), 3) end) as cut
       where p.county_code = any (?) and p.version_id = any (?::bigint[])
     )
     select version_id, zone_code, min(zone_name) as zone_name, class_code, min(class_name) as class_name,
       village_code, slope_class, ownership, sum(area_m2) as area_m2,
       sum(area_m2 * (1 - coalesce(kcxs, 0))) as net_area_m2
     from (
       select z.version_id, z.class_code as zone_code, z.class_name as zone_name, l.class_code, l.class_name,
         l.village_code, l.slope_class, l.ownership, l.kcxs, case
           when z.holds then l.area_m2
           when l.geom ~ z.geom and st_covers(l.geom, z.geom) then z.area_m2
           else st_area(st_intersection(l.geom, z.geom, ?))
         end as area_m2
       from land l cross join lateral (
         select *, row_number() over (partition by version_id order by holds desc) as place,
           bool_or(holds) over (partition by version_id) as held
         from (
           select zone.*, zone.geom ~ l.geom and st_covers(zone.geom, l.geom) as holds
           from (select * from piece where piece.geom && l.geom offset 0) zone
           where zone.county_code = any (?) and zone.version_id = any (?::bigint[]) offset 0
         ) met
       ) z
       where not z.held or z.place = 1
       offset 0
     ) cells
     group by version_id, zone_code, class_code, village_code, slope_class, ownership
     having sum(area_m2) <> 0`,
    [...given.bindings, gridSize, counties, land, gridSize, counties, zones],
  );
}
