import { secretHash, type Who } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import type { PasswordByLink, PasswordChange } from '../contract/index.ts';
import { Problem } from '../problems.ts';
import { claimAttempt } from './attempt.ts';
import { attemptSucceeded } from './attempt_queries.ts';
import { type AccountsContext, asSignIn } from './context.ts';
import { accountOfLink } from './link_queries.ts';
import { ownSession } from './own_session.ts';
import { hashPassword, passwordMatches } from './password.ts';
import { refusePassword } from './refuse.ts';
import { candidateById, endSessions, lockCandidate, storePassword } from './sign_in_queries.ts';

/**
 * Sets one's own password and ends all other sessions. Throws `session_required`, `password_wrong` (the current one),
 * `password_refused`, `sign_in_throttled`, `busy`.
 */
export async function changePassword(
  context: AccountsContext,
  who: Who,
  { current, password }: PasswordChange,
): Promise<void> {
  const { actor, session } = ownSession(who);
  const { account_id } = actor;
  refusePassword(password, actor.login);
  const attempt = await claimAttempt(context, { account_id }, who.address);
  const stored = attempt.candidate?.password_hash ?? null;
  const proven = stored === null || (await passwordMatches(stored, current ?? ''));
  if (!proven) throw new Problem('password_wrong', { where: { path: 'current' } });
  const hash = await hashPassword(password);
  await asSignIn(context, async (db) => {
    const held = await lockCandidate(db, account_id);
    if (held?.active !== true || held.password_hash !== stored) throw new Problem('edit_conflict');
    const now = context.now();
    await attemptSucceeded(db, attempt.id);
    await storePassword(db, account_id, hash, now);
    await endSessions(db, account_id, now, session.id);
    await appendAudit(db, who, {
      action: 'account.change_password',
      record_kind: 'account',
      record_id: account_id,
      division_code: actor.division_code,
    });
  });
}

/** Sets a password with a one-time link and ends all sessions. Throws `link_invalid`, `password_refused`, `busy`. */
export async function setPasswordByLink(
  context: AccountsContext,
  { token, password }: PasswordByLink,
  who: Who,
): Promise<void> {
  const link = secretHash(token);
  const account = await asSignIn(context, async (db) => {
    const id = await accountOfLink(db, link, context.now());
    return id === null ? null : candidateById(db, id);
  });
  if (account === null) throw new Problem('link_invalid');
  refusePassword(password, account.login);
  const hash = await hashPassword(password);
  await asSignIn(context, async (db) => {
    const now = context.now();
    const held = await lockCandidate(db, account.id);
    if (held === null || (await accountOfLink(db, link, now)) !== held.id) throw new Problem('link_invalid');
    await storePassword(db, held.id, hash, now);
    await endSessions(db, held.id, now);
    await appendAudit(db, who, {
      action: 'account.set_password',
      record_kind: 'account',
      record_id: held.id,
      division_code: held.division_code,
      after: { login: held.login, means: 'one_time_link' },
    });
  });
}
