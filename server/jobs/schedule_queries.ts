import type { Knex } from 'knex';
import { query } from '../db/index.ts';

/**
 * The last day for which a schedule has queued its job; locked until the transaction ends. A schedule that is seen for
 * the first time is taken to have run on `today`.
 */
export async function lastDayOf(db: Knex, name: string, today: string): Promise<string> {
  await query(db, 'insert into job_schedule values (?, ?) on conflict do nothing', [name, today]);
  const [row] = await query<{ last_day: string }>(
    db,
    'select last_day from job_schedule where name = ? for update',
    [name],
  );
  return row!.last_day;
}

export async function setLastDay(db: Knex, name: string, day: string): Promise<void> {
  await query(db, 'update job_schedule set last_day = ? where name = ?', [day, name]);
}
