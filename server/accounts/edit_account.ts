import type { Knex } from 'knex';
import type { Who } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import type { Account, AccountEdit, Assignment } from '../contract/index.ts';
import { Problem } from '../problems.ts';
import { isWithin } from '../rights.ts';
import {
  type AccountRow,
  deleteAssignments,
  findAccount,
  hasOtherAdministrator,
  insertAssignments,
  installationArea,
  updateAccount,
} from './account_queries.ts';
import { auditedAccount } from './audited.ts';
import { refuseBeyond, refuseDivision, refuseMadeUp, refuseToken } from './refuse.ts';
import { showAccount } from './show_account.ts';
import { endSessions } from './sign_in_queries.ts';
import { revokeTokens } from './token_queries.ts';

export interface Edition {
  who: Who;
  areas: readonly string[];
  /** issuer of the organisation's own sign-in; null: there is none */
  issuer: string | null;
  now: Date;
}

const same = (a: Assignment) => (b: Assignment) => a.role === b.role && a.division_code === b.division_code;
const without = (all: readonly Assignment[], some: readonly Assignment[]): Assignment[] =>
  all.filter((one) => !some.some(same(one)));

/**
 * Changes an account as one of its area's administrators; closing it ends its sessions and tokens. Throws
 * `account_unknown`, `forbidden`, `edit_conflict`, `beyond_area`, `division_unknown`, `last_administrator`,
 * `external_taken`, `oidc_absent`, `session_required`.
 */
export async function editAccount(
  db: Knex,
  { who, areas, issuer, now }: Edition,
  id: string,
  edit: AccountEdit,
): Promise<Account> {
  const before = await findAccount(db, id);
  if (before === null) throw new Problem('account_unknown');
  if (!isWithin(before.division_code, areas))
    throw new Problem('beyond_area', { params: { code: before.division_code } });
  refuseMadeUp(who, before);
  if (edit.version !== before.version) throw new Problem('edit_conflict');

  const after = { ...before, ...definedOf(edit) };
  const added = without(after.assignments, before.assignments);
  const removed = without(before.assignments, after.assignments);
  const opens = added.length > 0 || after.external_subject !== before.external_subject;
  if (opens || (after.active && !before.active)) refuseToken(who);
  const reaches = after.external_subject !== before.external_subject || after.active !== before.active;
  if (reaches && !before.within_area)
    throw new Problem('beyond_area', { params: { code: before.division_code } });
  const codes = [after.division_code, ...added.map((one) => one.division_code)];
  refuseBeyond(areas, ...codes, ...removed.map((one) => one.division_code));
  await refuseDivision(db, ...codes);
  await refuseLastAdministrator(db, before, after);

  if (before.active && !after.active) {
    await endSessions(db, id, now);
    await revokeTokens(db, id, now);
  }
  if (
    !(await updateAccount(db, id, before.version, { ...after, external: externalOf(before, after, issuer) }))
  )
    throw new Problem('edit_conflict');
  await deleteAssignments(db, id, removed);
  await insertAssignments(db, id, added);
  const offices = [...new Set([before.division_code, after.division_code])].sort();
  for (const division_code of offices)
    await appendAudit(db, who, {
      action: 'account.edit',
      record_kind: 'account',
      record_id: id,
      division_code,
      right: 'accounts.manage',
      before: auditedAccount(before),
      after: auditedAccount(after),
    });
  return showAccount(db, id);
}

/** What the edit says; what it leaves out stays. */
function definedOf({ version: _, ...edit }: AccountEdit): Partial<AccountRow> {
  return Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined));
}

function externalOf(
  before: AccountRow,
  { external_subject: subject }: AccountRow,
  issuer: string | null,
): { issuer: string; subject: string } | null | undefined {
  if (subject === before.external_subject) return undefined;
  if (subject === null) return null;
  if (issuer === null) throw new Problem('oidc_absent');
  return { issuer, subject };
}

/** Somebody must be left who can let people in again. */
async function refuseLastAdministrator(db: Knex, before: AccountRow, after: AccountRow): Promise<void> {
  const area = await installationArea(db);
  const administers = ({ active, assignments }: AccountRow): boolean =>
    active &&
    area !== null &&
    assignments.some(({ role, division_code }) => role === 'administrator' && area.startsWith(division_code));
  if (!administers(before) || administers(after)) return;
  if (!(await hasOtherAdministrator(db, before))) throw new Problem('last_administrator');
}
