import { z } from 'zod';
import {
  Account,
  AccountEdit,
  AccountList,
  AccountSearch,
  CreatedAccount,
  CreatedToken,
  NewAccount,
  NewToken,
  PasswordLink,
  SessionList,
  TokenList,
} from '../contract/index.ts';
import { type Endpoint, endpoint, Reply } from '../http/index.ts';
import type { AccountsContext } from './context.ts';
import { createAccount } from './create_account.ts';
import { editAccount } from './edit_account.ts';
import { Id } from './own_routes.ts';
import { resetPassword } from './password_link.ts';
import { resetSecondFactor } from './reset_second_factor.ts';
import { endSessionsOf, listSessionsOf } from './sessions.ts';
import { listAccounts, showAccount } from './show_account.ts';
import { createToken, endToken, listTokens } from './tokens.ts';

const OF_ACCOUNT = ['account_unknown', 'beyond_area', 'forbidden'] as const;

/** A secret in a reply stands in no cache. */
const shownOnce = (body: unknown): Reply =>
  new Reply(body, { status: 201, headers: { 'Cache-Control': 'no-store' } });

/** People, as the administrators of their areas deal with them. `issuer`: of the organisation's own sign-in. */
export function peopleRoutes(context: AccountsContext, issuer: string | null): Endpoint[] {
  const { publicUrl } = context;
  return [
    endpoint({
      method: 'get',
      path: '/api/accounts',
      summary: "Accounts of one's areas, by login, name, role or division.",
      access: 'accounts.read',
      query: AccountSearch,
      reply: AccountList,
      handle: ({ db, query }) => listAccounts(db, query),
    }),
    endpoint({
      method: 'post',
      path: '/api/accounts',
      summary: 'A new account with roles, and the link with which its person sets a password.',
      access: 'accounts.manage',
      body: NewAccount,
      reply: CreatedAccount,
      status: 201,
      problems: [
        'login_taken',
        'beyond_area',
        'division_unknown',
        'external_taken',
        'oidc_absent',
        'session_required',
      ],
      handle: async ({ db, who, areas, body }) =>
        shownOnce(await createAccount(db, { who, areas, publicUrl, issuer, now: context.now() }, body)),
    }),
    endpoint({
      method: 'get',
      path: '/api/accounts/{id}',
      summary: 'One account.',
      access: 'accounts.read',
      params: Id,
      reply: Account,
      problems: ['account_unknown'],
      handle: ({ db, params }) => showAccount(db, params.id),
    }),
    endpoint({
      method: 'patch',
      path: '/api/accounts/{id}',
      summary: 'Changes an account as it was shown; closing it ends its sessions and tokens.',
      access: 'accounts.manage',
      params: Id,
      body: AccountEdit,
      reply: Account,
      problems: [
        ...OF_ACCOUNT,
        'edit_conflict',
        'division_unknown',
        'last_administrator',
        'external_taken',
        'oidc_absent',
        'session_required',
      ],
      handle: ({ db, who, areas, params, body }) =>
        editAccount(db, { who, areas, issuer, now: context.now() }, params.id, body),
    }),
    endpoint({
      method: 'post',
      path: '/api/accounts/{id}/password-link',
      summary: 'A one-time link that sets a new password; older links end.',
      access: 'accounts.manage',
      params: Id,
      reply: PasswordLink,
      status: 201,
      problems: [...OF_ACCOUNT, 'account_inactive', 'session_required'],
      handle: async ({ db, who, params }) =>
        shownOnce(await resetPassword(db, who, params.id, publicUrl, context.now())),
    }),
    endpoint({
      method: 'delete',
      path: '/api/accounts/{id}/second-factor',
      summary: "Takes away somebody's second factor and ends their sessions.",
      access: 'accounts.manage',
      params: Id,
      reply: z.undefined(),
      status: 204,
      problems: [...OF_ACCOUNT, 'second_factor_absent', 'session_required'],
      handle: ({ db, who, params }) => resetSecondFactor(db, who, params.id, context.now()),
    }),
    endpoint({
      method: 'get',
      path: '/api/accounts/{id}/sessions',
      summary: 'Open sessions of an account.',
      access: 'accounts.manage',
      params: Id,
      reply: SessionList,
      problems: OF_ACCOUNT,
      handle: async ({ db, who, params }) => ({
        sessions: await listSessionsOf(db, params.id, who, context.now()),
      }),
    }),
    endpoint({
      method: 'delete',
      path: '/api/accounts/{id}/sessions',
      summary: 'Ends all sessions of an account.',
      access: 'accounts.manage',
      params: Id,
      reply: z.undefined(),
      status: 204,
      problems: OF_ACCOUNT,
      handle: ({ db, who, params }) => endSessionsOf(db, params.id, who, context.now()),
    }),
    endpoint({
      method: 'get',
      path: '/api/accounts/{id}/tokens',
      summary: 'API tokens of an account, without their secrets.',
      access: 'accounts.read',
      params: Id,
      reply: TokenList,
      problems: OF_ACCOUNT,
      handle: async ({ db, params }) => ({ tokens: await listTokens(db, params.id) }),
    }),
    endpoint({
      method: 'post',
      path: '/api/accounts/{id}/tokens',
      summary: 'Issues an API token; its secret is shown this once.',
      access: 'accounts.manage',
      params: Id,
      body: NewToken,
      reply: CreatedToken,
      status: 201,
      problems: [
        ...OF_ACCOUNT,
        'account_inactive',
        'division_unknown',
        'token_right_missing',
        'token_too_long',
        'session_required',
      ],
      handle: async ({ db, who, areas, params, body }) =>
        shownOnce(await createToken(db, { who, areas, now: context.now() }, params.id, body)),
    }),
    endpoint({
      method: 'delete',
      path: '/api/tokens/{id}',
      summary: 'Revokes an API token.',
      access: 'accounts.manage',
      params: Id,
      reply: z.undefined(),
      status: 204,
      problems: ['api_token_unknown'],
      handle: ({ db, who, params }) => endToken(db, who, params.id, context.now()),
    }),
  ];
}
