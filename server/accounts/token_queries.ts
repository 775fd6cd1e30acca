import type { Knex } from 'knex';
import type { Right } from '../contract/index.ts';
import { query } from '../db/index.ts';

export interface TokenRow {
  id: string;
  account_id: string;
  label: string;
  rights: Right[];
  division_code: string;
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  last_used_at: Date | null;
}

const TOKEN =
  'id, account_id, label, rights, division_code, created_at, expires_at, revoked_at, last_used_at';

/** Tokens of an account, the newest first. */
export async function tokensOf(db: Knex, account: string): Promise<TokenRow[]> {
  return query<TokenRow>(
    db,
    `select ${TOKEN} from api_token where account_id = ? order by created_at desc, id desc`,
    [account],
  );
}

export interface NewTokenRow {
  account_id: string;
  label: string;
  token_hash: Buffer;
  rights: readonly Right[];
  division_code: string;
  created_by: string;
  now: Date;
  expires_at: Date;
}

export async function addToken(db: Knex, token: NewTokenRow): Promise<TokenRow> {
  const { account_id, label, token_hash, rights, division_code, created_by, now, expires_at } = token;
  const [row] = await query<TokenRow>(
    db,
    `insert into api_token (account_id, label, token_hash, rights, division_code, created_at, created_by, expires_at)
     values (?, ?, ?, ?::text[], ?, ?, ?, ?) returning ${TOKEN}`,
    [account_id, label, token_hash, rights, division_code, now, created_by, expires_at],
  );
  return row!;
}

/** Ends a token; null: there is none that the caller may end, or it has been ended. */
export async function revokeToken(db: Knex, id: string, now: Date): Promise<TokenRow | null> {
  const [row] = await query<TokenRow>(
    db,
    `update api_token set revoked_at = ? where id = ? and revoked_at is null returning ${TOKEN}`,
    [now, id],
  );
  return row ?? null;
}

/** Ends all tokens of an account. */
export async function revokeTokens(db: Knex, account: string, now: Date): Promise<void> {
  await query(db, 'update api_token set revoked_at = ? where account_id = ? and revoked_at is null', [
    now,
    account,
  ]);
}
