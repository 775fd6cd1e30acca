import type { Knex } from 'knex';
import { query } from '../db/index.ts';

/** Keeps a sealed secret that is not in force yet; false: one is in force already. */
export async function proposeSecret(db: Knex, account: string, sealed: Buffer): Promise<boolean> {
  const rows = await query(
    db,
    `insert into account_secret (account_id, totp_secret) values (?, ?)
     on conflict (account_id) do update set totp_secret = excluded.totp_secret, totp_last_step = null
       where account_secret.totp_confirmed_at is null
     returning account_id`,
    [account, sealed],
  );
  return rows.length > 0;
}

/** Puts the second factor in force with its recovery codes. */
export async function confirmSecret(
  db: Knex,
  account: string,
  step: number,
  hashes: readonly Buffer[],
  now: Date,
): Promise<void> {
  await query(
    db,
    'update account_secret set totp_confirmed_at = ?, totp_last_step = ? where account_id = ?',
    [now, step, account],
  );
  await query(db, 'delete from recovery_code where account_id = ?', [account]);
  await query(db, 'insert into recovery_code (account_id, code_hash) select ?::bigint, unnest(?::bytea[])', [
    account,
    hashes,
  ]);
}

/** Takes the second factor away; false: there was none. */
export async function removeSecret(db: Knex, account: string): Promise<boolean> {
  const rows = await query(
    db,
    `update account_secret set totp_secret = null, totp_confirmed_at = null, totp_last_step = null
     where account_id = ? and totp_secret is not null returning account_id`,
    [account],
  );
  await query(db, 'delete from recovery_code where account_id = ?', [account]);
  return rows.length > 0;
}

/** Marks a step as used; the account's row is held by the caller. */
export async function spendStep(db: Knex, account: string, step: number): Promise<void> {
  await query(db, 'update account_secret set totp_last_step = ? where account_id = ?', [step, account]);
}

/** Uses a recovery code up; false: there is none such, or it was used. */
export async function spendRecoveryCode(
  db: Knex,
  account: string,
  hash: Buffer,
  now: Date,
): Promise<boolean> {
  const rows = await query(
    db,
    'update recovery_code set used_at = ? where account_id = ? and code_hash = ? and used_at is null returning account_id',
    [now, account, hash],
  );
  return rows.length > 0;
}
