import { z } from 'zod';
import { ExternalLink, ExternalLinkStart } from '../contract/index.ts';
import { type Call, type Endpoint, endpoint, Reply } from '../http/index.ts';
import { Problem } from '../problems.ts';
import type { AccountsContext } from './context.ts';
import type { OidcProvider } from './oidc_provider.ts';
import { type Begun, beginLink, beginOidc, endOidc, FLOW_MS, unlink } from './oidc_sign_in.ts';
import { callerOf, cookie, sessionCookie } from './sign_in_routes.ts';

/** A path of ours: `//elsewhere` and `/\elsewhere` are others'. */
const LOCAL_PATH = /^\/(?![/\\])[\x21-\x7e]{0,299}$/;
const FLOW_COOKIE = 'cunma_oidc';

const away = (location: string, cookies: string | null): Reply =>
  new Reply('', {
    status: 302,
    headers: {
      Location: location,
      'Cache-Control': 'no-store',
      ...(cookies === null ? {} : { 'Set-Cookie': cookies }),
    },
  });

/** A browser that was sent somewhere comes back to a page, not to JSON: the sign-in page says what was wrong. */
function toSignInPage(error: unknown, warn: Call<unknown, unknown, unknown>['warn']): Reply {
  if (!(error instanceof Problem) || error.status === 500) throw error;
  const cause = describedCause(error);
  if (cause !== null) warn(error.code, new Error(`${cause.code} ${cause.message}`));
  const { subject } = error.params;
  const said = new URLSearchParams({
    problem: error.code,
    ...(typeof subject === 'string' ? { subject } : {}),
  });
  return away(`/sign-in?${said.toString()}`, null);
}

/** What the library says was wrong, without what the browser has sent. */
function describedCause({ cause }: Problem): { code: string; message: string } | null {
  return cause instanceof Error
    ? { code: String((cause as { code?: unknown }).code ?? cause.name), message: cause.message }
    : null;
}

/** The organisation's own sign-in; `provider` null: there is none, and each of these says so. */
export function oidcRoutes(context: AccountsContext, provider: OidcProvider | null): Endpoint[] {
  const present = (): OidcProvider => {
    if (provider === null) throw new Problem('oidc_absent');
    return provider;
  };
  const flowCookie = ({ browser }: Begun) => cookie(context, FLOW_COOKIE, browser, FLOW_MS / 1000);
  return [
    endpoint({
      method: 'get',
      path: '/api/oidc/start',
      summary: "Sends a browser to the organisation's own sign-in; `next` is the page to come back to.",
      access: 'public',
      rate: 'check',
      transaction: false,
      query: z.object({ next: z.string().optional(), lang: z.string().optional() }),
      reply: 'text/html',
      status: 302,
      problems: ['oidc_absent', 'oidc_unavailable'],
      handle: async ({ query, warn }) => {
        const next = query.next !== undefined && LOCAL_PATH.test(query.next) ? query.next : '/me';
        try {
          const begun = await beginOidc(context, present(), { next, link_account_id: null });
          return away(begun.url, flowCookie(begun));
        } catch (error) {
          return toSignInPage(error, warn);
        }
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/oidc/callback',
      summary: "Where the organisation's own sign-in sends the browser back to.",
      access: 'optional',
      rate: 'check',
      transaction: false,
      query: z.record(z.string().max(64), z.string().max(8192)),
      reply: 'text/html',
      status: 302,
      problems: ['oidc_absent', 'oidc_failed', 'oidc_unavailable', 'oidc_unlinked', 'external_taken'],
      handle: async (call) => {
        const returned = { query: call.query, browser: call.browser.cookie(FLOW_COOKIE) };
        try {
          const { started, next } = await endOidc(context, present(), returned, call.who, callerOf(call));
          return away(next, started === null ? null : sessionCookie(context, started.secret));
        } catch (error) {
          return toSignInPage(error, call.warn);
        }
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/me/external',
      summary:
        "Begins to link one's account with the organisation's own sign-in: where the browser has to go.",
      access: 'signed_in',
      transaction: false,
      body: ExternalLinkStart,
      reply: ExternalLink,
      problems: [
        'oidc_absent',
        'oidc_unavailable',
        'password_wrong',
        'sign_in_throttled',
        'session_required',
      ],
      handle: async ({ who, body }) => {
        const begun = await beginLink(context, present(), who, body.current);
        return new Reply({ url: begun.url }, { headers: { 'Set-Cookie': flowCookie(begun) } });
      },
    }),
    endpoint({
      method: 'delete',
      path: '/api/me/external',
      summary: "Takes the link with the organisation's own sign-in away.",
      access: 'signed_in',
      transaction: false,
      reply: z.undefined(),
      status: 204,
      problems: ['oidc_only_way', 'session_required'],
      handle: ({ who }) => unlink(context, who),
    }),
  ];
}
