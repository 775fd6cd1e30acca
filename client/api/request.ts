import type { Me, ProblemBody } from '../../server/contract/index.ts';
import { csrfToken, needsCsrf, pageOwner, setCsrfToken } from './csrf.ts';

/** Why a request gave no answer: the server's own words, or what the browser knows. */
export type Failure =
  | { kind: 'problem'; problem: ProblemBody }
  | { kind: 'network' }
  | { kind: 'unreadable'; status: number };

/** What every function of `client/api` throws. */
export class RequestFailed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.kind === 'problem' ? failure.problem.code : failure.kind);
    this.name = 'RequestFailed';
    this.failure = failure;
  }
}

let language = 'zh';
/** The language in which the server answers from now on. */
export function setRequestLanguage(next: string): void {
  language = next;
}
export function requestLanguage(): string {
  return language;
}

const startingListeners = new Set<() => void>();
/** Calls `listener` whenever an answer says that the server is still starting; returns how to stop that. */
export function onStarting(listener: () => void): () => void {
  startingListeners.add(listener);
  return () => startingListeners.delete(listener);
}

function isProblem(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null && 'code' in body && 'title' in body;
}

/** What a reply means: its body when `status` is a success (undefined for 204), else throws {@link RequestFailed}. */
export function readReply<T>(status: number, text: string): T {
  if (status === 204) return undefined as T;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new RequestFailed({ kind: 'unreadable', status });
  }
  if (status >= 200 && status < 300) return body as T;
  if (!isProblem(body)) throw new RequestFailed({ kind: 'unreadable', status });
  if (body.code === 'starting') for (const listener of startingListeners) listener();
  throw new RequestFailed({ kind: 'problem', problem: body });
}

/** The code of the problem that the server answered; null: it was something else. */
export function problemCode(thrown: unknown): string | null {
  return thrown instanceof RequestFailed && thrown.failure.kind === 'problem'
    ? thrown.failure.problem.code
    : null;
}

/** Lets the person sign in again; true: they did, and the request may be repeated. */
export type SignInAgain = () => Promise<boolean>;
let signInAgain: SignInAgain | null = null;
/** What a request does whose session has ended; null: it fails with `sign_in_required`. */
export function onSessionEnded(again: SignInAgain | null): void {
  signInAgain = again;
}

async function send<T>(path: string, init: RequestInit): Promise<T> {
  const headers = new Headers(init.headers);
  headers.set('Accept', 'application/json, application/problem+json');
  headers.set('Accept-Language', language);
  const csrf = csrfToken();
  if (csrf !== null && needsCsrf(init.method)) headers.set('X-CSRF-Token', csrf);
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, { ...init, headers });
    text = await response.text();
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new RequestFailed({ kind: 'network' });
  }
  return readReply<T>(response.status, text);
}

/** Learns the token of a session that another tab has begun; false: nobody is signed in, or somebody else. */
async function renewCsrfToken(): Promise<boolean> {
  try {
    const me = await send<Me>('/api/me', {});
    const owner = pageOwner();
    if (owner !== null && owner !== me.account.id) return false;
    setCsrfToken(me.csrf_token);
    return true;
  } catch (failed) {
    if (problemCode(failed) === 'sign_in_required') return false;
    throw failed;
  }
}

async function isWorthRepeating(code: string | null, mayAsk: boolean): Promise<boolean> {
  if (code === 'csrf_refused') return renewCsrfToken();
  return code === 'sign_in_required' && mayAsk ? (signInAgain?.() ?? false) : false;
}

/**
 * Does what asks the server, once more where the server only missed the CSRF token, and where the session had ended and
 * the person signs in again (they are not asked where `signInAgain` is false).
 */
export async function inSession<T>(
  work: () => Promise<T>,
  options: { signInAgain?: boolean } = {},
): Promise<T> {
  try {
    return await work();
  } catch (failed) {
    if (!(await isWorthRepeating(problemCode(failed), options.signInAgain !== false))) throw failed;
    return work();
  }
}

/**
 * Sends a request and reads its JSON; throws {@link RequestFailed}. An aborted request rejects with AbortError. It is
 * repeated as {@link inSession} says: `init.body` must not be a stream.
 */
export const request = <T>(
  path: string,
  init: RequestInit = {},
  options: { signInAgain?: boolean } = {},
): Promise<T> => inSession(() => send<T>(path, init), options);

/** A request with a JSON body, or without one. */
export function sendJson<T>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  return request<T>(
    path,
    body === undefined
      ? { method }
      : { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) },
  );
}
