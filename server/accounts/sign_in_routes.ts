import { z } from 'zod';
import { Me, PasswordByLink, Setup, SignIn, SignInOptions } from '../contract/index.ts';
import { type Call, csrfToken, type Endpoint, endpoint, Reply, sessionCookieName } from '../http/index.ts';
import { Problem } from '../problems.ts';
import { type AccountsContext, asSignIn, type Caller } from './context.ts';
import { setPasswordByLink } from './own_password.ts';
import { DAY_MS, SESSION_DAYS } from './session_limits.ts';
import { endOwnSession } from './sessions.ts';
import { setUp } from './set_up.ts';
import { showMe } from './show_me.ts';
import { signIn } from './sign_in.ts';
import { demonstrationRoles, signInDemonstration } from './sign_in_demonstration.ts';
import { administeredArea } from './sign_in_queries.ts';
import type { Started } from './start_session.ts';

type AnyCall = Pick<Call<unknown, unknown, unknown>, 'who' | 'browser'>;

export function callerOf({ who, browser }: AnyCall): Caller {
  return { address: who.address, agent: browser.agent, request_id: who.request_id };
}

/** A cookie that no script reads and no other site sends along with a change (RFC 6265bis). */
export function cookie(context: AccountsContext, name: string, value: string, seconds: number): string {
  const secure = context.publicUrl.startsWith('https:') ? '; Secure' : '';
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`;
}

export function sessionCookie(context: AccountsContext, secret: string): string {
  const name = sessionCookieName(context.publicUrl.startsWith('https:'));
  return cookie(context, name, secret, secret === '' ? 0 : (SESSION_DAYS * DAY_MS) / 1000);
}

const LET_IN = {
  rate: 'check',
  transaction: false,
  databaseRole: 'cunma_sign_in',
  sameOrigin: true,
} as const;

/** What a browser needs before anybody is signed in. */
export function signInRoutes(
  context: AccountsContext,
  options: { demonstration: boolean; oidcName: string | null },
): Endpoint[] {
  const letIn = async ({ actor, secret }: Started): Promise<Reply> => {
    const me = await asSignIn(context, (db) => showMe(db, actor, csrfToken(secret)));
    const headers = { 'Set-Cookie': sessionCookie(context, secret), 'Cache-Control': 'no-store' };
    return new Reply(me, { status: 201, headers });
  };
  return [
    endpoint({
      method: 'get',
      path: '/api/sign-in-options',
      summary: 'How one can sign in here.',
      access: 'public',
      databaseRole: 'cunma_sign_in',
      reply: SignInOptions,
      handle: async ({ db, loopback, language }) => ({
        setup_needed: (await administeredArea(db)) === null,
        demonstration_roles: loopback && options.demonstration ? await demonstrationRoles(db, language) : [],
        oidc: options.oidcName === null ? null : { name: options.oidcName },
      }),
    }),
    endpoint({
      method: 'post',
      path: '/api/setup',
      summary: 'Makes the first administrator with the one-time link that the server printed.',
      access: 'public',
      ...LET_IN,
      body: Setup,
      reply: Me,
      status: 201,
      problems: ['link_invalid', 'password_refused', 'division_unknown', 'login_taken', 'csrf_refused'],
      handle: async (call) => letIn(await setUp(context, call.body, callerOf(call))),
    }),
    endpoint({
      method: 'post',
      path: '/api/sessions',
      summary: 'Signs in with login, password and second factor, or as a person of the demonstration.',
      access: 'public',
      ...LET_IN,
      body: SignIn,
      reply: Me,
      status: 201,
      problems: [
        'sign_in_failed',
        'second_factor_required',
        'second_factor_wrong',
        'sign_in_throttled',
        'csrf_refused',
      ],
      handle: async (call) => {
        const { body } = call;
        if (!('demonstration_login' in body)) return letIn(await signIn(context, body, callerOf(call)));
        if (!call.loopback || !options.demonstration) throw new Problem('sign_in_failed');
        return letIn(await signInDemonstration(context, body.demonstration_login, callerOf(call)));
      },
    }),
    endpoint({
      method: 'delete',
      path: '/api/sessions/current',
      summary: 'Signs out. Nothing to do where nobody is signed in.',
      access: 'optional',
      reply: z.undefined(),
      status: 204,
      handle: async ({ db, who }) => {
        const session = who.actor?.session;
        if (session) await endOwnSession(db, who, session.id, context.now());
        return new Reply(null, { status: 204, headers: { 'Set-Cookie': sessionCookie(context, '') } });
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/passwords',
      summary: 'Sets a password with a one-time link; all sessions of the account end.',
      access: 'public',
      ...LET_IN,
      body: PasswordByLink,
      reply: z.undefined(),
      status: 204,
      problems: ['link_invalid', 'password_refused', 'csrf_refused'],
      handle: ({ body, who }) => setPasswordByLink(context, body, who),
    }),
  ];
}
