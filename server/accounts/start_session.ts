import type { Knex } from 'knex';
import { type Actor, secretHash } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import type { Caller } from './context.ts';
import { identify } from './identify_queries.ts';
import { newSecret } from './secrets.ts';
import { DAY_MS, SESSION_DAYS } from './session_limits.ts';
import { addSession } from './sign_in_queries.ts';

/** A person who has just been let in; `secret` goes into the cookie and stands nowhere else. */
export interface Started {
  actor: Actor;
  secret: string;
}

/** How somebody proved who they are. */
export type SignInMeans = 'password' | 'demonstration' | 'first_administrator' | 'external';

/** Opens a new session, whatever cookie came along: what was set before signing in is worth nothing afterwards. */
export async function startSession(
  db: Knex,
  account_id: string,
  how: { means: SignInMeans; second_factor: boolean },
  caller: Caller,
  now: Date,
): Promise<Started> {
  const secret = newSecret();
  const id = await addSession(db, {
    account_id,
    token_hash: secretHash(secret),
    now,
    expires_at: new Date(now.getTime() + SESSION_DAYS * DAY_MS),
    second_factor: how.second_factor,
    agent: caller.agent,
    address: caller.address,
  });
  const actor = await identify(db, { kind: 'session', secret }, now);
  if (actor === null) throw new Error('a session was opened for an account that may not have one');
  await appendAudit(
    db,
    { actor, address: caller.address, request_id: caller.request_id },
    {
      action: 'session.start',
      record_kind: 'session',
      record_id: id,
      division_code: actor.division_code,
      after: how,
    },
  );
  return { actor, secret };
}
