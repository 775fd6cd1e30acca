import type { Knex } from 'knex';
import { query } from '../db/index.ts';
import { Problem } from '../problems.ts';

/** Key of the lock that whoever loads or removes land holds until its transaction ends. */
const LAND_LOCK = 4108_2026;

/** For work of minutes: until the end of the transaction no statement has a limit of time. */
export async function liftTimeLimit(db: Knex): Promise<void> {
  await query(db, 'set local statement_timeout = 0');
}

/** Waits until no other transaction loads or removes land; lasts until the end of this one. No limit of time. */
export async function lockLand(db: Knex): Promise<void> {
  await liftTimeLimit(db);
  await query(db, 'select pg_advisory_xact_lock(?)', [LAND_LOCK]);
}

/**
 * Says in this transaction that the database's land is demonstration land, or real land, once {@link lockLand} holds.
 * Throws `land_mixed` where it holds land of the other kind; the foreign key of layer_version.land_kind would too.
 */
export async function claimLandKind(db: Knex, demonstration: boolean): Promise<void> {
  await query(db, 'insert into land_kind (demonstration) values (?) on conflict do nothing', [demonstration]);
  const held = await landKind(db);
  if (held !== demonstration) throw new Problem('land_mixed');
}

/** Whether the database's land is demonstration land (true) or real (false); null: there is none. */
export async function landKind(db: Knex): Promise<boolean | null> {
  const rows = await query<{ demonstration: boolean }>(db, 'select demonstration from land_kind');
  return rows[0]?.demonstration ?? null;
}

/** Counties with land → what it was made from (a fingerprint); empty: not noted, so real or of an older Cunma. */
export async function landMadeFrom(db: Knex): Promise<Map<string, string>> {
  const rows = await query<{ county_code: string; fingerprint: string }>(
    db,
    `select v.county_code, coalesce(d.fingerprint, '') as fingerprint
     from (select distinct county_code from layer_version where county_code <> '000000') v
     left join demonstration_county d using (county_code) order by v.county_code`,
  );
  return new Map(rows.map((row) => [row.county_code, row.fingerprint]));
}

export async function noteDemonstration(db: Knex, county: string, fingerprint: string): Promise<void> {
  await query(db, 'insert into demonstration_county (county_code, fingerprint) values (?, ?)', [
    county,
    fingerprint,
  ]);
}

/**
 * Takes all demonstration land out, with the borders of its divisions; checks stay, and so does what every installation
 * has. Needs {@link lockLand}. Returns the number of versions removed.
 */
export async function removeDemonstrationLand(db: Knex): Promise<number> {
  const removed = await query<{ county_code: string }>(
    db,
    `delete from layer_version where demonstration and county_code <> '000000' returning county_code`,
  );
  const counties = [...new Set(removed.map((row) => row.county_code))];
  await query(
    db,
    'update division set geom = null, plane = null, area_m2 = null where geom is not null and left(code, 6) = any (?)',
    [counties],
  );
  await query(db, 'delete from demonstration_county');
  await query(db, 'delete from land_kind where demonstration');
  return removed.length;
}

/** A version as an operator sees it. */
export interface LandStatusRow {
  county_code: string;
  /** null: the catalogue does not know the county */
  county_name: string | null;
  layer: string;
  title: { zh: string; en: string };
  label: string;
  status: string;
  in_force_from: string;
  in_force_until: string | null;
  published_at: Date | null;
  feature_count: number | null;
  declared_empty: boolean;
  demonstration: boolean;
}

/** All versions of land, county by county in the order of the layers. */
export async function landStatus(db: Knex): Promise<LandStatusRow[]> {
  return query<LandStatusRow>(
    db,
    `select v.county_code, d.name as county_name, v.layer, json_build_object('zh', l.title_zh, 'en', l.title_en) as title,
       v.label, v.status, v.in_force_from, v.in_force_until, v.published_at, v.feature_count, v.declared_empty, v.demonstration
     from layer_version v join layer l on l.key = v.layer
     left join division d on d.code = v.county_code and d.valid_until is null
     where v.county_code <> '000000' order by v.county_code, l.position, l.key, v.in_force_from, v.id`,
  );
}

/** Fresh statistics for the planner after land came or went. `db` is a transaction of its own. */
export async function analyzeLand(db: Knex): Promise<void> {
  await query(db, 'set local statement_timeout = 0');
  await query(db, 'analyze division, layer_version, feature, piece, coverage_piece, division_total');
}
