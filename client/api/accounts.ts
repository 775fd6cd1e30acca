import type {
  Account,
  AccountEdit,
  AccountList,
  ApiToken,
  CreatedAccount,
  CreatedToken,
  NewAccount,
  NewToken,
  PasswordLink,
  Role,
  RoleList,
  Session,
} from '../../server/contract/index.ts';
import { queryString } from './query_string.ts';
import { request, sendJson } from './request.ts';

export interface AccountQuery {
  q?: string;
  role?: Role;
  division?: string;
  active?: boolean;
  limit: number;
  offset: number;
}

const path = (id: string) => `/api/accounts/${encodeURIComponent(id)}`;

export const searchAccounts = (query: AccountQuery, signal: AbortSignal): Promise<AccountList> =>
  request(`/api/accounts${queryString({ ...query })}`, { signal });

export const getAccount = (id: string, signal?: AbortSignal): Promise<Account> =>
  request(path(id), signal === undefined ? {} : { signal });

/** Answers the account and the one-time link that sets its first password: shown once. */
export const createAccount = (account: NewAccount): Promise<CreatedAccount> =>
  sendJson('POST', '/api/accounts', account);

/** Fails with `edit_conflict` where somebody has changed the account since `edit.version`. */
export const editAccount = (id: string, edit: AccountEdit): Promise<Account> =>
  sendJson('PATCH', path(id), edit);

export const issuePasswordLink = (id: string): Promise<PasswordLink> =>
  sendJson('POST', `${path(id)}/password-link`);

export const removeSecondFactor = (id: string): Promise<void> =>
  sendJson('DELETE', `${path(id)}/second-factor`);

export const getSessionsOf = (id: string, signal: AbortSignal): Promise<{ sessions: Session[] }> =>
  request(`${path(id)}/sessions`, { signal });

export const endSessionsOf = (id: string): Promise<void> => sendJson('DELETE', `${path(id)}/sessions`);

export const getTokens = (id: string, signal: AbortSignal): Promise<{ tokens: ApiToken[] }> =>
  request(`${path(id)}/tokens`, { signal });

/** The answer holds the secret, which is shown this once. */
export const issueToken = (id: string, token: NewToken): Promise<CreatedToken> =>
  sendJson('POST', `${path(id)}/tokens`, token);

export const revokeToken = (id: string): Promise<void> =>
  sendJson('DELETE', `/api/tokens/${encodeURIComponent(id)}`);

/** What each role may do. */
export const getRoles = (signal: AbortSignal): Promise<RoleList> => request('/api/roles', { signal });
