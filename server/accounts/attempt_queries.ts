import type { Knex } from 'knex';
import { query } from '../db/index.ts';
import type { AttemptHistory } from './throttle_rules.ts';

/** One at a time: two guesses that arrive together are counted one after the other. */
const LOCK = 4_020_001;

export async function lockAttempts(db: Knex): Promise<void> {
  await query(db, 'select pg_advisory_xact_lock(?)', [LOCK]);
}

/** Failures from the future are a clock that was set back, and count for nothing. */
const HISTORY = `
  with asked as (select ?::varchar as login, ?::varchar as address, ?::timestamptz as now),
  good as (
    select t.address, max(t.at) as at from sign_in_attempt t, asked
    where t.login = asked.login and t.succeeded and t.at > asked.now - interval '30 days' group by t.address),
  bad as (
    select t.login, t.address, t.at from sign_in_attempt t, asked
    where not t.succeeded and t.at > asked.now - interval '24 hours' and t.at <= asked.now + interval '1 minute'
      and (t.login = asked.login or t.address = asked.address)),
  here as (
    select count(*)::int as count, max(bad.at) as last from bad, asked
    where bad.login = asked.login and bad.address = asked.address
      and bad.at > coalesce((select at from good where good.address = asked.address and at <= asked.now + interval '1 minute'), '-infinity')),
  elsewhere as (
    select count(*)::int as count, max(bad.at) as last from bad, asked
    where bad.login = asked.login and bad.address not in (select address from good)),
  address as (
    select count(*)::int as count, max(bad.at) as last from bad, asked
    where bad.address = asked.address and bad.at > asked.now - interval '1 hour')
  select exists (select from good, asked where good.address = asked.address) as known,
    here.count as here_count, here.last as here_last, elsewhere.count as elsewhere_count,
    elsewhere.last as elsewhere_last, address.count as address_count, address.last as address_last
  from here, elsewhere, address`;

interface Row {
  known: boolean;
  here_count: number;
  here_last: Date | null;
  elsewhere_count: number;
  elsewhere_last: Date | null;
  address_count: number;
  address_last: Date | null;
}

export async function attemptHistory(
  db: Knex,
  login: string,
  address: string,
  now: Date,
): Promise<AttemptHistory> {
  const [row] = await query<Row>(db, HISTORY, [login, address, now]);
  return {
    known: row!.known,
    here: { count: row!.here_count, last: row!.here_last },
    elsewhere: { count: row!.elsewhere_count, last: row!.elsewhere_last },
    address: { count: row!.address_count, last: row!.address_last },
  };
}

/** Counts an attempt as failed, until it is known to have succeeded; answers its id. */
export async function addAttempt(db: Knex, login: string, address: string, now: Date): Promise<string> {
  const [row] = await query<{ id: string }>(
    db,
    'insert into sign_in_attempt (login, address, at, succeeded) values (?, ?, ?, false) returning id',
    [login, address, now],
  );
  return row!.id;
}

export async function attemptSucceeded(db: Knex, id: string): Promise<void> {
  await query(db, 'update sign_in_attempt set succeeded = true where id = ?', [id]);
}

/** Forgets what was tried before `before`; answers how many attempts that were. */
export async function forgetAttempts(db: Knex, before: Date): Promise<number> {
  const rows = await query(db, 'delete from sign_in_attempt where at < ? returning id', [before]);
  return rows.length;
}
