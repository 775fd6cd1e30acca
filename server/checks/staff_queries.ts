import type { Knex } from 'knex';
import type { Activity, Outcome } from '../contract/index.ts';
import { query } from '../db/index.ts';

/** Where a check belongs: its village, or the county where it lies in none. */
const PLACE = 'coalesce(c.village_code, c.county_code::text)';
const CHINA = "at time zone 'Asia/Shanghai'";
/** Digits of an id that are shown: enough to tell two checks apart, far from enough to open one. */
export const REFERENCE_DIGITS = 8;
const REFERENCE = `left(c.id, ${REFERENCE_DIGITS})`;
const INSTANT = `to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

export interface CheckRow {
  reference: string;
  /** ISO 8601, microseconds */
  created_at: string;
  expires_at: string;
  activity: Activity;
  outcome: Outcome;
  area_m2: number;
  village: { code: string; name: string; path: string[] } | null;
}

export interface CheckSearch {
  outcome: Outcome | null;
  activity: Activity | null;
  /** a prefix of division codes */
  division: string | null;
  /** days in China, both included */
  from: string | null;
  until: string | null;
  /** the last row of the page before */
  after: { created_at: string; reference: string } | null;
  limit: number;
}

/** Checks that have not expired, newest first. Row-level security leaves those of the caller's areas. */
export async function listChecks(db: Knex, search: CheckSearch): Promise<CheckRow[]> {
  const { outcome, activity, division, from, until, after, limit } = search;
  const terms: [string, unknown[]][] = [];
  if (outcome !== null) terms.push(['c.outcome = ?', [outcome]]);
  if (activity !== null) terms.push(['c.activity = ?', [activity]]);
  if (division !== null) terms.push([`starts_with(${PLACE}, ?)`, [division]]);
  if (from !== null) terms.push([`c.created_at >= ?::date::timestamp ${CHINA}`, [from]]);
  if (until !== null) terms.push([`c.created_at < (?::date + 1)::timestamp ${CHINA}`, [until]]);
  if (after !== null)
    terms.push([`(c.created_at, ${REFERENCE}) < (?::timestamptz, ?)`, [after.created_at, after.reference]]);
  return query<CheckRow>(
    db,
    `select ${REFERENCE} as reference, ${INSTANT} as created_at, c.expires_at, c.activity, c.outcome,
       coalesce((c.answer ->> 'area_m2')::double precision, 0) as area_m2, c.answer -> 'village' as village
     from land_check c
     where c.expires_at > now() ${terms.map(([sql]) => `and ${sql}`).join(' ')}
     order by c.created_at desc, ${REFERENCE} desc limit ?`,
    [...terms.flatMap(([, values]) => values), limit],
  );
}

/** One group of checks; null: the group is not by this. */
export interface CheckCount {
  activity: Activity | null;
  township: string | null;
  township_name: string | null;
  day: string | null;
  outcome: Outcome;
  checks: number;
}

/** Numbers of checks of the days `from` to `until` (in China), by outcome and each of activity, township, day, nothing. */
export async function countChecks(
  db: Knex,
  { from, until, division }: { from: string; until: string; division: string | null },
): Promise<CheckCount[]> {
  return query<CheckCount>(
    db,
    `with counted as (
       select c.activity, left(${PLACE}, 9) as township, (c.created_at ${CHINA})::date as day, c.outcome,
         count(*)::int as checks
       from land_check c
       where c.created_at >= ?::date::timestamp ${CHINA}
         and c.created_at < (?::date + 1)::timestamp ${CHINA} and starts_with(${PLACE}, ?)
       group by grouping sets ((c.outcome), (1, c.outcome), (2, c.outcome), (3, c.outcome)))
     select counted.*, coalesce(d.name, '') as township_name
     from counted left join division d on d.code = counted.township and d.valid_until is null
     order by day, township, activity, outcome`,
    [from, until, division ?? ''],
  );
}
