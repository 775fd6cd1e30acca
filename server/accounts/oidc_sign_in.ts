import { secretHash, type Who } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import { Problem } from '../problems.ts';
import { confirmPassword } from './confirm_password.ts';
import { type AccountsContext, asSignIn, type Caller } from './context.ts';
import type { ExternalIdentity, OidcProvider } from './oidc_provider.ts';
import { addFlow, linkExternal, takeFlow } from './oidc_queries.ts';
import { ownSession } from './own_session.ts';
import { newSecret } from './secrets.ts';
import { candidateByExternal, isDemonstrationLand, lockCandidate } from './sign_in_queries.ts';
import { type Started, startSession } from './start_session.ts';

/** Time to sign in at the provider, ms. */
export const FLOW_MS = 10 * 60_000;

/** `browser` goes into a cookie: only the browser that began may end. */
export interface Begun {
  url: string;
  browser: string;
}

/** Sends somebody to the provider. Throws `oidc_unavailable`. */
export async function beginOidc(
  context: AccountsContext,
  provider: OidcProvider,
  { next, link_account_id }: { next: string; link_account_id: string | null },
): Promise<Begun> {
  const { url, state, nonce, code_verifier } = await provider.authorize();
  const browser = newSecret();
  const now = context.now();
  await asSignIn(context, (db) =>
    addFlow(db, {
      ...{ nonce, code_verifier, next, link_account_id, now },
      state_hash: secretHash(state),
      browser_hash: secretHash(browser),
      expires_at: new Date(now.getTime() + FLOW_MS),
    }),
  );
  return { url, browser };
}

/** Begins to link one's own account. Throws `session_required`, `password_wrong`, `sign_in_throttled`, `oidc_unavailable`. */
export async function beginLink(
  context: AccountsContext,
  provider: OidcProvider,
  who: Who,
  current: string | undefined,
): Promise<Begun> {
  const { actor } = ownSession(who);
  // a new way in is opened by whoever knows the old one, not by whoever has found a session
  await confirmPassword(context, who, current, 'current');
  return beginOidc(context, provider, { next: '/me', link_account_id: actor.account_id });
}

/** What the provider has sent back through the browser. */
export interface Returned {
  query: Readonly<Record<string, string>>;
  browser: string | null;
}

/**
 * Ends what {@link beginOidc} began, once: signs in, or links the account of whoever is signed in. `started` is null
 * for a link. Throws `oidc_failed`, `oidc_unavailable`, `oidc_unlinked`, `external_taken`.
 */
export async function endOidc(
  context: AccountsContext,
  provider: OidcProvider,
  { query, browser }: Returned,
  who: Who,
  caller: Caller,
): Promise<{ started: Started | null; next: string }> {
  const { state } = query;
  if (state === undefined || browser === null) throw new Problem('oidc_failed');
  const flow = await asSignIn(context, (db) =>
    takeFlow(db, secretHash(state), secretHash(browser), context.now()),
  );
  if (flow === null) throw new Problem('oidc_failed');
  const identity = await provider.identify(query, { ...flow, state });
  if (flow.link_account_id === null)
    return { started: await enter(context, identity, caller), next: flow.next };
  if (flow.link_account_id !== who.actor?.account_id || who.actor.session === null)
    throw new Problem('oidc_failed');
  await link(context, who, identity);
  return { started: null, next: flow.next };
}

/** Accounts are linked beforehand; nobody gets one by knowing the provider's password. */
function enter(context: AccountsContext, identity: ExternalIdentity, caller: Caller): Promise<Started> {
  return asSignIn(context, async (db) => {
    const found = await candidateByExternal(db, identity.issuer, identity.subject);
    const held = found === null ? null : await lockCandidate(db, found.id);
    if (held?.active !== true || (held.demonstration && !(await isDemonstrationLand(db))))
      throw new Problem('oidc_unlinked', { params: { subject: identity.subject } });
    const { second_factor } = identity;
    return startSession(db, held.id, { means: 'external', second_factor }, caller, context.now());
  });
}

async function link(context: AccountsContext, who: Who, identity: ExternalIdentity): Promise<void> {
  const { actor } = ownSession(who);
  await asSignIn(context, async (db) => {
    const held = await lockCandidate(db, actor.account_id);
    if (held?.active !== true) throw new Problem('oidc_failed');
    if (!(await linkExternal(db, held.id, identity))) throw new Problem('external_taken');
    await note(db, who, 'account.link_external');
  });
}

/** Takes the link of one's own account away. Throws `session_required`, `oidc_only_way`. */
export async function unlink(context: AccountsContext, who: Who): Promise<void> {
  const { actor } = ownSession(who);
  await asSignIn(context, async (db) => {
    const held = await lockCandidate(db, actor.account_id);
    if (held === null || held.password_hash === null) throw new Problem('oidc_only_way');
    await linkExternal(db, held.id, null);
    await note(db, who, 'account.unlink_external');
  });
}

async function note(db: Parameters<typeof appendAudit>[0], who: Who, action: string): Promise<void> {
  const { account_id, division_code } = who.actor!;
  await appendAudit(db, who, { action, record_kind: 'account', record_id: account_id, division_code });
}
