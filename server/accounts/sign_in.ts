import { Problem } from '../problems.ts';
import { claimAttempt } from './attempt.ts';
import { attemptSucceeded } from './attempt_queries.ts';
import { spendSecondFactor } from './check_second_factor.ts';
import { type AccountsContext, asSignIn, type Caller } from './context.ts';
import { passwordMatches } from './password.ts';
import { isDemonstrationLand, lockCandidate } from './sign_in_queries.ts';
import { type Started, startSession } from './start_session.ts';

export interface Typed {
  login: string;
  password: string;
  code?: string | undefined;
}

/**
 * Lets in whoever knows login, password and, where it is on, the second factor. Throws `sign_in_failed` (whatever of
 * login and password was wrong, and for a closed account), `second_factor_required`, `second_factor_wrong`,
 * `sign_in_throttled`, `busy`.
 */
export async function signIn(context: AccountsContext, typed: Typed, caller: Caller): Promise<Started> {
  const attempt = await claimAttempt(context, { login: typed.login }, caller.address);
  const { candidate } = attempt;
  const matches = await passwordMatches(candidate?.password_hash ?? null, typed.password);
  if (candidate === null || !matches || !candidate.active) throw new Problem('sign_in_failed');
  if (candidate.totp_confirmed && typed.code === undefined) throw new Problem('second_factor_required');
  return asSignIn(context, async (db) => {
    const now = context.now();
    const held = await lockCandidate(db, candidate.id);
    const unchanged = held?.active === true && held.password_hash === candidate.password_hash;
    if (!unchanged || (held.demonstration && !(await isDemonstrationLand(db))))
      throw new Problem('sign_in_failed');
    if (held.totp_confirmed && typed.code === undefined) throw new Problem('second_factor_required');
    const factor = held.totp_confirmed
      ? await spendSecondFactor(db, context.key, held, typed.code!, now)
      : null;
    if (held.totp_confirmed && factor === null) throw new Problem('second_factor_wrong');
    await attemptSucceeded(db, attempt.id);
    return startSession(db, held.id, { means: 'password', second_factor: factor !== null }, caller, now);
  });
}
