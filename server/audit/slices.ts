import type { Knex } from 'knex';
import { enterScope, type Scope } from '../db/index.ts';

/** Runs `work` in a short transaction of its own, so that others get their turn between two. */
export type Slices = <T>(work: (db: Knex.Transaction) => Promise<T>) => Promise<T>;

/** Slices under a scope; null: as the owner of the tables, for the operator's commands. */
export function slicesOf(knex: Knex, scope: Scope | null): Slices {
  return (work) =>
    knex.transaction(async (db) => {
      if (scope !== null) await enterScope(db, scope);
      return work(db);
    });
}
