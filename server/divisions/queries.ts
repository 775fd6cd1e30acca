import type { Knex } from 'knex';
import { query } from '../db/index.ts';

export interface Division {
  code: string;
  name: string;
  level: number;
  parent: string | null;
  pinyin: string;
  initials: string;
}

/** A division as it is on a day, with its names from city to itself. */
export interface PlacedDivision {
  code: string;
  name: string;
  /** names from city (level 2) to the parent */
  path: string[];
  has_land: boolean;
}

/** Adds divisions that the catalogue does not have yet. */
export async function addDivisions(db: Knex, rows: readonly Division[]): Promise<void> {
  await query(
    db,
    `insert into division (code, name, level, parent, pinyin, initials)
     select * from unnest(?::text[], ?::text[], ?::int[], ?::text[], ?::text[], ?::text[])
     on conflict (code, valid_from) do nothing`,
    [
      rows.map((r) => r.code),
      rows.map((r) => r.name),
      rows.map((r) => r.level),
      rows.map((r) => r.parent),
      rows.map((r) => r.pinyin),
      rows.map((r) => r.initials),
    ],
  );
}

/** Says where a division lies: geometry as submitted (EWKB, EPSG:4490), and in the equal-area plane (EPSG:6933). */
export async function placeDivision(db: Knex, code: string, geom: Buffer, plane: Buffer): Promise<void> {
  await query(
    db,
    `update division set geom = st_geomfromewkb(?), plane = st_geomfromewkb(?), area_m2 = st_area(st_geomfromewkb(?))
     where code = ? and valid_until is null`,
    [geom, plane, plane, code],
  );
}

const PLACED = `d.code, d.name, d.geom is not null as has_land,
  (select coalesce(array_agg(a.name order by a.level), '{}') from division a
   where a.level between 2 and d.level - 1 and a.code = left(d.code, length(a.code)) and a.valid_until is null) as path`;

export async function findDivision(db: Knex, code: string): Promise<PlacedDivision | null> {
  const rows = await query<PlacedDivision>(
    db,
    `select ${PLACED} from division d where d.code = ? and d.valid_until is null`,
    [code],
  );
  return rows[0] ?? null;
}

export interface VillageSearch {
  /** part of a name, of its pinyin or initials, or the beginning of a code */
  q?: string | undefined;
  /** code of a division above */
  parent?: string | undefined;
  limit: number;
}

/** Villages, those with land first, then the closest name. */
export async function searchVillages(
  db: Knex,
  search: VillageSearch,
): Promise<{ villages: PlacedDivision[]; number_matched: number }> {
  const q = (search.q ?? '').trim().toLowerCase();
  const like = q.replace(/[\\%_]/g, (c) => `\\${c}`);
  const rows = await query<PlacedDivision & { matched: number }>(
    db,
    `with matched as (
       select * from division d
       where d.level = 5 and d.valid_until is null and (?::text is null or d.code like ?::text || '%')
         and (? = '' or d.name like '%' || ? || '%' or d.pinyin like ? || '%' or d.initials like ? || '%' or d.code like ? || '%')
     )
     select ${PLACED}, (select count(*)::int from matched) as matched
     from matched d
     order by d.geom is null, (d.name = ? or d.pinyin = ? or d.initials = ?) desc, d.name not like ? || '%', d.code
     limit ?`,
    [search.parent ?? null, search.parent ?? null, q, like, like, like, like, q, q, q, like, search.limit],
  );
  const villages = rows.map(({ matched: _, ...village }) => village);
  return { villages, number_matched: rows[0]?.matched ?? 0 };
}
