import type { Knex } from 'knex';
import { query } from '../db/index.ts';

type Row = Record<string, unknown>;

/** What stands under a person's account, as `cunma_app` may see it; neither hashes nor secrets. */
const OWN = {
  account: `select id, login, name, division_code, active, demonstration, external_issuer, external_subject, version,
    created_at, last_sign_in_at from account where id = ?`,
  assignments: 'select role, division_code, since from assignment where account_id = ? order by since, role',
  sessions: `select id, created_at, last_seen_at, expires_at, ended_at, second_factor, agent, address
    from session where account_id = ? order by id`,
  api_tokens: `select id, label, rights, division_code, created_at, expires_at, revoked_at, last_used_at
    from api_token where account_id = ? order by id`,
  files: `select id, name, media_type, bytes, encode(sha256, 'hex') as sha256, purpose, status, division_code, created_at
    from stored_file where account_id = ? order by id`,
  jobs: `select id, kind, title, status, input, result, division_code, created_at, started_at, ended_at
    from job where account_id = ? order by id`,
  overlay_batches: `select id, title, as_of, shapes, remarks, done, division_code, created_at
    from overlay_batch where account_id = ? order by id`,
} as const;

/** Sections of the export and their rows. */
export async function readOwn(db: Knex, account: string): Promise<Record<keyof typeof OWN, Row[]>> {
  const sections: [string, Row[]][] = [];
  for (const [name, sql] of Object.entries(OWN)) sections.push([name, await query<Row>(db, sql, [account])]);
  return Object.fromEntries(sections) as Record<keyof typeof OWN, Row[]>;
}

/** Tries to sign in with a login; only `cunma_sign_in` may see them. */
export async function readOwnAttempts(db: Knex, login: string): Promise<Row[]> {
  return query<Row>(db, 'select at, address, succeeded from sign_in_attempt where login = ? order by at', [
    login,
  ]);
}

/** Forgets the person of this transaction; false: the last administrator. Under `cunma_sign_in`. */
export async function forgetAccount(db: Knex): Promise<boolean> {
  const [row] = await query<{ done: boolean }>(db, 'select forget_account() as done');
  return row!.done;
}
