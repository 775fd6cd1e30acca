import type { Knex } from 'knex';
import { prepared, present, query } from '../db/index.ts';

export interface NewCheck {
  county_code: string;
  id: string;
  activity: string;
  outcome: string;
  village_code: string | null;
  /** EWKB, EPSG:4490 */
  geom: Buffer;
  answer: unknown;
  /** days until the record is no longer shown */
  keepDays: number;
}

export async function insertCheck(db: Knex, check: NewCheck): Promise<void> {
  await prepared(
    db,
    `insert into land_check (county_code, id, expires_at, activity, outcome, village_code, geom, answer)
     values (?, ?, now() + ? * interval '1 day', ?, ?, ?, st_geomfromewkb(?), ?::json)`,
    [
      check.county_code,
      check.id,
      check.keepDays,
      check.activity,
      check.outcome,
      check.village_code,
      check.geom,
      JSON.stringify(check.answer),
    ],
  );
}

export interface RemovedCheck {
  division_code: string;
  activity: string;
  outcome: string;
  created_at: Date;
}

/** Removes the check whose id the caller has named; null: there is none. */
export async function removeCheck(db: Knex.Transaction, id: string): Promise<RemovedCheck | null> {
  await present(db, id);
  const [row] = await query<RemovedCheck>(
    db,
    `delete from land_check where id = ?
     returning coalesce(village_code, county_code) as division_code, activity, outcome, created_at`,
    [id],
  );
  return row ?? null;
}

/** The answer as it was given; null: unknown or expired. */
export async function findAnswer(db: Knex.Transaction, id: string): Promise<unknown> {
  await present(db, id);
  const rows = await query<{ answer: unknown }>(
    db,
    'select answer from land_check where id = ? and expires_at > now()',
    [id],
  );
  return rows[0]?.answer ?? null;
}
