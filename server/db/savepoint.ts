import type { Knex } from 'knex';
import { query } from './query.ts';

/** Does some work; where it rejects, what it changed is undone and the transaction goes on. */
export type Attempt = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * One savepoint for any number of attempts, one after the other, that only read: a transaction goes back to it where one
 * rejects. It ends with the transaction. Attempts reject with the work's own error, also where the savepoint is gone
 * with the transaction.
 */
export async function savepoint(db: Knex.Transaction): Promise<Attempt> {
  await query(db, 'savepoint work');
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      await query(db, 'rollback to savepoint work').catch(() => undefined);
      throw error;
    }
  };
}

/**
 * Works in a savepoint of its own, to which the transaction goes back where the work rejects; then rejects with the
 * work's own error. A third of the cost of knex's own.
 */
export async function inSavepoint<T>(db: Knex.Transaction, work: () => Promise<T>): Promise<T> {
  const attempt = await savepoint(db);
  const result = await attempt(work);
  await query(db, 'release savepoint work');
  return result;
}

/** Whether something can still be asked in a transaction. */
export async function isAlive(db: Knex.Transaction): Promise<boolean> {
  return query(db, 'select 1').then(
    () => true,
    () => false,
  );
}
