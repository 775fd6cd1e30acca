import type { Knex } from 'knex';
import { type Actor, type Credentials, secretHash } from '../actor.ts';
import type { Assignment, Right } from '../contract/index.ts';
import { prepared } from '../db/index.ts';
import { HOUR_MS, IDLE_HOURS } from './session_limits.ts';

/** `last_seen_at` and `last_used_at` are kept to the minute: not every request writes. */
const BY_SESSION = `
  with shown as (
    select s.id, s.account_id, s.second_factor, s.last_seen_at from session s
    where s.token_hash = ? and s.ended_at is null and s.expires_at > ? and s.last_seen_at > ?
  ), seen as (
    update session set last_seen_at = ? from shown
    where session.id = shown.id and shown.last_seen_at < ?::timestamptz - interval '1 minute'
  )
  select shown.id, shown.second_factor, null as rights, null as token_area`;
const BY_TOKEN = `
  with shown as (
    select t.id, t.account_id, t.rights, t.division_code, t.last_used_at from api_token t
    where t.token_hash = ? and t.revoked_at is null and t.expires_at > ?
  ), seen as (
    update api_token set last_used_at = ? from shown
    where api_token.id = shown.id and coalesce(shown.last_used_at, '-infinity') < ?::timestamptz - interval '1 minute'
  )
  select shown.id, null as second_factor, shown.rights, shown.division_code as token_area`;
const PERSON = `, a.id as account_id, a.login, a.name, a.division_code, a.demonstration,
    coalesce(w.password_change_required, false) as password_change_required,
    coalesce((select json_agg(json_build_object('role', g.role, 'division_code', g.division_code)
                              order by g.role, g.division_code)
              from assignment g where g.account_id = a.id), '[]') as assignments
  from shown join account a on a.id = shown.account_id and a.active
    and (not a.demonstration or exists (select from land_kind where land_kind.demonstration))
  left join account_secret w on w.account_id = a.id`;

interface Row {
  id: string;
  second_factor: boolean | null;
  rights: Right[] | null;
  token_area: string | null;
  account_id: string;
  login: string;
  name: string;
  division_code: string;
  demonstration: boolean;
  password_change_required: boolean;
  assignments: Assignment[];
}

/**
 * Who has this session or token now; null: nobody, or it has ended, or the account is closed, or the person is made up
 * and the land is not. One statement.
 */
export async function identify(
  db: Knex,
  { kind, secret }: Credentials,
  now: Date = new Date(),
): Promise<Actor | null> {
  const hash = secretHash(secret);
  const idle = new Date(now.getTime() - IDLE_HOURS * HOUR_MS);
  const [row] =
    kind === 'session'
      ? await prepared<Row>(db, BY_SESSION + PERSON, [hash, now, idle, now, now])
      : await prepared<Row>(db, BY_TOKEN + PERSON, [hash, now, now, now]);
  if (row === undefined) return null;
  const { id, second_factor, rights, token_area, ...person } = row;
  return {
    ...person,
    session: kind === 'session' ? { id, second_factor: second_factor === true } : null,
    token: kind === 'token' ? { id, rights: rights!, division_code: token_area! } : null,
  };
}
