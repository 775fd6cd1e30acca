import type { Knex } from 'knex';
import { query } from '../db/index.ts';

export interface VillagePlace {
  area_m2: number | null;
  bbox: [number, number, number, number] | null;
}

/** Where a village lies: lon/lat EPSG:4490. */
export async function findPlace(db: Knex, code: string): Promise<VillagePlace> {
  const rows = await query<VillagePlace>(
    db,
    `select area_m2, case when geom is not null then
       json_build_array(st_xmin(geom), st_ymin(geom), st_xmax(geom), st_ymax(geom)) end as bbox
     from division where code = ? and valid_until is null`,
    [code],
  );
  return rows[0] ?? { area_m2: null, bbox: null };
}

export async function findBoundary(db: Knex, code: string): Promise<string | null> {
  const rows = await query<{ geojson: string | null }>(
    db,
    'select st_asgeojson(geom, 5, 0) as geojson from division where code = ? and valid_until is null',
    [code],
  );
  return rows[0]?.geojson ?? null;
}

export interface ClassTotal {
  version_id: string;
  code: string;
  name: string;
  area_m2: number;
}

/**
 * Totals of a village or township (12 or 9 digits), as they were summed when the versions were published; code `''`:
 * outside every feature.
 */
export async function divisionTotals(
  db: Knex,
  county: string,
  division: string,
  versions: readonly string[],
): Promise<ClassTotal[]> {
  const rows = await query<ClassTotal>(
    db,
    `select version_id, class_code as code, class_name as name, area_m2 from division_total
     where county_code = ? and division_code = ? and version_id = any (?::bigint[])
     order by area_m2 desc, class_code`,
    [county, division, versions],
  );
  return rows;
}

export interface Parcel {
  code: string;
  name: string;
  area_m2: number;
  /** GeoJSON text, lon/lat EPSG:4490, rounded to 5 decimals (about 1 m) */
  geojson: string;
}

/** The land-use parcels of a village. */
export async function villageParcels(
  db: Knex,
  county: string,
  village: string,
  version: string,
): Promise<Parcel[]> {
  const rows = await query<Parcel>(
    db,
    `select class_code as code, class_name as name, gross_area_m2 as area_m2, st_asgeojson(geom, 5, 0) as geojson
     from feature where county_code = ? and version_id = ? and village_code = ? order by id`,
    [county, version, village],
  );
  return rows;
}

/** Gives every village a token for its QR code; tokens that stand on posters never change. */
export async function addTokens(
  db: Knex,
  tokens: readonly { token: string; village: string }[],
): Promise<void> {
  await query(
    db,
    `insert into village_token (token, village_code) select * from unnest(?::text[], ?::text[]) on conflict do nothing`,
    [tokens.map(({ token }) => token), tokens.map(({ village }) => village)],
  );
}

export async function villagesWithoutToken(db: Knex): Promise<string[]> {
  const rows = await query<{ code: string }>(
    db,
    `select d.code from division d left join village_token t on t.village_code = d.code
     where d.level = 5 and d.valid_until is null and t.token is null order by d.code`,
  );
  return rows.map((row) => row.code);
}

export async function tokenOf(db: Knex, village: string): Promise<string | null> {
  const rows = await query<{ token: string }>(db, 'select token from village_token where village_code = ?', [
    village,
  ]);
  return rows[0]?.token ?? null;
}

/** The village that a token leads to today: merged and renamed villages lead to their successor. */
export async function villageOfToken(db: Knex, token: string): Promise<string | null> {
  const rows = await query<{ code: string }>(
    db,
    `with recursive way as (
       select d.code, d.successor, d.valid_until, 1 as step
       from village_token t join division d on d.code = t.village_code where t.token = ?
       union all
       select d.code, d.successor, d.valid_until, step + 1 from way join division d on d.code = way.successor where step < 20
     )
     select code from way where valid_until is null order by step limit 1`,
    [token],
  );
  return rows[0]?.code ?? null;
}

/** Villages whose box comes within `reach` metres of a place (EWKB, EPSG:6933); the middle of the box in lon/lat. */
export async function villagesAround(
  db: Knex,
  place: Buffer,
  reach: number,
): Promise<{ code: string; here: boolean; lon: number; lat: number }[]> {
  return query(
    db,
    `select code, st_intersects(plane, place) as here, (st_xmin(geom) + st_xmax(geom)) / 2 as lon,
       (st_ymin(geom) + st_ymax(geom)) / 2 as lat
     from division, st_geomfromewkb(?) as place
     where level = 5 and valid_until is null and geom is not null and plane && st_expand(place, ?)`,
    [place, reach],
  );
}
