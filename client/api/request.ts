import type { ProblemBody } from '../../server/contract/index.ts';

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

/** What a reply means: its body when `status` is a success, else throws {@link RequestFailed}. */
export function readReply<T>(status: number, text: string): T {
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

/** Sends a request and reads its JSON; throws {@link RequestFailed}. An aborted request rejects with AbortError. */
export async function request<T>(path: string, init: RequestInit = {}): Promise<T> {
  const headers = new Headers(init.headers);
  headers.set('Accept', 'application/json, application/problem+json');
  headers.set('Accept-Language', language);
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
