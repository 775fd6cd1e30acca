import { newSecret } from '../../server/accounts/secrets.ts';
import { secretHash } from '../../server/actor.ts';
import type { Me } from '../../server/contract/index.ts';
import { testDatabase } from './database.ts';

/** A client that keeps cookies as a browser does. */
export class Visitor {
  cookie = '';
  csrf = '';

  constructor(private readonly base: string) {}

  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const response = await fetch(`${this.base}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(this.csrf === '' ? {} : { 'x-csrf-token': this.csrf }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const name = pair.slice(0, pair.indexOf('='));
      const kept = this.cookie.split('; ').filter((one) => one !== '' && !one.startsWith(`${name}=`));
      this.cookie = (/Max-Age=0\b/.test(set) ? kept : [...kept, pair]).join('; ');
    }
    return response;
  }

  /** `200` or `401 sign_in_failed`. */
  async said(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<string> {
    const response = await this.ask(method, path, body, headers);
    if (response.status < 400) return String(response.status);
    return `${response.status} ${((await response.json()) as { code: string }).code}`;
  }

  async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.ask(method, path, body);
    const text = await response.text();
    if (response.status >= 400) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }

  /** Signs in, and keeps what later changes need. */
  async signIn(body: unknown): Promise<Me> {
    const me = await this.json<Me>('POST', '/api/sessions', body);
    this.csrf = me.csrf_token!;
    return me;
  }
}

/** The token of a fresh link to the first administrator, as the server's start prints it. */
export async function firstLink(expires = new Date(Date.now() + 3_600_000)): Promise<string> {
  const secret = newSecret();
  const { knex } = await testDatabase();
  await knex('one_time_link').insert({
    token_hash: secretHash(secret),
    purpose: 'first_administrator',
    expires_at: expires,
  });
  return secret;
}
