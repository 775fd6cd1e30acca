import type { Knex } from 'knex';
import { query } from '../db/index.ts';

/** A sign-in at the organisation's provider that is under way. */
export interface OidcFlow {
  nonce: string;
  code_verifier: string;
  next: string;
  /** whose account shall be linked; null: somebody signs in */
  link_account_id: string | null;
}

export async function addFlow(
  db: Knex,
  flow: OidcFlow & { state_hash: Buffer; browser_hash: Buffer; now: Date; expires_at: Date },
): Promise<void> {
  const { state_hash, browser_hash, nonce, code_verifier, next, link_account_id, now, expires_at } = flow;
  await query(db, 'delete from oidc_flow where expires_at <= ?', [now]);
  await query(
    db,
    `insert into oidc_flow (state_hash, browser_hash, nonce, code_verifier, next, link_account_id, created_at, expires_at)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
    [state_hash, browser_hash, nonce, code_verifier, next, link_account_id, now, expires_at],
  );
}

/** Takes a flow out, so that it is ended once; null: there is none of this browser, or it is too old. */
export async function takeFlow(
  db: Knex,
  state_hash: Buffer,
  browser_hash: Buffer,
  now: Date,
): Promise<OidcFlow | null> {
  const [row] = await query<OidcFlow>(
    db,
    `delete from oidc_flow where state_hash = ? and browser_hash = ? and expires_at > ?
     returning nonce, code_verifier, next, link_account_id`,
    [state_hash, browser_hash, now],
  );
  return row ?? null;
}

/** Links an account with an identity; false: the identity is another account's. The account's row is held. */
export async function linkExternal(
  db: Knex,
  account: string,
  identity: { issuer: string; subject: string } | null,
): Promise<boolean> {
  const rows = await query(
    db,
    `update account set external_issuer = ?, external_subject = ?, version = version + 1 where id = ?
       and not exists (select from account other where other.id <> account.id
                       and other.external_issuer = ? and other.external_subject = ?)
     returning id`,
    [
      ...[identity?.issuer ?? null, identity?.subject ?? null, account],
      ...[identity?.issuer ?? null, identity?.subject ?? null],
    ],
  );
  return rows.length > 0;
}
