import type { Me, Setup, SignIn, SignInOptions } from '../../server/contract/index.ts';
import { request, sendJson } from './request.ts';

/** Which ways of signing in this server has. */
export function getSignInOptions(signal: AbortSignal): Promise<SignInOptions> {
  return request('/api/sign-in-options', { signal });
}

export const signIn = (body: SignIn): Promise<Me> => sendJson('POST', '/api/sessions', body);
/** Who has been signed out already need not sign in for it. */
export const signOut = (): Promise<void> =>
  request('/api/sessions/current', { method: 'DELETE' }, { signInAgain: false });
/** Makes the first administrator and signs them in. */
export const setUp = (body: Setup): Promise<Me> => sendJson('POST', '/api/setup', body);
/** Sets the password that a one-time link stands for. */
export const setPasswordByLink = (token: string, password: string): Promise<void> =>
  sendJson('POST', '/api/passwords', { token, password });

/** Who is signed in; fails with `sign_in_required` where nobody is, without asking them to sign in. */
export function getMe(signal?: AbortSignal): Promise<Me> {
  return request('/api/me', signal === undefined ? {} : { signal }, { signInAgain: false });
}

/** The organisation's own sign-in; it comes back to `next`, a path of this site. */
export const oidcAddress = (next: string): string => `/api/oidc/start?next=${encodeURIComponent(next)}`;
