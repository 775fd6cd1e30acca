import { z } from 'zod';
import {
  Me,
  PasswordChange,
  RecoveryCodes,
  SecondFactorProof,
  SecondFactorSecret,
  SessionList,
} from '../contract/index.ts';
import { type Endpoint, endpoint } from '../http/index.ts';
import type { AccountsContext } from './context.ts';
import { changePassword } from './own_password.ts';
import { ownSession } from './own_session.ts';
import { confirmSecondFactor, proposeSecondFactor, removeSecondFactor } from './second_factor.ts';
import { endOwnSession, listSessions } from './sessions.ts';
import { showMe } from './show_me.ts';

export const Id = z.object({ id: z.string().regex(/^[1-9]\d{0,17}$/) });

/** What everybody with an account does with their own. */
export function ownRoutes(context: AccountsContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/me',
      summary: 'Who is signed in, and what they may do where.',
      access: 'signed_in',
      databaseRole: 'cunma_sign_in',
      reply: Me,
      handle: ({ db, who, browser }) =>
        showMe(db, who.actor!, who.actor!.session === null ? null : browser.csrf_token),
    }),
    endpoint({
      method: 'get',
      path: '/api/me/sessions',
      summary: "One's own open sessions.",
      access: 'signed_in',
      reply: SessionList,
      problems: ['session_required'],
      handle: async ({ db, who }) => ({
        sessions: await listSessions(db, ownSession(who).actor.account_id, who, context.now()),
      }),
    }),
    endpoint({
      method: 'delete',
      path: '/api/me/sessions/{id}',
      summary: "Ends one of one's own sessions.",
      access: 'signed_in',
      params: Id,
      reply: z.undefined(),
      status: 204,
      problems: ['session_unknown', 'session_required'],
      handle: ({ db, who, params }) => {
        ownSession(who);
        return endOwnSession(db, who, params.id, context.now());
      },
    }),
    endpoint({
      method: 'put',
      path: '/api/me/password',
      summary: "Changes one's own password; all other sessions end.",
      access: 'signed_in',
      databaseRole: 'cunma_sign_in',
      transaction: false,
      body: PasswordChange,
      reply: z.undefined(),
      status: 204,
      problems: ['password_wrong', 'password_refused', 'sign_in_throttled', 'session_required'],
      handle: ({ who, body }) => changePassword(context, who, body),
    }),
    endpoint({
      method: 'post',
      path: '/api/me/second-factor',
      summary: 'A new secret for an authenticator; not in force until a code confirms it.',
      access: 'signed_in',
      databaseRole: 'cunma_sign_in',
      transaction: false,
      reply: SecondFactorSecret,
      problems: ['second_factor_present', 'session_required'],
      handle: ({ who }) => proposeSecondFactor(context, who),
    }),
    endpoint({
      method: 'post',
      path: '/api/me/second-factor/confirm',
      summary: 'Puts the second factor in force and answers the recovery codes.',
      access: 'signed_in',
      databaseRole: 'cunma_sign_in',
      transaction: false,
      body: SecondFactorProof,
      reply: RecoveryCodes,
      problems: [
        'second_factor_absent',
        'second_factor_present',
        'second_factor_wrong',
        'sign_in_throttled',
        'session_required',
      ],
      handle: ({ who, body }) => confirmSecondFactor(context, who, body.code),
    }),
    endpoint({
      method: 'delete',
      path: '/api/me/second-factor',
      summary: 'Takes the second factor away, with a code of it or a recovery code.',
      access: 'signed_in',
      databaseRole: 'cunma_sign_in',
      transaction: false,
      body: SecondFactorProof,
      reply: z.undefined(),
      status: 204,
      problems: ['second_factor_absent', 'second_factor_wrong', 'sign_in_throttled', 'session_required'],
      handle: ({ who, body }) => removeSecondFactor(context, who, body.code),
    }),
  ];
}
