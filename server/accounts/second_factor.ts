import type { Knex } from 'knex';
import QRCode from 'qrcode';
import type { Actor, Who } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import type { RecoveryCodes, SecondFactorSecret } from '../contract/index.ts';
import { Problem } from '../problems.ts';
import { claimAttempt } from './attempt.ts';
import { attemptSucceeded } from './attempt_queries.ts';
import { spendSecondFactor, totpPurpose } from './check_second_factor.ts';
import { type AccountsContext, asSignIn } from './context.ts';
import { ownSession } from './own_session.ts';
import { newRecoveryCodes, recoveryHash } from './recovery_codes.ts';
import { confirmSecret, proposeSecret, removeSecret } from './second_factor_queries.ts';
import { type Candidate, endSessions, lockCandidate, markSecondFactor } from './sign_in_queries.ts';
import { newTotpSecret, totpIdentity, totpStep } from './totp.ts';

/** A new secret to scan, not in force until a code of it has been seen. Throws `session_required`, `second_factor_present`. */
export async function proposeSecondFactor(context: AccountsContext, who: Who): Promise<SecondFactorSecret> {
  const { actor } = ownSession(who);
  const secret = newTotpSecret();
  const sealed = context.key.seal(secret, totpPurpose(actor.account_id));
  const kept = await asSignIn(context, (db) => proposeSecret(db, actor.account_id, sealed));
  if (!kept) throw new Problem('second_factor_present');
  const identity = totpIdentity(secret, actor.login, `Cunma ${new URL(context.publicUrl).hostname}`);
  return { ...identity, qr_svg: await QRCode.toString(identity.uri, { type: 'svg', margin: 4 }) };
}

/**
 * Puts the second factor in force, and ends the sessions that were opened without it. Throws `session_required`,
 * `second_factor_absent` (nothing was proposed), `second_factor_present`, `second_factor_wrong`, `sign_in_throttled`.
 */
export async function confirmSecondFactor(
  context: AccountsContext,
  who: Who,
  code: string,
): Promise<RecoveryCodes> {
  const { actor, session } = ownSession(who);
  return proven(context, who, async (db, held, now) => {
    if (held.totp_confirmed) throw new Problem('second_factor_present');
    if (held.totp_secret === null) throw new Problem('second_factor_absent');
    const secret = context.key.open(held.totp_secret, totpPurpose(held.id));
    const step = totpStep(secret, code.replace(/[\s-]/g, ''), now, null);
    if (step === null) throw new Problem('second_factor_wrong');
    const recovery_codes = newRecoveryCodes();
    const hashes = recovery_codes.map((one) => recoveryHash(held.id, one));
    await confirmSecret(db, held.id, step, hashes, now);
    await endSessions(db, held.id, now, session.id);
    await markSecondFactor(db, session.id, true);
    await noteChange(db, who, actor, 'account.second_factor_on');
    return { recovery_codes };
  });
}

/** Takes one's own second factor away. Throws `session_required`, `second_factor_absent`, `second_factor_wrong`, `sign_in_throttled`. */
export async function removeSecondFactor(context: AccountsContext, who: Who, code: string): Promise<void> {
  const { actor, session } = ownSession(who);
  await proven(context, who, async (db, held, now) => {
    if (!held.totp_confirmed) throw new Problem('second_factor_absent');
    if ((await spendSecondFactor(db, context.key, held, code, now)) === null)
      throw new Problem('second_factor_wrong');
    await removeSecret(db, held.id);
    await markSecondFactor(db, session.id, false);
    await noteChange(db, who, actor, 'account.second_factor_off');
  });
}

/** Guessing at a code is slowed as guessing at a password is. */
async function proven<T>(
  context: AccountsContext,
  who: Who,
  work: (db: Knex.Transaction, held: Candidate, now: Date) => Promise<T>,
): Promise<T> {
  const account_id = who.actor!.account_id;
  const attempt = await claimAttempt(context, { account_id }, who.address);
  return asSignIn(context, async (db) => {
    const held = await lockCandidate(db, account_id);
    if (held === null) throw new Problem('sign_in_required');
    await attemptSucceeded(db, attempt.id);
    return work(db, held, context.now());
  });
}

async function noteChange(db: Knex, who: Who, actor: Actor, action: string): Promise<void> {
  await appendAudit(db, who, {
    action,
    record_kind: 'account',
    record_id: actor.account_id,
    division_code: actor.division_code,
  });
}
