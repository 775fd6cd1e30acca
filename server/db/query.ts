import type { Knex } from 'knex';

/** Runs one statement with bound values (`?`); arrays are bound as PostgreSQL arrays. */
export async function query<Row>(db: Knex, sql: string, bindings: readonly unknown[] = []): Promise<Row[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(sql, bindings as Knex.RawBinding[]);
  return rows;
}
