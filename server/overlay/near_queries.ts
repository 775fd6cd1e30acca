import type { Knex } from 'knex';
import { prepared } from '../db/index.ts';
import { MOST_STRETCH } from '../geometry/index.ts';
import type { Layer, LayerVersion } from '../layers/index.ts';
import type { NearPiece } from './near_misses.ts';
import { shapeCte } from './queries.ts';

/** What is measured in the scaled plane is true to 0.3 % over 50 km; the rest is decided by exact distances. */
const MARGIN = 1.01;

/** A class of a layer, of which some lies inside the shape. */
export interface MetClass {
  layer: string;
  class_code: string;
}

export interface NearQuestion {
  /** EWKB, EPSG:6933 */
  shape: Buffer;
  counties: readonly string[];
  versions: readonly LayerVersion[];
  layers: readonly Layer[];
  met: readonly MetClass[];
  /** how many times its length on the ground something has along the parallel, and its inverse along the meridian */
  stretch: number;
  gridSize: number;
}

/**
 * Pieces of classes that a shape does not meet, within some hundredths more than their layer's near-miss distance, and
 * for each the shortest line to it (EPSG:6933). It is sought in a plane that is EPSG:6933 with its stretch at the shape
 * taken out: no projection is asked of the database (docs/decisions/0003). Met classes are looked up in a hashed
 * subplan: `<> all` of a parameter compares with each of them, a third of the time of a large shape.
 */
export async function findNearPieces(db: Knex, question: NearQuestion): Promise<NearPiece[]> {
  const { shape, counties, versions, layers, met, stretch, gridSize } = question;
  const reach = new Map(layers.map(({ key, near_miss_m }) => [key, near_miss_m]));
  const within = versions
    .map(({ id, layer }) => ({ id, layer, metres: reach.get(layer)! }))
    .filter(({ metres }) => metres > 0);
  const farthest = Math.max(0, ...within.map(({ metres }) => metres));
  const given = shapeCte(shape, gridSize);
  const rows = await prepared<NearPiece>(
    db,
    `with ${given.sql}, near as materialized (
       select p.version_id, p.class_code, p.class_name, p.geom, shape.geom as shape
       from shape cross join lateral (
         select * from piece where piece.geom && st_expand(shape.geom, ?::float8 * ${MOST_STRETCH}) offset 0
       ) p
       where p.county_code = any (?) and p.version_id = any (?::bigint[]) and p.feature_id is not null
         and p.version_id || ' ' || p.class_code not in (select unnest(?::text[]))
     )
     select reach.layer, version_id, class_code, class_name,
       st_x(st_startpoint(line)) as ax, st_y(st_startpoint(line)) as ay,
       st_x(st_endpoint(line)) as bx, st_y(st_endpoint(line)) as by
     from near join unnest(?::bigint[], ?::text[], ?::float8[]) as reach (id, layer, metres)
         on reach.id = near.version_id,
       lateral (
         select st_shortestline(st_scale(shape, ?::float8, ?::float8), st_scale(geom, ?::float8, ?::float8)) as line
         offset 0
       ) shortest
     where st_length(line) <= metres * ${MARGIN}`,
    [
      ...given.bindings,
      farthest,
      counties,
      within.map(({ id }) => id),
      keysOf(met, versions),
      within.map(({ id }) => id),
      within.map(({ layer }) => layer),
      within.map(({ metres }) => metres),
      ...[1 / stretch, stretch, 1 / stretch, stretch],
    ],
  );
  return rows.map(({ ax, ay, bx, by, ...row }) => ({
    ...row,
    ...{ ax: ax * stretch, ay: ay / stretch, bx: bx * stretch, by: by / stretch },
  }));
}

function keysOf(met: readonly MetClass[], versions: readonly LayerVersion[]): string[] {
  const classes = new Map<string, Set<string>>();
  for (const { layer, class_code } of met)
    classes.set(layer, (classes.get(layer) ?? new Set()).add(class_code));
  return versions.flatMap(({ id, layer }) => [...(classes.get(layer) ?? [])].map((code) => `${id} ${code}`));
}
