import type { Knex } from 'knex';
import { query } from '../db/index.ts';

/** From when on a row's time runs, as SQL; null: not yet. */
const TIME_RUNS_FROM: Readonly<Record<string, string>> = {
  land_check: 'created_at',
  session: 'least(ended_at, expires_at)',
  one_time_link: 'expires_at',
  oidc_flow: 'expires_at',
  sign_in_attempt: 'at',
  api_token: 'least(revoked_at, expires_at)',
  job: 'ended_at',
  idempotency: 'created_at',
  overlay_batch_item: 'created_at',
  overlay_batch: 'created_at',
};

/** Tables from which rows can be removed when their time is over. */
export const REMOVABLE: readonly string[] = Object.keys(TIME_RUNS_FROM);

/** Removes up to `limit` rows whose time ran out more than `days` ago; answers how many. Acts as the owner. */
export async function removeSlice(db: Knex, table: string, days: number, limit: number): Promise<number> {
  const from = TIME_RUNS_FROM[table];
  if (from === undefined) throw new Error(`nothing says when the time of ${table} runs out`);
  const [row] = await query<{ n: number }>(
    db,
    `with gone as (
       delete from ${table} where ctid = any(array(
         select ctid from ${table} where ${from} < now() - ? * interval '1 day' limit ?))
       returning 1)
     select count(*)::integer as n from gone`,
    [days, limit],
  );
  return row!.n;
}

/** Days since the trail last said that retention ran or was put off; null: never. Negative: the clock went back. */
export async function daysSinceLastRun(db: Knex): Promise<number | null> {
  const [row] = await query<{ days: number | null }>(
    db,
    `select extract(epoch from now() - max(at)::timestamptz)::double precision / 86400 as days
     from audit_entry where action in ('retention.run', 'retention.put_off')`,
  );
  return row!.days;
}
