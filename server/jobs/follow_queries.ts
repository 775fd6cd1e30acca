import type { Knex } from 'knex';
import type { Actor } from '../actor.ts';
import { query } from '../db/index.ts';

/** What a follower must know before they are shown anything. */
export interface Glance {
  /** null: there is no such job any more */
  revision: string | null;
  /** the session or token with which somebody follows has not ended */
  admitted: boolean;
}

/** One statement as the owner, outside any transaction: nothing of it is shown. */
export async function glance(db: Knex, actor: Actor, id: string): Promise<Glance> {
  const [row] = await query<Glance>(
    db,
    `select (select revision from job where id = ?) as revision,
       exists (select from account a where a.id = ? and a.active) and (
         exists (select from session where id = ?::bigint and ended_at is null and expires_at > now())
         or exists (select from api_token where id = ?::bigint and revoked_at is null and expires_at > now())
       ) as admitted`,
    [id, actor.account_id, actor.session?.id ?? null, actor.token?.id ?? null],
  );
  return row!;
}
