import type { Knex } from 'knex';
import { query } from '../db/index.ts';

/** What one layer demands of a place. */
export interface LayerDemand {
  layer: string;
  versions: readonly string[];
  /** `only`: a place may lie on nothing but the classes named (null: outside all features); `never`: not on these */
  kind: 'only' | 'never';
  codes: readonly (string | null)[];
  /** only parcels of this village; null: anywhere */
  village: string | null;
  /** the public may not see where the layer lies */
  hidden: boolean;
}

export interface Obstacles {
  hidden: boolean;
  /** [polygon][ring][point][x, y], EPSG:6933 to 0.1 mm */
  polygons: [number, number][][][];
}

/** Borders that run together are derived apart to 1e-7 m: on a grid of this, m, they are one again. */
const GRID_M = 1e-3;
/** Long edges are straight in EPSG:6933; pieces of this, m, deviate from it in the local zone by less than 0.2 mm. */
const STRAIGHT_M = 100;
/** Less than this is left over from cutting, not land, m² (a tenth of what an overlay may miss). */
const SLIVER_M2 = 1e-3;

/**
 * What a place must not touch inside a window (EWKB, EPSG:6933; a box): all that is not positively allowed by a layer
 * that must have been examined, so that missing data, a lost piece and other villages bar a place as a zone does.
 */
export async function findObstacles(
  db: Knex,
  window: Buffer,
  counties: readonly string[],
  demands: readonly LayerDemand[],
): Promise<Obstacles[]> {
  const versions = demands.flatMap(({ versions }, i) => versions.map((id) => ({ i, id })));
  const codes = demands.flatMap(({ codes }, i) => codes.map((code) => ({ i, code })));
  const rows = await query<{ hidden: boolean; geojson: string | null }>(
    db,
    `with box as materialized (select st_geomfromewkb(?) as geom),
     demand as (
       select * from unnest(?::int[], ?::boolean[], ?::boolean[], ?::text[]) as d (i, only_these, hidden, village)
     ), named as (
       select d.i, p.geom
       from box join piece p on p.geom && box.geom
         join unnest(?::int[], ?::bigint[]) as v (i, id) on v.id = p.version_id
         join demand d on d.i = v.i
         join unnest(?::int[], ?::text[]) as c (i, code) on c.i = d.i and c.code is not distinct from p.class_code
       where p.county_code = any (?) and (d.village is null or p.village_code = d.village)
     ), merged as (
       select d.i, d.only_these, d.hidden, st_union(n.geom, ${GRID_M}) as geom
       from demand d left join named n on n.i = d.i
       group by d.i, d.only_these, d.hidden
     ), barred as (
       select hidden, case
         when only_these and merged.geom is null then box.geom
         when only_these then st_difference(box.geom, merged.geom, ${GRID_M})
         else st_intersection(box.geom, merged.geom, ${GRID_M}) end as geom
       from merged, box
     ), whole as (
       select hidden, st_union(st_collectionextract(geom, 3), ${GRID_M}) as geom
       from barred where geom is not null group by hidden
     )
     select hidden, (
       select st_asgeojson(st_segmentize(st_collect(part.geom), ${STRAIGHT_M}), 4, 0)
       from st_dump(whole.geom) part where st_area(part.geom) > ${SLIVER_M2}) as geojson
     from whole`,
    [
      window,
      demands.map((_, i) => i),
      demands.map(({ kind }) => kind === 'only'),
      demands.map(({ hidden }) => hidden),
      demands.map(({ village }) => village),
      versions.map(({ i }) => i),
      versions.map(({ id }) => id),
      codes.map(({ i }) => i),
      codes.map(({ code }) => code),
      counties,
    ],
  );
  return rows.map(({ hidden, geojson }) => ({
    hidden,
    polygons:
      geojson === null ? [] : (JSON.parse(geojson) as { coordinates: [number, number][][][] }).coordinates,
  }));
}
