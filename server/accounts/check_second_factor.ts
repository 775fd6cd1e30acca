import type { Knex } from 'knex';
import type { InstallationKey } from '../keys.ts';
import { readRecoveryCode, recoveryHash } from './recovery_codes.ts';
import { spendRecoveryCode, spendStep } from './second_factor_queries.ts';
import type { Candidate } from './sign_in_queries.ts';
import { totpStep } from './totp.ts';

/** A secret sealed for one account does not open for another. */
export const totpPurpose = (account_id: string): string => `totp ${account_id}`;

/**
 * Uses up a code of the authenticator or a recovery code; answers which it was, null: neither. `candidate` is held by
 * this transaction, so of two who show the same code one gets in.
 */
export async function spendSecondFactor(
  db: Knex,
  key: InstallationKey,
  candidate: Candidate,
  typed: string,
  now: Date,
): Promise<'totp' | 'recovery_code' | null> {
  if (candidate.totp_secret === null) return null;
  const secret = key.open(candidate.totp_secret, totpPurpose(candidate.id));
  const last = candidate.totp_last_step === null ? null : Number(candidate.totp_last_step);
  const step = totpStep(secret, typed.replace(/[\s-]/g, ''), now, last);
  if (step !== null) {
    await spendStep(db, candidate.id, step);
    return 'totp';
  }
  if (readRecoveryCode(typed) === null) return null;
  const used = await spendRecoveryCode(db, candidate.id, recoveryHash(candidate.id, typed), now);
  return used ? 'recovery_code' : null;
}
