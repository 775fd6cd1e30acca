import type { Knex } from 'knex';
import type { TrailEntry, TrailFilters, TrailPage } from '../contract/index.ts';
import { type Body, type EntryRow, type Place, readEntries, type Wanted } from './queries.ts';

const DAY_MS = 86_400_000;

/** The trail of areas, by filters with their days as instants: a day in China begins at 16:00 UTC of the day before. */
export function wantedOf({ from, until, ...rest }: TrailFilters): Wanted {
  return {
    ...rest,
    in_areas: true,
    since: from === undefined ? undefined : instant(startOf(from)),
    to: until === undefined ? undefined : instant(startOf(until) + DAY_MS),
  };
}

function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00+08:00`);
}

/** As `append_audit` writes it, with microseconds. */
export function instant(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000Z');
}

/** One page of what the transaction may see, newest first. */
export async function readTrail(
  db: Knex,
  wanted: Wanted,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<TrailPage> {
  const rows = await readEntries(db, wanted, placeOf(before), limit + 1);
  const shown = rows.slice(0, limit);
  return { entries: shown.map(showEntry), next: rows.length > limit ? cursorOf(shown.at(-1)!) : null };
}

/** What a person did and what was done to their account; from where others did it is not their business. */
export async function readOwnTrail(
  db: Knex,
  account: string,
  page: { before?: string | undefined; limit: number },
): Promise<TrailPage> {
  const { entries, next } = await readTrail(db, { own: account }, page);
  return { entries: entries.map((entry) => withoutOthers(entry, account)), next };
}

function withoutOthers(entry: TrailEntry, account: string): TrailEntry {
  const others = entry.account !== null && entry.account.id !== account;
  return others ? { ...entry, address: null } : entry;
}

export function cursorOf({ at, county_code, seq }: Place): string {
  return `${at}~${county_code}~${seq}`;
}

export function placeOf(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const [at, county_code, seq] = cursor.split('~') as [string, string, string];
  return { at, county_code, seq };
}

function showEntry({ body, hash, account_name, ...row }: EntryRow): TrailEntry {
  const { account_id, login, ...said } = JSON.parse(body) as Body;
  return {
    county_code: row.county_code,
    seq: row.seq,
    at: row.at,
    account: account_id === null ? null : { id: account_id, login: login ?? '', name: account_name },
    ...said,
    division_name: row.division_name,
    hash: hash.toString('hex'),
  };
}
