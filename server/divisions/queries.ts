import type { Knex } from 'knex';
import { prepared, query } from '../db/index.ts';

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
  /** of its name without the kind of division, no tones, one word */
  pinyin: string;
  /** names from city (level 2) to the parent */
  path: string[];
  path_pinyin: string[];
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

/** City, county and township of a division, by the digits of its code (GB/T 10114): the key finds them. */
const ABOVE = '(left(d.code, 4), left(d.code, 6), left(d.code, 9))';
const PLACED = `d.code, d.name, d.pinyin, d.geom is not null as has_land,
  (select coalesce(array_agg(a.pinyin order by a.level), '{}') from division a
   where a.code in ${ABOVE} and a.level < d.level and a.valid_until is null) as path_pinyin,
  (select coalesce(array_agg(a.name order by a.level), '{}') from division a
   where a.code in ${ABOVE} and a.level < d.level and a.valid_until is null) as path`;

export async function findDivision(db: Knex, code: string): Promise<PlacedDivision | null> {
  const rows = await prepared<PlacedDivision>(
    db,
    `select ${PLACED} from division d where d.code = ? and d.valid_until is null`,
    [code],
  );
  return rows[0] ?? null;
}

export interface VillageSearch {
  /** part of a name, of its pinyin or initials, the beginning of a code, or a name after those above it */
  q?: string | undefined;
  /** code of a division above */
  parent?: string | undefined;
  limit: number;
}

/** What people add to the name of a village, or leave out: 方庄, 方庄村, 方庄村委会, 方庄村民委员会. */
const KIND_OF_VILLAGE = '(村?村民委员会|村?村委会|社区居民委员会|社区居委会|居民委员会|居委会|社区|村)$';
const KIND_OF_DIVISION = '(市|县|区|镇|乡|街道办事处|街道|办事处)$';
/** One character alone says too little. */
const LEAST_LENGTH = 2;
const DEEPEST = 3;

/** A name without the kind of village behind it, where that leaves something to look for. */
export function core(q: string): string {
  const rest = q.replace(new RegExp(KIND_OF_VILLAGE), '');
  return rest.length >= LEAST_LENGTH ? rest : q;
}

/** A query that begins with the names of divisions above: the lowest of them, and what is asked for inside it. */
interface Inside {
  code: string;
  rest: string;
}

/** `修武县方庄` → 方庄 in 410821; the word for the kind of division may be missing. */
export async function readInside(db: Knex, q: string): Promise<Inside[]> {
  const found: Inside[] = [];
  let open: Inside[] = [{ code: '', rest: q }];
  for (let step = 0; step < DEEPEST && open.length > 0; step++) {
    open = await query<Inside>(
      db,
      `select d.code, substr(o.rest, length(n.name) + 1) as rest
       from unnest(?::text[], ?::text[]) as o (code, rest)
       join division d on d.code like o.code || '%' and length(d.code) > length(o.code)
       cross join lateral (values (d.name, 0), (regexp_replace(d.name, ?, ''), 1)) as n (name, least)
       where d.level between 2 and 4 and d.valid_until is null
         and length(n.name) >= ? and starts_with(o.rest, n.name) and length(o.rest) >= length(n.name) + n.least`,
      [open.map(({ code }) => code), open.map(({ rest }) => rest), KIND_OF_DIVISION, LEAST_LENGTH],
    );
    found.push(...open);
    open = open.filter(({ rest }) => rest !== '');
  }
  return found.map(({ code, rest }) => ({ code, rest: core(rest) }));
}

/** Villages, those with land first, then the closest name. */
export async function searchVillages(
  db: Knex,
  search: VillageSearch,
): Promise<{ villages: PlacedDivision[]; number_matched: number }> {
  const q = (search.q ?? '').toLowerCase().replace(/\s+/g, '');
  const like = q.replace(/[\\%_]/g, (c) => `\\${c}`);
  const inside = q === '' ? [] : await readInside(db, q);
  const rows = await query<PlacedDivision & { matched: number }>(
    db,
    `with asked as (select ?::text as q, ?::text as name, ?::text as prefix),
     inside as (select * from unnest(?::text[], ?::text[]) as i (code, rest)),
     matched as (
       select d.*, regexp_replace(d.name, ?, '') as stem from division d, asked
       where d.level = 5 and d.valid_until is null and (?::text is null or d.code like ?::text || '%')
         and (q = '' or position(asked.name in d.name) > 0 or d.pinyin like prefix or d.initials like prefix
           or d.code like prefix
           or exists (select from inside i where d.code like i.code || '%' and position(i.rest in d.name) > 0))
     )
     select ${PLACED}, (select count(*)::int from matched) as matched
     from matched d, asked
     order by d.geom is null, (d.name = q or d.stem = asked.name or d.pinyin = q or d.initials = q) desc,
       starts_with(d.name, q) desc, starts_with(d.name, asked.name) desc, d.code
     limit ?`,
    [
      q,
      core(q),
      `${like}%`,
      inside.map(({ code }) => code),
      inside.map(({ rest }) => rest),
      KIND_OF_VILLAGE,
      search.parent ?? null,
      search.parent ?? null,
      search.limit,
    ],
  );
  const villages = rows.map(({ matched: _, ...village }) => village);
  return { villages, number_matched: rows[0]?.matched ?? 0 };
}

/** Codes of the city, county and township that a village lies in, by the digits of its own (GB/T 10114). */
export function divisionsAbove(village: string): string[] {
  return [4, 6, 9].filter((digits) => digits < village.length).map((digits) => village.slice(0, digits));
}

/** Names of the divisions that have these codes now. */
export async function namesOf(db: Knex, codes: readonly string[]): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map();
  const rows = await prepared<{ code: string; name: string }>(
    db,
    'select code, name from division where code = any (?) and valid_until is null',
    [codes],
  );
  return new Map(rows.map(({ code, name }) => [code, name]));
}
