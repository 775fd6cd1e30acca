import type { Knex } from 'knex';
import { query } from '../db/index.ts';
import { core, readInside } from './queries.ts';

export interface FoundDivision {
  code: string;
  name: string;
  level: number;
  pinyin: string;
  path: string[];
  path_pinyin: string[];
}

export interface DivisionSearch {
  /** part of a name, of its pinyin or initials, the beginning of a code, or a name after those above it; '': all */
  q: string;
  /** division codes: only these and what lies below them; empty: everywhere */
  within: readonly string[];
  limit: number;
}

/** Divisions of every level: whole matches first, then the wider before the narrower, then by code. */
export async function searchDivisions(
  db: Knex,
  search: DivisionSearch,
): Promise<{ divisions: FoundDivision[]; number_matched: number }> {
  const q = search.q.toLowerCase().replace(/\s+/g, '');
  const prefix = `${q.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
  const inside = q === '' ? [] : (await readInside(db, q)).filter(({ rest }) => rest !== '');
  const rows = await query<FoundDivision & { matched: number }>(
    db,
    `with asked as (select ?::text as q, ?::text as name, ?::text as prefix),
     inside as (select * from unnest(?::text[], ?::text[]) as i (code, rest)),
     matched as (
       select d.* from division d, asked
       where d.valid_until is null
         and (cardinality(?::text[]) = 0 or exists (select from unnest(?::text[]) w where starts_with(d.code, w)))
         and (q = '' or position(asked.name in d.name) > 0 or d.pinyin like prefix or d.initials like prefix
           or d.code like prefix
           or exists (select from inside i where starts_with(d.code, i.code) and d.code <> i.code
             and position(i.rest in d.name) > 0))
     )
     select d.code, d.name, d.level, d.pinyin, above.path, above.path_pinyin,
       (select count(*)::int from matched) as matched
     from matched d cross join asked cross join lateral (
       select coalesce(array_agg(a.name order by a.level), '{}') as path,
         coalesce(array_agg(a.pinyin order by a.level), '{}') as path_pinyin
       from division a
       where a.level between 2 and d.level - 1 and a.code = left(d.code, length(a.code)) and a.valid_until is null
     ) above
     order by (d.name = q or d.code = q or d.pinyin = q or d.initials = q) desc, d.level, d.code
     limit ?`,
    [
      q,
      core(q),
      prefix,
      inside.map(({ code }) => code),
      inside.map(({ rest }) => rest),
      search.within,
      search.within,
      search.limit,
    ],
  );
  return {
    divisions: rows.map(({ matched: _, ...division }) => division),
    number_matched: rows[0]?.matched ?? 0,
  };
}
