import type { Knex } from 'knex';
import { enqueue } from './enqueue.ts';
import { installationArea } from './queries.ts';
import { isDue, lastOccurrence } from './schedule.ts';
import { lastDayOf, setLastDay } from './schedule_queries.ts';
import type { Schedule } from './types.ts';

/** Before the first administrator nobody has an area; nobody can look either. */
const NOWHERE = '00';

/**
 * Queues the daily jobs whose time has come, each once a day however many processes ask: the row of the schedule is
 * locked while they look, and the day is part of the job's unique key.
 */
export async function queueDue(knex: Knex, schedules: readonly Schedule[], now: Date): Promise<void> {
  for (const { kind, input, at, timeZone } of schedules) {
    const day = lastOccurrence(at, timeZone, now);
    await knex.transaction(async (db) => {
      const lastDay = await lastDayOf(db, kind.kind, day);
      if (!isDue(day, lastDay)) return;
      await setLastDay(db, kind.kind, day);
      const division_code = (await installationArea(db)) ?? NOWHERE;
      const unique_key = `schedule:${kind.kind}:${day}`;
      await enqueue(db, kind, { input, division_code, account_id: null, unique_key });
    });
  }
}
