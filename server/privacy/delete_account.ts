import type { Actor, Who } from '../actor.ts';
import { appendAudit, type Slices } from '../audit/index.ts';
import { Problem } from '../problems.ts';
import { forgetAccount } from './own_data_queries.ts';

/** Throws `sign_in_required`, `session_required` for a token, `demonstration_account`. */
export function refuseDeletion({ actor }: Who): Actor {
  if (actor === null) throw new Problem('sign_in_required');
  if (actor.session === null) throw new Problem('session_required');
  if (actor.demonstration) throw new Problem('demonstration_account');
  return actor;
}

/**
 * Forgets the caller's account: what can sign in is gone, login and name are a number; the trail keeps that number.
 * `signIn` runs a transaction of the caller as `cunma_sign_in`. Throws `last_administrator`.
 */
export async function deleteAccount(who: Who, signIn: Slices): Promise<void> {
  const { account_id, login, name, division_code } = refuseDeletion(who);
  await signIn(async (db) => {
    if (!(await forgetAccount(db))) throw new Problem('last_administrator');
    await appendAudit(db, who, {
      action: 'account.forget',
      record_kind: 'account',
      record_id: account_id,
      division_code,
      before: { login, name },
    });
  });
}
