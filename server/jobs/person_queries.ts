import type { Knex } from 'knex';
import type { Actor } from '../actor.ts';
import type { Assignment, Right } from '../contract/index.ts';
import { query } from '../db/index.ts';

interface Row {
  account_id: string;
  login: string;
  name: string;
  division_code: string;
  demonstration: boolean;
  assignments: Assignment[];
  token_rights: Right[] | null;
  token_area: string | null;
}

/**
 * The person that a job works for, as they stand now, with the limits of the token that queued it. null: the account is
 * closed, or the token has ended.
 */
export async function personNow(db: Knex, accountId: string, tokenId: string | null): Promise<Actor | null> {
  const [row] = await query<Row>(
    db,
    `select a.id as account_id, a.login, a.name, a.division_code, a.demonstration,
       coalesce((select json_agg(json_build_object('role', g.role, 'division_code', g.division_code)
                                 order by g.role, g.division_code)
                 from assignment g where g.account_id = a.id), '[]') as assignments,
       t.rights as token_rights, t.division_code as token_area
     from account a
     left join api_token t on t.id = ?::bigint and t.account_id = a.id and t.revoked_at is null and t.expires_at > now()
     where a.id = ? and a.active and (?::bigint is null or t.id is not null)`,
    [tokenId, accountId, tokenId],
  );
  if (row === undefined) return null;
  const { token_rights, token_area, ...person } = row;
  return {
    ...person,
    session: null,
    token: tokenId === null ? null : { id: tokenId, rights: token_rights!, division_code: token_area! },
    password_change_required: false,
  };
}
