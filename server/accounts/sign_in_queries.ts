import type { Knex } from 'knex';
import { query } from '../db/index.ts';

/** What deciding on a sign-in needs of an account; the role cunma_sign_in alone may read it. */
export interface Candidate {
  id: string;
  login: string;
  active: boolean;
  demonstration: boolean;
  division_code: string;
  password_hash: string | null;
  totp_secret: Buffer | null;
  totp_confirmed: boolean;
  totp_last_step: string | null;
}

const CANDIDATE = `
  select a.id, a.login, a.active, a.demonstration, a.division_code, s.password_hash, s.totp_secret,
    s.totp_confirmed_at is not null as totp_confirmed, s.totp_last_step
  from account a left join account_secret s on s.account_id = a.id`;

export async function candidateByLogin(db: Knex, login: string): Promise<Candidate | null> {
  const [row] = await query<Candidate>(db, `${CANDIDATE} where a.login = ?`, [login]);
  return row ?? null;
}

export async function candidateById(db: Knex, id: string): Promise<Candidate | null> {
  const [row] = await query<Candidate>(db, `${CANDIDATE} where a.id = ?`, [id]);
  return row ?? null;
}

/** The same, held until the transaction ends: nobody changes the password or closes the account meanwhile. */
export async function lockCandidate(db: Knex, id: string): Promise<Candidate | null> {
  await query(db, 'select from account where id = ? for update', [id]);
  return candidateById(db, id);
}

export async function candidateByExternal(
  db: Knex,
  issuer: string,
  subject: string,
): Promise<Candidate | null> {
  const [row] = await query<Candidate>(
    db,
    `${CANDIDATE} where a.external_issuer = ? and a.external_subject = ?`,
    [issuer, subject],
  );
  return row ?? null;
}

export interface NewSession {
  account_id: string;
  token_hash: Buffer;
  now: Date;
  expires_at: Date;
  second_factor: boolean;
  agent: string;
  address: string;
}

export async function addSession(db: Knex, session: NewSession): Promise<string> {
  const { account_id, token_hash, now, expires_at, second_factor, agent, address } = session;
  const [row] = await query<{ id: string }>(
    db,
    `insert into session (account_id, token_hash, created_at, last_seen_at, expires_at, second_factor, agent, address)
     values (?, ?, ?, ?, ?, ?, ?, ?) returning id`,
    [account_id, token_hash, now, now, expires_at, second_factor, agent, address],
  );
  await query(db, 'update account set last_sign_in_at = ? where id = ?', [now, account_id]);
  return row!.id;
}

/** Ends the open sessions of an account but one; answers how many. */
export async function endSessions(
  db: Knex,
  account: string,
  now: Date,
  but: string | null = null,
): Promise<number> {
  const rows = await query(
    db,
    'update session set ended_at = ? where account_id = ? and ended_at is null and id is distinct from ? returning id',
    [now, account, but],
  );
  return rows.length;
}

/** Ends one open session; false: the account has no such. */
export async function endSession(db: Knex, account: string, id: string, now: Date): Promise<boolean> {
  const rows = await query(
    db,
    'update session set ended_at = ? where account_id = ? and id = ? and ended_at is null returning id',
    [now, account, id],
  );
  return rows.length > 0;
}

export interface SessionRow {
  id: string;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  second_factor: boolean;
  agent: string;
  address: string;
}

/** Open sessions, the latest used first. `idle`: sessions last seen before it have ended. */
export async function openSessions(db: Knex, account: string, now: Date, idle: Date): Promise<SessionRow[]> {
  return query<SessionRow>(
    db,
    `select id, created_at, last_seen_at, expires_at, second_factor, agent, address from session
     where account_id = ? and ended_at is null and expires_at > ? and last_seen_at > ?
     order by last_seen_at desc, id desc`,
    [account, now, idle],
  );
}

/** Stores a password, and clears what asked for a new one: links included. */
export async function storePassword(db: Knex, account: string, hash: string, now: Date): Promise<void> {
  await query(
    db,
    `insert into account_secret (account_id, password_hash, password_changed_at) values (?, ?, ?)
     on conflict (account_id) do update set password_hash = excluded.password_hash,
       password_changed_at = excluded.password_changed_at, password_change_required = false`,
    [account, hash, now],
  );
  await query(db, 'delete from one_time_link where account_id = ?', [account]);
}

/** What `GET /api/me` needs that only this role may read. */
export interface OwnSecrets {
  has_password: boolean;
  external: boolean;
  version: number;
  second_factor: boolean;
  recovery_codes_left: number;
}

export async function ownSecrets(db: Knex, account: string): Promise<OwnSecrets> {
  const [row] = await query<OwnSecrets>(
    db,
    `select s.password_hash is not null as has_password, a.external_subject is not null as external, a.version,
       s.totp_confirmed_at is not null as second_factor,
       (select count(*)::int from recovery_code c where c.account_id = a.id and c.used_at is null) as recovery_codes_left
     from account a left join account_secret s on s.account_id = a.id where a.id = ?`,
    [account],
  );
  return row!;
}

/** `焦作市修武县城关镇`: names from the city down, by code; a code that is none stays away. */
export async function divisionNames(db: Knex, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await query<{ code: string; name: string }>(
    db,
    `select asked.code, string_agg(d.name, '' order by d.level) as name
     from unnest(?::text[]) as asked (code)
     join division d on starts_with(asked.code, d.code) and d.valid_until is null
       and (d.level > 1 or length(asked.code) = 2)
     where exists (select from division self where self.code = asked.code and self.valid_until is null)
     group by asked.code`,
    [[...new Set(codes)]],
  );
  return new Map(rows.map(({ code, name }) => [code, name]));
}

/** Whether the land that stands here is made up; false as well where there is none. */
export async function isDemonstrationLand(db: Knex): Promise<boolean> {
  const [row] = await query<{ yes: boolean }>(
    db,
    'select exists (select from land_kind where demonstration) as yes',
  );
  return row!.yes;
}

/** The widest area that somebody who is not made up administers; null: nobody administers the installation yet. */
export async function administeredArea(db: Knex): Promise<string | null> {
  const [row] = await query<{ division_code: string }>(
    db,
    `select s.division_code from assignment s join account a on a.id = s.account_id
     where s.role = 'administrator' and not a.demonstration order by length(s.division_code), s.division_code limit 1`,
  );
  return row?.division_code ?? null;
}

/** Notes whether a session was opened with a second factor that is still in force. */
export async function markSecondFactor(db: Knex, session: string, yes: boolean): Promise<void> {
  await query(db, 'update session set second_factor = ? where id = ?', [yes, session]);
}
