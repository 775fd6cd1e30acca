import type { Knex } from 'knex';
import type { Who } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import type { Session } from '../contract/index.ts';
import { Problem } from '../problems.ts';
import { findAccount } from './account_queries.ts';
import { HOUR_MS, IDLE_HOURS } from './session_limits.ts';
import { endSession, endSessions, openSessions } from './sign_in_queries.ts';

/** Open sessions of an account, the latest used first. `current`: the one that asks. */
export async function listSessions(db: Knex, account: string, who: Who, now: Date): Promise<Session[]> {
  const idle = new Date(now.getTime() - IDLE_HOURS * HOUR_MS);
  const rows = await openSessions(db, account, now, idle);
  return rows.map((row) => ({
    ...row,
    created_at: row.created_at.toISOString(),
    last_seen_at: row.last_seen_at.toISOString(),
    expires_at: row.expires_at.toISOString(),
    current: row.id === who.actor?.session?.id,
  }));
}

/** Ends one of one's own sessions. Throws `session_unknown`. */
export async function endOwnSession(db: Knex, who: Who, id: string, now: Date): Promise<void> {
  const actor = who.actor!;
  if (!(await endSession(db, actor.account_id, id, now))) throw new Problem('session_unknown');
  await appendAudit(db, who, {
    action: 'session.end',
    record_kind: 'session',
    record_id: id,
    division_code: actor.division_code,
  });
}

/** Sessions of somebody in the caller's areas. Throws `account_unknown`, `beyond_area`. */
export async function listSessionsOf(db: Knex, id: string, who: Who, now: Date): Promise<Session[]> {
  await accountWithin(db, id);
  return listSessions(db, id, who, now);
}

/** Ends all sessions of somebody in the caller's areas. Throws `account_unknown`, `beyond_area`. */
export async function endSessionsOf(db: Knex, id: string, who: Who, now: Date): Promise<void> {
  const account = await accountWithin(db, id);
  const ended = await endSessions(db, id, now);
  await appendAudit(db, who, {
    action: 'session.end_all',
    record_kind: 'account',
    record_id: id,
    division_code: account.division_code,
    right: 'accounts.manage',
    after: { ended },
  });
}

async function accountWithin(db: Knex, id: string): Promise<{ division_code: string }> {
  const account = await findAccount(db, id);
  if (account === null) throw new Problem('account_unknown');
  if (!account.within_area) throw new Problem('beyond_area', { params: { code: account.division_code } });
  return account;
}
