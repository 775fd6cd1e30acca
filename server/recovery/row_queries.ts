import type { Knex } from 'knex';
import { query } from '../db/index.ts';
import type { Table } from './catalogue_queries.ts';

/** A row as it is kept: the text of each column, null for NULL. */
export type Row = (string | null)[];

export interface Slice {
  rows: Row[];
  /** the primary key of the last row, as text; null: the slice is empty */
  last: string[] | null;
}

/** For the rest of the transaction a value's text says the same wherever it is read again. No limit of time. */
export async function writeTextsAlike(db: Knex): Promise<void> {
  await query(
    db,
    `select set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true),
       set_config('IntervalStyle', 'postgres', true), set_config('extra_float_digits', '1', true),
       set_config('bytea_output', 'hex', true), set_config('statement_timeout', '0', true)`,
  );
}

const quoted = (name: string): string => `"${name}"`;

/** Columns that are kept. */
export function keptColumns(table: Table): Table['columns'] {
  return table.columns.filter(({ generated }) => !generated);
}

/**
 * The next rows of a table in the order of its primary key, after `last`; only those whose first key columns are
 * `within`. In a transaction after {@link writeTextsAlike}.
 */
export async function readSlice(
  db: Knex,
  table: Table,
  within: readonly string[],
  last: readonly string[] | null,
  limit: number,
): Promise<Slice> {
  const { name, key } = table;
  const values = keptColumns(table).map((column, i) => `${quoted(column.name)}::text as "${i}"`);
  const keys = key.map((column, i) => `${quoted(column)}::text as "k${i}"`);
  const typed = key.map((column) => `?::${table.columns.find((each) => each.name === column)!.type}`);
  const conditions = within.map((_, i) => `${quoted(key[i]!)} = ${typed[i]}`);
  if (last !== null) conditions.push(`(${key.map(quoted).join(', ')}) > (${typed.join(', ')})`);
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
  const found = await query<Record<string, string | null>>(
    db,
    `select ${[...values, ...keys].join(', ')} from ${quoted(name)} ${where}
     order by ${key.map(quoted).join(', ')} limit ${Math.floor(limit)}`,
    [...within, ...(last ?? [])],
  );
  const end = found.at(-1);
  return {
    rows: found.map((row) => values.map((_, i) => row[i]!)),
    last: end === undefined ? null : key.map((_, i) => end[`k${i}`]!),
  };
}

/** Puts rows in; `json` is an array of rows as JSON text, `columns` their order in it. */
export async function insertRows(
  db: Knex,
  table: Table,
  columns: readonly string[],
  json: string,
): Promise<number> {
  const names = columns.map(quoted).join(', ');
  const values = columns.map(
    (column, i) => `(r ->> ${i})::${table.columns.find(({ name }) => name === column)!.type}`,
  );
  const { rowCount } = await db.raw<{ rowCount: number }>(
    `insert into ${quoted(table.name)} (${names}) overriding system value
     select ${values.join(', ')} from jsonb_array_elements(?::jsonb) as r`,
    [json],
  );
  return rowCount;
}

/** What migrations have put in, or the restored rows would meet it. */
export async function emptyTables(db: Knex, tables: readonly Table[]): Promise<void> {
  if (tables.length > 0) await query(db, `truncate ${tables.map(({ name }) => quoted(name)).join(', ')}`);
}

/** Nothing but its owner's rights is needed, unlike `session_replication_role`. */
export async function switchTriggers(
  db: Knex,
  tables: readonly Table[],
  state: 'enable' | 'disable',
): Promise<void> {
  for (const { name } of tables) await query(db, `alter table ${quoted(name)} ${state} trigger user`);
}

export interface VersionKey {
  county_code: string;
  id: string;
}

/** Every version of land whose rows are there. */
export async function landVersions(db: Knex): Promise<VersionKey[]> {
  return query<VersionKey>(
    db,
    'select county_code, id::text as id from layer_version order by 1, layer_version.id',
  );
}

export async function auditHeads(db: Knex): Promise<{ county_code: string; seq: string; hash: string }[]> {
  return query(
    db,
    `select county_code::text as county_code, seq::text as seq, encode(hash, 'hex') as hash from audit_head order by 1`,
  );
}

/** Sessions and one-time links of before: whoever has the archive, or an old browser, must not be let in by them. */
export async function endSessionsAndLinks(db: Knex): Promise<void> {
  await query(db, 'update session set ended_at = now() where ended_at is null');
  await query(db, 'update one_time_link set expires_at = least(expires_at, now()) where used_at is null');
}

/** Sets the engine's planner right after a load. */
export async function analyzeAll(db: Knex): Promise<void> {
  await query(db, 'analyze');
}

export async function installationArea(db: Knex): Promise<string | null> {
  const [row] = await query<{ area: string }>(db, 'select area from installation');
  return row?.area ?? null;
}
