import { createHash } from 'node:crypto';
import type { Knex } from 'knex';

/** Runs one statement with bound values (`?`); arrays are bound as PostgreSQL arrays. */
export async function query<Row>(db: Knex, sql: string, bindings: readonly unknown[] = []): Promise<Row[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(sql, bindings as Knex.RawBinding[]);
  return rows;
}

/** What {@link prepared} looks for among knex's `userParams`: connections keep statements that have been prepared. */
export const KEEPS_STATEMENTS = { keepsStatements: true } as const;

/** Statements by their text: a name that two servers with different statements would not share. */
const names = new Map<string, string>();

function nameOf(sql: string): string {
  let name = names.get(sql);
  if (name === undefined) {
    name = createHash('sha256').update(sql).digest('hex').slice(0, 32);
    names.set(sql, name);
  }
  return name;
}

/**
 * The same for a statement of every request, whose text is one of a few: PostgreSQL parses and plans it once a
 * connection, which is half of what a small one costs (docs/decisions/0012). Never for a text that is put together from
 * what somebody sent: each would stay in memory.
 */
export async function prepared<Row>(
  db: Knex,
  sql: string,
  bindings: readonly unknown[] = [],
): Promise<Row[]> {
  const { keepsStatements } = (db.userParams ?? {}) as Partial<typeof KEEPS_STATEMENTS>;
  if (keepsStatements !== true) return query(db, sql, bindings);
  const { rows } = (await db.raw(sql, bindings as Knex.RawBinding[]).options({ name: nameOf(sql) })) as {
    rows: Row[];
  };
  return rows;
}
