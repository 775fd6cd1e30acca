import type { Knex } from 'knex';
import type { Assignment, TrailFilters } from '../contract/index.ts';
import { query } from '../db/index.ts';

/** Appends an entry's JSON text to its chain; answers its number there. */
export async function appendBody(db: Knex, body: string): Promise<string> {
  const [row] = await query<{ seq: string }>(db, 'select append_audit(?) as seq', [body]);
  return row!.seq;
}

/** The area that records of the whole installation belong to; null: there is no administrator yet. */
export async function installationArea(db: Knex): Promise<string | null> {
  const [row] = await query<{ area: string }>(db, 'select area from installation');
  return row?.area ?? null;
}

/** What an entry's hashed text holds. */
export interface Body {
  account_id: string | null;
  login: string | null;
  roles: Assignment[];
  via: string;
  address: string;
  request_id: string;
  right: string | null;
  action: string;
  record_kind: string;
  record_id: string;
  division_code: string;
  before: unknown;
  after: unknown;
}

export interface EntryRow {
  county_code: string;
  seq: string;
  at: string;
  body: string;
  hash: Buffer;
  account_name: string | null;
  division_name: string | null;
}

/** A place in the trail's order: newest first, then by county and number. */
export interface Place {
  at: string;
  county_code: string;
  seq: string;
}

/** What is looked for; days have become instants in the trail's own form. */
export interface Wanted extends Omit<TrailFilters, 'from' | 'until'> {
  /** from this instant on */
  since?: string | undefined;
  /** before this instant */
  to?: string | undefined;
  /** only what lies in the transaction's areas, not also what is the reader's own */
  in_areas?: boolean;
  /** what this account did, and what was done to it */
  own?: string;
}

/** Entries that the transaction may see, newest first. */
export async function readEntries(
  db: Knex,
  wanted: Wanted,
  before: Place | null,
  limit: number,
): Promise<EntryRow[]> {
  const { sql, bindings } = conditions(wanted, before);
  return query<EntryRow>(
    db,
    `select e.county_code, e.seq, e.at, e.body, e.hash, a.name as account_name,
       (select d.name from division d where d.code = e.division_code order by d.valid_from desc limit 1) as division_name
     from (select * from audit_entry ${sql} order by at desc, county_code desc, seq desc limit ?) e
     left join account a on a.id = e.account_id
     order by e.at desc, e.county_code desc, e.seq desc`,
    [...bindings, limit],
  );
}

/** How many entries there are, counted up to `most`. */
export async function countEntries(db: Knex, wanted: Wanted, most: number): Promise<number> {
  const { sql, bindings } = conditions(wanted, null);
  const [row] = await query<{ n: number }>(
    db,
    `select count(*)::integer as n from (select from audit_entry ${sql} limit ?) e`,
    [...bindings, most],
  );
  return row!.n;
}

const IN_AREAS = '(exists (select from installation where in_scope(area)) or in_scope(division_code))';

function conditions(wanted: Wanted, before: Place | null): { sql: string; bindings: unknown[] } {
  const { account, action, record_kind, record_id, division, since, to, own, in_areas } = wanted;
  const kind = action?.endsWith('.*') ? action.slice(0, -1) : undefined;
  const parts: [string, unknown[]][] = [];
  const add = (sql: string, ...values: unknown[]) => {
    if (values[0] !== undefined) parts.push([sql, values]);
  };
  add('account_id = ?', account);
  if (kind === undefined) add('action = ?', action);
  else add('starts_with(action, ?)', kind);
  add('record_kind = ?', record_kind);
  add('record_id = ?', record_id);
  add('starts_with(division_code, ?)', division);
  add('at >= ?', since);
  add('at < ?', to);
  add(`(account_id = ? or (record_kind = 'account' and record_id = ?))`, own, own);
  if (in_areas === true) parts.push([IN_AREAS, []]);
  if (before !== null)
    add('(at, county_code, seq) < (?, ?, ?::bigint)', before.at, before.county_code, before.seq);
  const sql = parts.length === 0 ? '' : `where ${parts.map(([text]) => text).join(' and ')}`;
  return { sql, bindings: parts.flatMap(([, values]) => values) };
}
