import type { Knex } from 'knex';
import { query } from '../db/index.ts';

export interface Column {
  name: string;
  /** the type without its length, as a cast takes it */
  type: string;
  /** computed by the database from other columns: not kept */
  generated: boolean;
}

export interface Table {
  name: string;
  columns: Column[];
  /** columns of the primary key, in its order */
  key: string[];
}

/** Tables of ours: in `public`, not an extension's. In the order of their names. */
export async function listTables(db: Knex): Promise<Table[]> {
  return query<Table>(
    db,
    `select c.relname as name,
       (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, -1),
          'generated', a.attgenerated <> '') order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
       coalesce((select json_agg(a.attname order by array_position(i.indkey::int2[], a.attnum))
        from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary), '[]') as key
     from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
     order by c.relname collate "C"`,
  );
}

export interface Identity {
  table_name: string;
  column_name: string;
  sequence: string;
}

/** Sequences that number a column. */
export async function listIdentities(db: Knex): Promise<Identity[]> {
  return query<Identity>(
    db,
    `select t.relname as table_name, a.attname as column_name, s.oid::regclass::text as sequence
     from pg_class s join pg_depend d on d.objid = s.oid and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i')
     join pg_class t on t.oid = d.refobjid join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
     where s.relkind = 'S' and t.relnamespace = 'public'::regnamespace order by 1, 2`,
  );
}

/** The number that the sequence gives next, as text. */
export async function nextNumber(db: Knex, { sequence }: Identity): Promise<string> {
  const [row] = await query<{ next: string }>(
    db,
    `select (last_value + is_called::int)::text as next from ${sequence}`,
  );
  return row!.next;
}

export async function setNextNumber(db: Knex, { sequence }: Identity, next: string): Promise<void> {
  await query(db, 'select setval(?::regclass, ?::bigint, false)', [sequence, next]);
}

export interface ForeignKey {
  table_name: string;
  name: string;
  definition: string;
}

export async function listForeignKeys(db: Knex): Promise<ForeignKey[]> {
  return query<ForeignKey>(
    db,
    `select t.relname as table_name, c.conname as name, pg_get_constraintdef(c.oid) as definition
     from pg_constraint c join pg_class t on t.oid = c.conrelid
     where c.contype = 'f' and c.connamespace = 'public'::regnamespace order by 1, 2`,
  );
}

export async function dropForeignKey(db: Knex, { table_name, name }: ForeignKey): Promise<void> {
  await db.raw('alter table ?? drop constraint ??', [table_name, name]);
}

/** Adds it again: the database compares every row. */
export async function addForeignKey(db: Knex, { table_name, name, definition }: ForeignKey): Promise<void> {
  await db.raw(`alter table ?? add constraint ?? ${definition}`, [table_name, name]);
}

/** Names of the migrations that have run, in their order; empty: none. */
export async function migrationsRun(db: Knex): Promise<string[]> {
  const [there] = await query<{ is: boolean }>(
    db,
    "select to_regclass('public.migration') is not null as is",
  );
  if (!there!.is) return [];
  const rows = await query<{ name: string }>(db, 'select name from migration order by id');
  return rows.map(({ name }) => name);
}

export async function hasTable(db: Knex, name: string): Promise<boolean> {
  const [row] = await query<{ is: boolean }>(db, 'select to_regclass(?) is not null as is', [
    `public.${name}`,
  ]);
  return row!.is;
}
