import type { Knex } from 'knex';
import { query } from '../db/index.ts';

/** Appends an entry's JSON text to its chain; answers its number there. */
export async function appendBody(db: Knex, body: string): Promise<string> {
  const [row] = await query<{ seq: string }>(db, 'select append_audit(?) as seq', [body]);
  return row!.seq;
}
