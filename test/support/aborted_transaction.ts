import type { Knex } from 'knex';

/**
 * A transaction without a database behind it, with PostgreSQL's rule that after an error nothing is answered until a
 * savepoint is gone back to (25P02). That the rule is so is shown on both engines: test/integration/overlay_faults.
 */
export class AbortedTransaction {
  #aborted = false;
  #savepoint = false;

  get db(): Knex.Transaction {
    return { raw: (sql: string) => this.raw(sql) } as unknown as Knex.Transaction;
  }

  async raw(sql: string): Promise<{ rows: never[] }> {
    if (sql.startsWith('rollback to') && this.#savepoint) this.#aborted = false;
    this.refuseAborted();
    if (sql.startsWith('savepoint')) this.#savepoint = true;
    return { rows: [] };
  }

  /** A statement that fails. */
  fail(code = 'XX000'): never {
    this.#aborted = true;
    throw Object.assign(new Error('injected'), { code });
  }

  /** To be called by each statement that a test answers itself. */
  refuseAborted(): void {
    if (this.#aborted) throw Object.assign(new Error('current transaction is aborted'), { code: '25P02' });
  }
}
