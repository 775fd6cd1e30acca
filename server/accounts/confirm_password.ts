import type { Who } from '../actor.ts';
import { Problem } from '../problems.ts';
import { claimAttempt } from './attempt.ts';
import { attemptSucceeded } from './attempt_queries.ts';
import { type AccountsContext, asSignIn } from './context.ts';
import { ownSession } from './own_session.ts';
import { passwordMatches } from './password.ts';

/**
 * Makes sure, before something that cannot be undone, that whoever holds the session knows the account's password too;
 * an account without one has none to confirm. `path`: the field of the request that it came in. Throws `session_required`, `password_wrong`, `sign_in_throttled`, `busy`.
 */
export async function confirmPassword(
  context: AccountsContext,
  who: Who,
  password: string | undefined,
  path = 'password',
): Promise<void> {
  const { actor } = ownSession(who);
  const attempt = await claimAttempt(context, { account_id: actor.account_id }, who.address);
  const stored = attempt.candidate?.password_hash ?? null;
  const proven = stored === null || (await passwordMatches(stored, password ?? ''));
  if (!proven) throw new Problem('password_wrong', { where: { path } });
  await asSignIn(context, (db) => attemptSucceeded(db, attempt.id));
}
