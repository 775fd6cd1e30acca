import { secretHash } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import type { Setup } from '../contract/index.ts';
import { Problem } from '../problems.ts';
import { insertAccount, insertAssignments } from './account_queries.ts';
import { type AccountsContext, asSignIn, type Caller } from './context.ts';
import { setArea } from './demonstration_queries.ts';
import { isFirstLink, lockSetup, removeFirstLinks } from './link_queries.ts';
import { hashPassword } from './password.ts';
import { refuseDivision, refuseLogin, refusePassword } from './refuse.ts';
import { administeredArea, storePassword } from './sign_in_queries.ts';
import { type Started, startSession } from './start_session.ts';

/**
 * Makes the first administrator and says which area the installation is for. Of two who try at once one wins. Throws
 * `link_invalid`, `password_refused`, `division_unknown`, `login_taken`.
 */
export async function setUp(context: AccountsContext, setup: Setup, caller: Caller): Promise<Started> {
  const hash = secretHash(setup.token);
  const mayUse = () => asSignIn(context, (db) => isFirstLink(db, hash, context.now()));
  if (!(await mayUse())) throw new Problem('link_invalid');
  refuseLogin(setup.login);
  refusePassword(setup.password, setup.login);
  const password = await hashPassword(setup.password);
  return asSignIn(context, async (db) => {
    const now = context.now();
    await lockSetup(db);
    if ((await administeredArea(db)) !== null || !(await isFirstLink(db, hash, now)))
      throw new Problem('link_invalid');
    await refuseDivision(db, setup.division_code);
    const { login, name, division_code } = setup;
    const id = await insertAccount(db, { login, name, division_code, demonstration: false, external: null });
    await insertAssignments(db, id, [{ role: 'administrator', division_code }]);
    await storePassword(db, id, password, now);
    await setArea(db, division_code);
    await removeFirstLinks(db);
    const how = { means: 'first_administrator', second_factor: false } as const;
    const started = await startSession(db, id, how, caller, now);
    const who = { actor: started.actor, address: caller.address, request_id: caller.request_id };
    await appendAudit(db, who, {
      action: 'installation.set_up',
      record_kind: 'account',
      record_id: id,
      division_code,
      after: { login, assignments: [{ role: 'administrator', division_code }] },
    });
    return started;
  });
}
