/**
 * What the engine is measured against, written before it was tuned. All take a GeoJSON text in lon/lat (EPSG:4490) as
 * $1 and the ids of the versions in force as $2, and answer areas by version and class; m², EPSG:6933.
 */

/** The shape as whoever has a GeoJSON would write it. */
const SHAPE = `select st_transform(st_setsrid(st_geomfromgeojson($1), 4490), 6933) as geom`;

/**
 * What one writes first, and what most servers run: whole features, ST_Intersects and ST_Intersection. On
 * `bench_feature`, made by {@link NAIVE_TABLE}, which holds the villages too.
 */
export const NAIVE = `
  select f.version_id, f.class_code, sum(st_area(st_intersection(f.geom, s.geom))) as area_m2
  from (${SHAPE}) s
  join bench_feature f on st_intersects(f.geom, s.geom)
  where f.version_id = any ($2::bigint[])
  group by 1, 2`;

/**
 * The best that is known by hand (../shared/performance.md): subdivided pieces with their area, no cutting where one
 * covers the other, ST_ClipByBox2D before ST_Intersection, the shape held in memory.
 */
export const REFERENCE = `
  with s as materialized (${SHAPE}),
  shape as materialized (select geom, st_area(geom) as area_m2 from s)
  select p.version_id, p.class_code, sum(case
    when st_covers(shape.geom, p.geom) then p.area_m2
    when st_covers(p.geom, shape.geom) then shape.area_m2
    else st_area(st_intersection(st_clipbybox2d(shape.geom, st_expand(p.geom::box2d, 1)), p.geom))
  end) as area_m2
  from shape join piece p on p.geom && shape.geom
  where p.version_id = any ($2::bigint[])
  group by 1, 2`;

/** The same for many shapes at once, $1 a JSON array of geometries: areas by shape, version and class. */
export const REFERENCE_BATCH = `
  with shape as materialized (
    select ord, geom, st_area(geom) as area_m2
    from (
      select ord, st_transform(st_setsrid(st_geomfromgeojson(item::text), 4490), 6933) as geom
      from jsonb_array_elements($1::jsonb) with ordinality as items (item, ord)
    ) given
  )
  select shape.ord, p.version_id, p.class_code, sum(case
    when st_covers(shape.geom, p.geom) then p.area_m2
    when st_covers(p.geom, shape.geom) then shape.area_m2
    else st_area(st_intersection(shape.geom, p.geom))
  end) as area_m2
  from shape join piece p on st_intersects(p.geom, shape.geom)
  where p.version_id = any ($2::bigint[])
  group by 1, 2, 3`;

/** No version has this id: villages are asked for beside the layers, since our answers name them too. */
export const VILLAGES = 0;

/**
 * Whole features in the equal-area plane. Zones of a county and class as they are delivered, in multipolygons of about
 * 10^5 vertices (permanent basic farmland; what has fewer in a county is one), made of whole townships.
 */
export const NAIVE_TABLE = `
  create table bench_feature as
    select f.version_id, f.class_code, st_transform(f.geom, 6933) as geom
    from feature f join layer_version v on v.county_code = f.county_code and v.id = f.version_id
    where v.layer = 'land_use'
    union all
    select version_id, class_code, st_multi(st_union(geom)) as geom
    from (
      select f.version_id, f.class_code, part.geom, floor(sum(st_npoints(part.geom)) over (
        partition by f.version_id, f.class_code order by left(f.village_code, 9), f.id, part.path) / 100000) as place
      from feature f join layer_version v on v.county_code = f.county_code and v.id = f.version_id,
        lateral st_dump(st_transform(f.geom, 6933)) as part
      where v.layer <> 'land_use'
    ) parts
    group by version_id, class_code, place
    union all
    select ${VILLAGES}, code, plane from division where plane is not null;
  create index on bench_feature using gist (geom);
  analyze bench_feature`;
