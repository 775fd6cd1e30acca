import type { Knex } from 'knex';
import { OPERATOR } from '../audit/index.ts';
import type { Account, AccountEdit, CreatedAccount, NewAccount, PasswordLink } from '../contract/index.ts';
import { type Database, enterScope } from '../db/index.ts';
import { Problem } from '../problems.ts';
import { accountByLogin } from './account_queries.ts';
import { createAccount } from './create_account.ts';
import { setArea } from './demonstration_queries.ts';
import { editAccount } from './edit_account.ts';
import { lockSetup, removeFirstLinks } from './link_queries.ts';
import { resetPassword } from './password_link.ts';
import { listAccounts, showAccount } from './show_account.ts';
import { administeredArea } from './sign_in_queries.ts';

/** Whoever has the machine administers every province; the rules of the area are the same as for everybody. */
const EVERYWHERE = Array.from({ length: 90 }, (_, i) => String(i + 10));

/**
 * One transaction of the operator's, under row-level security with all areas in it. Who becomes the first
 * administrator says by that which area the installation is for.
 */
function asOperator<T>({ knex }: Database, work: (db: Knex.Transaction) => Promise<T>): Promise<T> {
  return knex.transaction(async (db) => {
    await lockSetup(db);
    const administered = await administeredArea(db);
    await enterScope(db, { role: 'cunma_app', account: null, areas: EVERYWHERE });
    const result = await work(db);
    if (administered !== null) return result;
    await enterScope(db, { role: 'cunma_sign_in', account: null, areas: [] });
    const area = await administeredArea(db);
    if (area !== null) {
      await setArea(db, area);
      await removeFirstLinks(db);
    }
    return result;
  });
}

async function idOf(db: Knex, login: string): Promise<string> {
  const id = await accountByLogin(db, login.toLowerCase());
  if (id === null) throw new Problem('account_unknown');
  return id;
}

/** Throws as `createAccount`. */
export function createByOperator(
  database: Database,
  account: NewAccount,
  publicUrl: string,
): Promise<CreatedAccount> {
  const creation = { who: OPERATOR, areas: EVERYWHERE, publicUrl, issuer: null, now: new Date() };
  return asOperator(database, (db) => createAccount(db, creation, account));
}

/** All accounts with an office or a role in an area; null: everywhere. */
export async function listByOperator(database: Database, area: string | null): Promise<Account[]> {
  return asOperator(database, async (db) => {
    const accounts: Account[] = [];
    for (
      let page = await pageOf(db, area, 0);
      page.length > 0;
      page = await pageOf(db, area, accounts.length)
    )
      accounts.push(...page);
    return accounts;
  });
}

async function pageOf(db: Knex, area: string | null, offset: number): Promise<Account[]> {
  const division = area ?? undefined;
  return (await listAccounts(db, { division, limit: 200, offset })).accounts;
}

/** Throws `account_unknown`, `account_inactive`. */
export function linkByOperator(database: Database, login: string, publicUrl: string): Promise<PasswordLink> {
  return asOperator(database, async (db) =>
    resetPassword(db, OPERATOR, await idOf(db, login), publicUrl, new Date()),
  );
}

/** Changes an account as it stands. `issuer` of a linked identity stays. Throws `account_unknown` and as `editAccount`. */
export function editByOperator(
  database: Database,
  login: string,
  change: (account: Account) => Omit<AccountEdit, 'version'>,
): Promise<Account> {
  return asOperator(database, async (db) => {
    const account = await showAccount(db, await idOf(db, login));
    const edition = { who: OPERATOR, areas: EVERYWHERE, issuer: null, now: new Date() };
    return editAccount(db, edition, account.id, { version: account.version, ...change(account) });
  });
}
