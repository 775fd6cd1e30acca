import type { Knex } from 'knex';
import type { Who } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import { enterScope } from '../db/index.ts';
import { Problem } from '../problems.ts';
import { accountToOpen } from './password_link.ts';
import { removeSecret } from './second_factor_queries.ts';
import { endSessions } from './sign_in_queries.ts';

/**
 * Takes away the second factor of somebody who has lost it, and ends their sessions. The transaction begins as
 * cunma_app, which says whether the account is the caller's matter, and ends as the role that may touch secrets. Throws
 * as `accountToOpen`, and `second_factor_absent`.
 */
export async function resetSecondFactor(
  db: Knex.Transaction,
  who: Who,
  id: string,
  now: Date,
): Promise<void> {
  const account = await accountToOpen(db, who, id);
  await enterScope(db, { role: 'cunma_sign_in', account: who.actor!.account_id, areas: [] });
  if (!(await removeSecret(db, id))) throw new Problem('second_factor_absent');
  await endSessions(db, id, now);
  await appendAudit(db, who, {
    action: 'account.second_factor_reset',
    record_kind: 'account',
    record_id: id,
    division_code: account.division_code,
    right: 'accounts.manage',
    before: { login: account.login },
  });
}
