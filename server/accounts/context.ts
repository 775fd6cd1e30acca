import type { Knex } from 'knex';
import { type Database, enterScope } from '../db/index.ts';
import type { InstallationKey } from '../keys.ts';

/** What the verbs of sign-in need besides the request. */
export interface AccountsContext {
  key: InstallationKey;
  /** without a trailing slash */
  publicUrl: string;
  /** the open database; throws where the server is not ready */
  database: () => Database;
  now: () => Date;
}

/** Who stands at the other end while somebody signs in. */
export interface Caller {
  address: string;
  agent: string;
  request_id: string;
}

/**
 * One transaction as the role that sees password hashes. A sign-in takes several: what counts an attempt must stay when
 * it fails, and no connection is held while a password is hashed.
 */
export function asSignIn<T>(
  context: Pick<AccountsContext, 'database'>,
  work: (db: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return context.database().knex.transaction(async (db) => {
    await enterScope(db, { role: 'cunma_sign_in', account: null, areas: [] });
    return work(db);
  });
}
