import type { Knex } from 'knex';
import { query } from '../db/index.ts';
import { hasTable } from './catalogue_queries.ts';

export async function versions(db: Knex): Promise<{ postgres: string; postgis: string }> {
  const [row] = await query<{ postgres: string; postgis: string }>(
    db,
    `select current_setting('server_version') as postgres,
       coalesce((select extversion from pg_extension where extname = 'postgis'), '–') as postgis`,
  );
  return row!;
}

export interface RoleState {
  role: string;
  /** it exists, and the connecting user may take it */
  usable: boolean;
  /** a superuser, or past row-level security */
  unbound: boolean;
}

export async function roleStates(db: Knex, roles: readonly string[]): Promise<RoleState[]> {
  return query<RoleState>(
    db,
    `select wanted as role, r.oid is not null and pg_has_role(current_user, r.oid, 'member') as usable,
       coalesce(r.rolsuper or r.rolbypassrls, false) as unbound
     from unnest(?::text[]) as wanted left join pg_roles r on r.rolname = wanted order by 1`,
    [roles],
  );
}

/** Tables of records of an area that row-level security does not guard. */
export async function unguardedTables(db: Knex): Promise<string[]> {
  const rows = await query<{ name: string }>(
    db,
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'division_code'
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not a.attisdropped and not c.relrowsecurity
     order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** A second factor that this installation's key has sealed; null: there is none yet, or no table for it. */
export async function sealedSecret(db: Knex): Promise<{ account_id: string; bytes: Buffer } | null> {
  if (!(await hasTable(db, 'account_secret'))) return null;
  const [row] = await query<{ account_id: string; bytes: Buffer }>(
    db,
    'select account_id, totp_secret as bytes from account_secret where totp_secret is not null limit 1',
  );
  return row ?? null;
}
