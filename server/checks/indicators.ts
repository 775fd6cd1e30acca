import type { Knex } from 'knex';
import type { IndicatorFilter, Indicators } from '../contract/index.ts';
import { Problem } from '../problems.ts';
import { isWithin } from '../rights.ts';
import { type CheckCount, countChecks } from './staff_queries.ts';

const DAYS = 30;
const DAY_MS = 86_400_000;

/** Numbers of checks of the caller's areas over the days up to `today` (YYYY-MM-DD in China). Throws `forbidden`. */
export async function indicators(
  db: Knex,
  areas: readonly string[],
  { days = DAYS, division }: IndicatorFilter,
  today: string,
): Promise<Indicators> {
  if (division !== undefined && !isWithin(division, areas)) throw new Problem('forbidden');
  const from = new Date(Date.parse(today) - (days - 1) * DAY_MS).toISOString().slice(0, 10);
  const counts = await countChecks(db, { from, until: today, division: division ?? null });
  return { from, until: today, ...arrange(counts) };
}

/** Sorts the groups into their lists. */
export function arrange(counts: readonly CheckCount[]): Omit<Indicators, 'from' | 'until'> {
  const whole = counts.filter((c) => c.activity === null && c.township === null && c.day === null);
  return {
    total: whole.reduce((sum, { checks }) => sum + checks, 0),
    by_outcome: whole.map(({ outcome, checks }) => ({ outcome, checks })),
    by_activity: counts.flatMap(({ activity, outcome, checks }) =>
      activity === null ? [] : [{ activity, outcome, checks }],
    ),
    by_township: counts.flatMap(({ township, township_name, outcome, checks }) =>
      township === null ? [] : [{ code: township, name: township_name ?? '', outcome, checks }],
    ),
    by_day: counts.flatMap(({ day, outcome, checks }) => (day === null ? [] : [{ day, outcome, checks }])),
  };
}
