import type { Knex } from 'knex';
import { prepared, query } from './query.ts';

/** Database roles that own nothing: the work of requests, and signing in, which alone sees password hashes. */
export type DatabaseRole = 'cunma_app' | 'cunma_sign_in';

/** For whom a transaction acts. */
export interface Scope {
  role: DatabaseRole;
  /** account id; null: nobody is signed in */
  account: string | null;
  /** division codes (2 to 12 digits) in which the person has the right that this transaction is about */
  areas: readonly string[];
}

/** What a caller without an account acts as. */
export const PUBLIC_SCOPE: Scope = { role: 'cunma_app', account: null, areas: [] };

/**
 * Lets the rest of a transaction act within `scope`, under row-level security. Ends with the transaction; never call it
 * outside one, or it ends with the statement and what follows acts as the owner.
 */
export async function enterScope(db: Knex.Transaction, { role, account, areas }: Scope): Promise<void> {
  const faulty = areas.find((area) => !/^\d{2,12}$/.test(area));
  if (faulty !== undefined) throw new Error(`not a division code: ${faulty}`);
  await prepared(
    db,
    `select set_config('role', ?, true), set_config('cunma.account', ?, true), set_config('cunma.scope', ?, true),
       set_config('cunma.presented', '', true)`,
    [role, account ?? '', areas.join(',')],
  );
}

/** The caller has named a secret id: for the rest of the transaction the row that has it may be seen. */
export async function present(db: Knex.Transaction, id: string): Promise<void> {
  await query(db, `select set_config('cunma.presented', ?, true)`, [id]);
}
