import type { Knex } from 'knex';
import type { Account, AccountList, AccountSearch } from '../contract/index.ts';
import { Problem } from '../problems.ts';
import { type AccountRow, findAccount, searchAccounts } from './account_queries.ts';
import { divisionNames } from './sign_in_queries.ts';

async function named(db: Knex, rows: readonly AccountRow[]): Promise<Account[]> {
  const codes = rows.flatMap(({ division_code, assignments }) => [
    division_code,
    ...assignments.map((one) => one.division_code),
  ]);
  const names = await divisionNames(db, codes);
  const nameOf = (code: string): string => names.get(code) ?? code;
  return rows.map((row) => ({
    ...row,
    division_name: nameOf(row.division_code),
    created_at: row.created_at.toISOString(),
    last_sign_in_at: row.last_sign_in_at?.toISOString() ?? null,
    assignments: row.assignments.map((one) => ({ ...one, division_name: nameOf(one.division_code) })),
  }));
}

/** Accounts of the caller's areas: by office, or by a role in them. */
export async function listAccounts(db: Knex, search: AccountSearch): Promise<AccountList> {
  const { rows, number_matched } = await searchAccounts(db, search);
  return { accounts: await named(db, rows), number_matched };
}

/** Throws `account_unknown`. */
export async function showAccount(db: Knex, id: string): Promise<Account> {
  const row = await findAccount(db, id);
  if (row === null) throw new Problem('account_unknown');
  return (await named(db, [row]))[0]!;
}
