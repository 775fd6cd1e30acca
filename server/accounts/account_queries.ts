import type { Knex } from 'knex';
import type { AccountSearch, Assignment } from '../contract/index.ts';
import { query } from '../db/index.ts';
import { Problem } from '../problems.ts';

export interface AccountRow {
  id: string;
  login: string;
  name: string;
  division_code: string;
  active: boolean;
  demonstration: boolean;
  version: number;
  created_at: Date;
  last_sign_in_at: Date | null;
  external_subject: string | null;
  within_area: boolean;
  assignments: Assignment[];
}

const ACCOUNT = `
  a.id, a.login, a.name, a.division_code, a.active, a.demonstration, a.version, a.created_at, a.last_sign_in_at,
  a.external_subject, account_in_scope(a.id) as within_area,
  coalesce((select json_agg(json_build_object('role', s.role, 'division_code', s.division_code)
                            order by s.division_code, s.role)
            from assignment s where s.account_id = a.id), '[]') as assignments`;

/** An account that the transaction's person sees; null: there is none, or it is none of theirs. */
export async function findAccount(db: Knex, id: string): Promise<AccountRow | null> {
  const [row] = await query<AccountRow>(db, `select ${ACCOUNT} from account a where a.id = ?`, [id]);
  return row ?? null;
}

const FOUND = `
  with asked as (select ?::text as q, ?::text as role, ?::text as division, ?::boolean as active),
  found as (
    select a.* from account a, asked
    where (asked.q is null or position(asked.q in a.login) > 0 or position(asked.q in lower(a.name)) > 0)
      and (asked.active is null or a.active = asked.active)
      and (asked.role is null or exists (
        select from assignment s where s.account_id = a.id and s.role = asked.role
          and (asked.division is null or starts_with(s.division_code, asked.division))))
      and (asked.division is null or starts_with(a.division_code, asked.division) or exists (
        select from assignment s where s.account_id = a.id and starts_with(s.division_code, asked.division))))`;

/** Accounts by login, those in use first. */
export async function searchAccounts(
  db: Knex,
  search: AccountSearch,
): Promise<{ rows: AccountRow[]; number_matched: number }> {
  const asked = [
    search.q?.trim().toLowerCase() || null,
    search.role ?? null,
    search.division ?? null,
    search.active ?? null,
  ];
  const [total] = await query<{ n: number }>(db, `${FOUND} select count(*)::int as n from found`, asked);
  const rows = await query<AccountRow>(
    db,
    `${FOUND} select ${ACCOUNT} from found a order by a.active desc, a.login limit ? offset ?`,
    [...asked, search.limit, search.offset],
  );
  return { rows, number_matched: total!.n };
}

export interface NewAccountRow {
  login: string;
  name: string;
  division_code: string;
  demonstration: boolean;
  external: { issuer: string; subject: string } | null;
}

/** Makes an account; answers its id. Throws `login_taken`, whoever has it, and `external_taken`. */
export async function insertAccount(db: Knex, account: NewAccountRow): Promise<string> {
  const { login, name, division_code, demonstration, external } = account;
  const [row] = await unlessTaken(
    query<{ id: string }>(
      db,
      `insert into account (login, name, division_code, demonstration, external_issuer, external_subject)
       values (?, ?, ?, ?, ?, ?) on conflict (login) do nothing returning id`,
      [login, name, division_code, demonstration, external?.issuer ?? null, external?.subject ?? null],
    ),
  );
  if (row === undefined) throw new Problem('login_taken', { params: { login }, where: { path: 'login' } });
  return row.id;
}

const UNIQUE_VIOLATION = '23505';

/** Two accounts cannot be the same person of the organisation's own sign-in. */
function unlessTaken<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    const { code, constraint } = error as { code?: string; constraint?: string };
    if (code === UNIQUE_VIOLATION && constraint?.includes('external') === true)
      throw new Problem('external_taken', { cause: error });
    throw error;
  });
}

export interface AccountChange {
  name: string;
  division_code: string;
  active: boolean;
  /** undefined: as it was */
  external: { issuer: string; subject: string } | null | undefined;
}

/** Writes an account where it still has `version`; false: somebody else was first. Throws `external_taken`. */
export async function updateAccount(
  db: Knex,
  id: string,
  version: number,
  { name, division_code, active, external }: AccountChange,
): Promise<boolean> {
  const rows = await unlessTaken(
    query(
      db,
      `update account set name = ?, division_code = ?, active = ?, version = version + 1,
         external_issuer = case when ? then external_issuer else ? end,
         external_subject = case when ? then external_subject else ? end
       where id = ? and version = ? returning id`,
      [
        ...[name, division_code, active],
        ...[external === undefined, external?.issuer ?? null],
        ...[external === undefined, external?.subject ?? null],
        ...[id, version],
      ],
    ),
  );
  return rows.length > 0;
}

export async function insertAssignments(
  db: Knex,
  account: string,
  assignments: readonly Assignment[],
): Promise<void> {
  await query(
    db,
    `insert into assignment (account_id, role, division_code)
     select ?::bigint, * from unnest(?::text[], ?::text[]) on conflict do nothing`,
    [account, assignments.map(({ role }) => role), assignments.map(({ division_code }) => division_code)],
  );
}

export async function deleteAssignments(
  db: Knex,
  account: string,
  assignments: readonly Assignment[],
): Promise<void> {
  await query(
    db,
    `delete from assignment where account_id = ?
       and (role, division_code) in (select * from unnest(?::text[], ?::text[]))`,
    [account, assignments.map(({ role }) => role), assignments.map(({ division_code }) => division_code)],
  );
}

/** Two administrators who take each other's role away at once: one after the other. */
const ADMINISTRATORS_LOCK = 4_020_003;

/**
 * Whether somebody else administers the area of the installation. Holds the answer until the transaction ends. True
 * where nobody has set the installation up.
 */
export async function hasOtherAdministrator(
  db: Knex,
  account: { id: string; demonstration: boolean },
): Promise<boolean> {
  await query(db, 'select pg_advisory_xact_lock(?)', [ADMINISTRATORS_LOCK]);
  const [row] = await query<{ yes: boolean }>(
    db,
    `select not exists (select from installation) or exists (
       select from installation i
       join assignment s on s.role = 'administrator' and starts_with(i.area, s.division_code)
       join account a on a.id = s.account_id
       where a.active and a.id <> ? and a.demonstration = ?) as yes`,
    [account.id, account.demonstration],
  );
  return row!.yes;
}

/** Area of the installation; null: nobody has set it up. */
export async function installationArea(db: Knex): Promise<string | null> {
  const [row] = await query<{ area: string }>(db, 'select area from installation');
  return row?.area ?? null;
}

export async function accountByLogin(db: Knex, login: string): Promise<string | null> {
  const [row] = await query<{ id: string }>(db, 'select id from account where login = ?', [login]);
  return row?.id ?? null;
}
