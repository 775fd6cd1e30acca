import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { secretHash } from '../../../server/actor.ts';
import type { Right } from '../../../server/contract/index.ts';
import type { ProblemBody } from '../../../server/contract/problem.ts';
import type { Verdict } from './expected.ts';
import type { Row, Sent } from './rows.ts';

/** As through a proxy: what this machine itself may do without an account is another test's. */
const FROM_OUTSIDE = { 'x-forwarded-for': '203.0.113.7' };

export interface Answered {
  status: number;
  /** the problem's code, or '' */
  code: string;
  text: string;
}

/** Makes the call of a row as somebody with these headers. */
export async function call(
  base: string,
  row: Row,
  sent: Sent,
  record: string,
  headers: Record<string, string>,
): Promise<Answered> {
  const [method, registered] = row.route.split(' ') as [string, string];
  const { path = registered.replace(/:(id|code)/, record), body, form } = sent;
  const init: RequestInit = { method, headers: { ...FROM_OUTSIDE, ...headers }, redirect: 'manual' };
  if (form) {
    const data = new FormData();
    for (const [name, value] of Object.entries(form))
      if (name === 'file') data.append('file', new Blob([value]), 'matrix.geojson');
      else data.append(name, value);
    init.body = data;
  } else if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { ...init.headers, 'content-type': 'application/json' };
  }
  const response = await fetch(base + path, init);
  const text = await response.text();
  const problem = response.headers.get('content-type')?.startsWith('application/problem+json')
    ? (JSON.parse(text) as ProblemBody)
    : null;
  return { status: response.status, code: problem?.code ?? '', text };
}

const SIGN_IN = new Set(['sign_in_required', 'token_invalid']);
const FORBIDDEN = new Set(['forbidden', 'beyond_area', 'csrf_refused', 'session_required']);

/** What has come of a call; a text where it is none of the verdicts. */
export function verdict(row: Row, { status, code }: Answered): Verdict | string {
  if (SIGN_IN.has(code)) return 'sign_in';
  if (FORBIDDEN.has(code)) return 'forbidden';
  if (status === row.done || code === row.done) return 'done';
  return status === 404 ? 'absent' : `${status} ${code}`;
}

/** An API token straight in the database; answers its headers. */
export async function token(
  knex: Knex,
  account_id: string,
  limits: { rights: readonly Right[]; division_code: string },
  state: { revoked?: boolean; expired?: boolean } = {},
): Promise<Record<string, string>> {
  const secret = randomBytes(32).toString('base64url');
  await knex('api_token').insert({
    account_id,
    label: 'matrix',
    token_hash: secretHash(secret),
    rights: limits.rights,
    division_code: limits.division_code,
    created_by: account_id,
    expires_at: knex.raw(state.expired ? "now() - interval '1 minute'" : "now() + interval '1 day'"),
    revoked_at: state.revoked ? knex.fn.now() : null,
  });
  return { authorization: `Bearer ${secret}` };
}
