import { createHash } from 'node:crypto';
import { Problem } from '../problems.ts';
import { addressKey } from './address_key.ts';
import { addAttempt, attemptHistory, lockAttempts } from './attempt_queries.ts';
import { type AccountsContext, asSignIn } from './context.ts';
import { type Candidate, candidateById, candidateByLogin } from './sign_in_queries.ts';
import { secondsToWait } from './throttle_rules.ts';

/** A try that has been counted before it is looked at; whoever succeeds takes it back (`attemptSucceeded`). */
export interface Attempt {
  id: string;
  candidate: Candidate | null;
}

/** People type their password into the wrong field: of a login that does not exist only a hash is kept. */
function keyOf(typed: string, candidate: Candidate | null): string {
  if (candidate !== null) return candidate.login;
  return `?${createHash('sha256').update(typed).digest('base64url')}`;
}

/**
 * Counts a try to prove who one is, in a transaction of its own: it stays whatever happens to the request, and a
 * hundred tries at once are a hundred. Throws `sign_in_throttled`.
 */
export function claimAttempt(
  context: AccountsContext,
  who: { login: string } | { account_id: string },
  address: string,
): Promise<Attempt> {
  const now = context.now();
  return asSignIn(context, async (db) => {
    await lockAttempts(db);
    const typed = 'login' in who ? who.login.trim().toLowerCase() : '';
    const candidate =
      'login' in who ? await candidateByLogin(db, typed) : await candidateById(db, who.account_id);
    const [key, place] = [keyOf(typed, candidate), addressKey(address)];
    const seconds = secondsToWait(await attemptHistory(db, key, place, now), now);
    if (seconds > 0) throw new Problem('sign_in_throttled', { params: { seconds } });
    return { id: await addAttempt(db, key, place, now), candidate };
  });
}
