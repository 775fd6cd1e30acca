import type { Knex } from 'knex';
import { secretHash, type Who } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import type { PasswordLink } from '../contract/index.ts';
import { Problem } from '../problems.ts';
import { type AccountRow, findAccount } from './account_queries.ts';
import { addPasswordLink } from './link_queries.ts';
import { refuseMadeUp, refuseToken } from './refuse.ts';
import { newSecret } from './secrets.ts';
import { DAY_MS } from './session_limits.ts';

/** A weekend may lie between. */
const LINK_DAYS = 3;

/** Makes the link; behind `#`, so that it stands in no server's log. Older links of the account end. */
export async function makePasswordLink(
  db: Knex,
  account_id: string,
  publicUrl: string,
  now: Date,
): Promise<PasswordLink> {
  const secret = newSecret();
  const expires = new Date(now.getTime() + LINK_DAYS * DAY_MS);
  await addPasswordLink(db, account_id, secretHash(secret), now, expires);
  return { url: `${publicUrl}/set-password#${secret}`, expires_at: expires.toISOString() };
}

/**
 * An account of which everything lies in the caller's areas: its ways in may be changed. Throws `account_unknown`,
 * `beyond_area`, `session_required`, `forbidden`.
 */
export async function accountToOpen(db: Knex, who: Who, id: string): Promise<AccountRow> {
  refuseToken(who);
  const account = await findAccount(db, id);
  if (account === null) throw new Problem('account_unknown');
  if (!account.within_area) throw new Problem('beyond_area', { params: { code: account.division_code } });
  refuseMadeUp(who, account);
  return account;
}

/** A new way to set the password. Throws as {@link accountToOpen}, and `account_inactive`. */
export async function resetPassword(
  db: Knex,
  who: Who,
  id: string,
  publicUrl: string,
  now: Date,
): Promise<PasswordLink> {
  const account = await accountToOpen(db, who, id);
  if (!account.active) throw new Problem('account_inactive');
  const link = await makePasswordLink(db, id, publicUrl, now);
  await appendAudit(db, who, {
    action: 'account.password_link',
    record_kind: 'account',
    record_id: id,
    division_code: account.division_code,
    right: 'accounts.manage',
    after: { login: account.login, expires_at: link.expires_at },
  });
  return link;
}
