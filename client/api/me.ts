import type {
  ExternalLink,
  Job,
  JobList,
  RecoveryCodes,
  SecondFactorSecret,
  Session,
  TrailPage,
} from '../../server/contract/index.ts';
import { queryString } from './query_string.ts';
import { request, sendJson } from './request.ts';

/** `current` is missing where the account has no password yet. */
export const changePassword = (current: string | undefined, password: string): Promise<void> =>
  sendJson('PUT', '/api/me/password', current === undefined ? { password } : { current, password });

/** Where the browser has to go to link one's account with the organisation's own sign-in. */
export const linkExternal = (current: string): Promise<ExternalLink> =>
  sendJson('POST', '/api/me/external', current === '' ? {} : { current });
export const unlinkExternal = (): Promise<void> => sendJson('DELETE', '/api/me/external');

export const beginSecondFactor = (): Promise<SecondFactorSecret> => sendJson('POST', '/api/me/second-factor');
export const confirmSecondFactor = (code: string): Promise<RecoveryCodes> =>
  sendJson('POST', '/api/me/second-factor/confirm', { code });
export const endSecondFactor = (code: string): Promise<void> =>
  sendJson('DELETE', '/api/me/second-factor', { code });

export const getSessions = (signal: AbortSignal): Promise<{ sessions: Session[] }> =>
  request('/api/me/sessions', { signal });
export const endSession = (id: string): Promise<void> =>
  sendJson('DELETE', `/api/me/sessions/${encodeURIComponent(id)}`);

/** What one did oneself, newest first; `before`: `next` of the page before. */
export const getOwnTrail = (before: string | null, limit: number, signal?: AbortSignal): Promise<TrailPage> =>
  request(`/api/me/trail${queryString({ before, limit })}`, signal === undefined ? {} : { signal });

/** Background work that one may see. */
export const getJobs = async (limit: number, signal: AbortSignal): Promise<Job[]> =>
  (await request<JobList>(`/api/jobs${queryString({ limit })}`, { signal })).jobs;

/** `password` is missing where the account has none. */
export const deleteMe = (password: string | undefined): Promise<void> =>
  sendJson('DELETE', '/api/me', password === undefined ? {} : { password });
