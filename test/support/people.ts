import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { secretHash } from '../../server/actor.ts';
import type { Assignment } from '../../server/contract/index.ts';
import { csrfToken } from '../../server/http/index.ts';

/** Somebody signed in, as the tests act for them. */
export interface Person {
  account_id: string;
  login: string;
  /** session cookie and CSRF token, for fetch */
  headers: Record<string, string>;
}

let count = 0;

/**
 * Makes an account with roles and a session, straight in the database: for tests of what a person may do, not of
 * signing in. `knex` acts as the owner. The office is the first assignment's area, or `division_code`.
 */
export async function person(
  knex: Knex,
  assignments: readonly Assignment[],
  options: { login?: string; division_code?: string } = {},
): Promise<Person> {
  count += 1;
  const login = options.login ?? `test-${process.pid}-${count}`;
  const secret = randomBytes(32).toString('base64url');
  const division_code = options.division_code ?? assignments[0]?.division_code ?? '41';
  const [account] = (await knex('account').insert({ login, name: login, division_code }).returning('id')) as {
    id: string;
  }[];
  const account_id = account!.id;
  for (const assignment of assignments) await knex('assignment').insert({ account_id, ...assignment });
  await knex('session').insert({
    account_id,
    token_hash: secretHash(secret),
    expires_at: knex.raw("now() + interval '1 hour'"),
  });
  return {
    account_id,
    login,
    headers: { cookie: `cunma_session=${secret}`, 'x-csrf-token': csrfToken(secret) },
  };
}
