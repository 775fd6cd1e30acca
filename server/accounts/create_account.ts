import type { Knex } from 'knex';
import type { Who } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import type { CreatedAccount, NewAccount } from '../contract/index.ts';
import { Problem } from '../problems.ts';
import { insertAccount, insertAssignments } from './account_queries.ts';
import { auditedAccount } from './audited.ts';
import { makePasswordLink } from './password_link.ts';
import { refuseBeyond, refuseDivision, refuseLogin, refuseToken } from './refuse.ts';
import { showAccount } from './show_account.ts';

export interface Creation {
  who: Who;
  areas: readonly string[];
  publicUrl: string;
  /** issuer of the organisation's own sign-in; null: there is none */
  issuer: string | null;
  now: Date;
}

/**
 * Makes an account with roles in the caller's areas, and the link with which its person sets a password. Throws
 * `login_taken`, `beyond_area`, `division_unknown`, `external_taken`, `oidc_absent`, `session_required`.
 */
export async function createAccount(
  db: Knex,
  { who, areas, publicUrl, issuer, now }: Creation,
  account: NewAccount,
): Promise<CreatedAccount> {
  refuseToken(who);
  const { login, name, division_code, assignments, external_subject = null } = account;
  const codes = [division_code, ...assignments.map((one) => one.division_code)];
  refuseBeyond(areas, ...codes);
  await refuseDivision(db, ...codes);
  refuseLogin(login);
  if (external_subject !== null && issuer === null) throw new Problem('oidc_absent');
  const external = external_subject === null ? null : { issuer: issuer!, subject: external_subject };
  const demonstration = who.actor?.demonstration === true;
  const id = await insertAccount(db, { login, name, division_code, demonstration, external });
  await insertAssignments(db, id, assignments);
  const password_link = await makePasswordLink(db, id, publicUrl, now);
  await appendAudit(db, who, {
    action: 'account.create',
    record_kind: 'account',
    record_id: id,
    division_code,
    right: 'accounts.manage',
    after: auditedAccount({ login, name, division_code, active: true, external_subject, assignments }),
  });
  return { account: await showAccount(db, id), password_link };
}
