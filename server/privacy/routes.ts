import { Readable } from 'node:stream';
import { type AccountsContext, confirmPassword } from '../accounts/index.ts';
import { type Slices, slicesOf } from '../audit/index.ts';
import { AccountDeletion, PrivacyStatement } from '../contract/index.ts';
import type { DatabaseRole } from '../db/index.ts';
import { type Call, type Endpoint, endpoint, Reply } from '../http/index.ts';
import { localise } from '../messages/index.ts';
import { Problem } from '../problems.ts';
import { deleteAccount, refuseDeletion } from './delete_account.ts';
import { type KeptFile, statementOf } from './kept.ts';
import { ownDataText } from './own_data.ts';

export function privacyRoutes(kept: KeptFile, accounts: AccountsContext): Endpoint[] {
  const statement = statementOf(kept);
  const slices = ({ who }: Call<unknown, unknown, unknown>, role: DatabaseRole): Slices => {
    const account = who.actor?.account_id ?? null;
    return slicesOf(accounts.database().knex, { role, account, areas: [] });
  };
  return [
    endpoint({
      method: 'get',
      path: '/api/privacy',
      summary: 'What is kept of whom, why, on what legal ground and how long.',
      access: 'public',
      reply: PrivacyStatement,
      transaction: false,
      handle: async ({ language }) => localise(statement, language),
    }),
    endpoint({
      method: 'get',
      path: '/api/me/data',
      summary:
        'All that is kept of the caller under their account, as a JSON file; no hashes and no secrets.',
      access: 'signed_in',
      reply: 'application/json',
      transaction: false,
      handle: async (call) => {
        const { actor } = call.who;
        if (actor === null) throw new Problem('sign_in_required');
        const text = ownDataText(
          actor,
          { app: slices(call, 'cunma_app'), signIn: slices(call, 'cunma_sign_in') },
          call.signal,
        );
        const stream = Readable.from(text).on('error', (error) => call.warn('a reply broke off', error));
        return new Reply(stream, {
          headers: {
            'Cache-Control': 'private, no-store',
            'Content-Type': 'application/json; charset=utf-8',
            'Content-Disposition': 'attachment; filename="cunma-my-data.json"',
          },
        });
      },
    }),
    endpoint({
      method: 'delete',
      path: '/api/me',
      summary: "Forgets the caller's account. The trail keeps its number and its partly masked login.",
      access: 'signed_in',
      body: AccountDeletion,
      reply: 'application/json',
      status: 204,
      transaction: false,
      problems: [
        'session_required',
        'demonstration_account',
        'password_wrong',
        'sign_in_throttled',
        'last_administrator',
      ],
      handle: async (call) => {
        refuseDeletion(call.who);
        await confirmPassword(accounts, call.who, call.body.password);
        await deleteAccount(call.who, slices(call, 'cunma_sign_in'));
        return null;
      },
    }),
  ];
}
