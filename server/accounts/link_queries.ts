import type { Knex } from 'knex';
import { query } from '../db/index.ts';

/** Two who set the installation up at once, or two first links: one after the other. */
const SETUP_LOCK = 4_020_002;

export async function lockSetup(db: Knex): Promise<void> {
  await query(db, 'select pg_advisory_xact_lock(?)', [SETUP_LOCK]);
}

export async function addFirstLink(db: Knex, hash: Buffer, now: Date, expires: Date): Promise<void> {
  await query(db, "delete from one_time_link where purpose = 'first_administrator' and expires_at <= ?", [
    now,
  ]);
  await query(
    db,
    "insert into one_time_link (token_hash, purpose, created_at, expires_at) values (?, 'first_administrator', ?, ?)",
    [hash, now, expires],
  );
}

/** Whether a link leads to the first administrator's account. */
export async function isFirstLink(db: Knex, hash: Buffer, now: Date): Promise<boolean> {
  const [row] = await query<{ yes: boolean }>(
    db,
    `select exists (select from one_time_link where token_hash = ? and purpose = 'first_administrator'
       and used_at is null and expires_at > ?) as yes`,
    [hash, now],
  );
  return row!.yes;
}

/** There is a first administrator: no first link leads anywhere any more. */
export async function removeFirstLinks(db: Knex): Promise<void> {
  await query(db, "delete from one_time_link where purpose = 'first_administrator'");
}

/** As cunma_app, which may add a link but never sees one. */
export async function addPasswordLink(
  db: Knex,
  account: string,
  hash: Buffer,
  now: Date,
  expires: Date,
): Promise<void> {
  await query(
    db,
    "insert into one_time_link (token_hash, account_id, purpose, created_at, expires_at) values (?, ?, 'set_password', ?, ?)",
    [hash, account, now, expires],
  );
}

/** The account whose password a link may set; null: it was used, is too old, another was made since, or the account is closed. */
export async function accountOfLink(db: Knex, hash: Buffer, now: Date): Promise<string | null> {
  const [row] = await query<{ account_id: string }>(
    db,
    `select l.account_id from one_time_link l join account a on a.id = l.account_id and a.active
     where l.token_hash = ? and l.purpose = 'set_password' and l.used_at is null and l.expires_at > ?
       and not exists (select from one_time_link newer
                       where newer.account_id = l.account_id and newer.created_at > l.created_at)`,
    [hash, now],
  );
  return row?.account_id ?? null;
}
