import type { Knex } from 'knex';
import { secretHash, type Who } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import type { ApiToken, CreatedToken, NewToken } from '../contract/index.ts';
import { Problem } from '../problems.ts';
import { areasWith, isWithin } from '../rights.ts';
import { findAccount } from './account_queries.ts';
import { accountToOpen } from './password_link.ts';
import { refuseBeyond, refuseDivision } from './refuse.ts';
import { newSecret } from './secrets.ts';
import { DAY_MS } from './session_limits.ts';
import { divisionNames } from './sign_in_queries.ts';
import { addToken, revokeToken, type TokenRow, tokensOf } from './token_queries.ts';

/** Found in a leaked file, it says whose it is. */
const TOKEN_PREFIX = 'cunma_';
const LONGEST_DAYS = 366;

function shown(row: TokenRow, names: ReadonlyMap<string, string>): ApiToken {
  const { account_id: _, ...token } = row;
  return {
    ...token,
    division_name: names.get(row.division_code) ?? row.division_code,
    created_at: row.created_at.toISOString(),
    expires_at: row.expires_at.toISOString(),
    revoked_at: row.revoked_at?.toISOString() ?? null,
    last_used_at: row.last_used_at?.toISOString() ?? null,
  };
}

/** Throws `account_unknown`, `beyond_area`. */
export async function listTokens(db: Knex, account_id: string): Promise<ApiToken[]> {
  const account = await findAccount(db, account_id);
  if (account === null) throw new Problem('account_unknown');
  if (!account.within_area) throw new Problem('beyond_area', { params: { code: account.division_code } });
  const rows = await tokensOf(db, account_id);
  const names = await divisionNames(
    db,
    rows.map(({ division_code }) => division_code),
  );
  return rows.map((row) => shown(row, names));
}

/**
 * Issues a token that does for a person a part of what they may do. Throws `account_unknown`, `account_inactive`,
 * `beyond_area`, `division_unknown`, `session_required`, `token_right_missing`, `token_too_long`.
 */
export async function createToken(
  db: Knex,
  { who, areas, now }: { who: Who; areas: readonly string[]; now: Date },
  account_id: string,
  token: NewToken,
): Promise<CreatedToken> {
  const account = await accountToOpen(db, who, account_id);
  if (!account.active) throw new Problem('account_inactive');
  const { label, division_code } = token;
  const rights = [...new Set(token.rights)];
  refuseBeyond(areas, division_code);
  await refuseDivision(db, division_code);
  const missing = rights.find((right) => !isWithin(division_code, areasWith(right, account.assignments)));
  if (missing !== undefined) throw new Problem('token_right_missing', { params: { right: missing } });
  const expires_at = new Date(token.expires_at);
  const days = (expires_at.getTime() - now.getTime()) / DAY_MS;
  if (days <= 0 || days > LONGEST_DAYS)
    throw new Problem('token_too_long', { where: { path: 'expires_at' } });
  const secret = `${TOKEN_PREFIX}${newSecret()}`;
  const row = await addToken(db, {
    ...{ account_id, label, rights, division_code, now, expires_at },
    token_hash: secretHash(secret),
    created_by: who.actor!.account_id,
  });
  await appendAudit(db, who, {
    action: 'api_token.create',
    record_kind: 'api_token',
    record_id: row.id,
    division_code: account.division_code,
    right: 'accounts.manage',
    after: { login: account.login, label, rights, division_code, expires_at: expires_at.toISOString() },
  });
  return { ...shown(row, await divisionNames(db, [division_code])), token: secret };
}

/** Ends a token of somebody in the caller's areas. Throws `api_token_unknown`. */
export async function endToken(db: Knex, who: Who, id: string, now: Date): Promise<void> {
  const row = await revokeToken(db, id, now);
  const account = row === null ? null : await findAccount(db, row.account_id);
  if (row === null || account === null) throw new Problem('api_token_unknown');
  await appendAudit(db, who, {
    action: 'api_token.revoke',
    record_kind: 'api_token',
    record_id: id,
    division_code: account.division_code,
    right: 'accounts.manage',
    before: { login: account.login, label: row.label },
  });
}
