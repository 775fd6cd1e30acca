import type { Knex } from 'knex';
import type { Who } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import type { KeptFile } from './kept.ts';
import { daysSinceLastRun, REMOVABLE, removeSlice } from './retention_queries.ts';

/** Rows removed at once: others get their turn between two slices. */
export const ROWS_PER_SLICE = 500;
/** A clock that has jumped further than this since the last run is not believed on the first day. */
export const LONGEST_GAP_DAYS = 31;

export interface RetentionRule {
  table: string;
  days: number;
}

/** What is removed after how many days. Throws where the statement promises what nobody does. */
export function retentionRules({ records }: KeptFile): RetentionRule[] {
  const rules = records.flatMap(({ keep: { days }, tables }) =>
    days === null ? [] : tables.map((table) => ({ table, days })),
  );
  const promised = rules.find(({ table }) => !REMOVABLE.includes(table));
  if (promised)
    throw new Error(`the privacy statement promises to remove from ${promised.table}: nothing does`);
  return rules;
}

/** How far a run has come: rows removed by table, and the tables that are done. */
export interface RetentionState {
  removed: Record<string, number>;
  tables_done: number;
  ended: 'no' | 'run' | 'put_off';
}
const BEGINNING: RetentionState = { removed: {}, tables_done: 0, ended: 'no' };

/** One transaction that keeps `state` of its result together with its effect. */
export type RetentionStep = <T extends RetentionState>(
  work: (db: Knex.Transaction) => Promise<T>,
) => Promise<T>;

export interface RetentionRun {
  rules: readonly RetentionRule[];
  /** as the last step left it; null: from the beginning */
  state: RetentionState | null;
  step: RetentionStep;
  who: Who;
  division_code: string;
}

/**
 * Removes what is past its time, slice by slice; the last step enters the counts in the trail. Once, where the clock
 * has jumped by more than a month since the last run, it removes nothing and only says so: a wrong clock must not
 * empty the tables before somebody could notice.
 */
export async function runRetention(run: RetentionRun): Promise<RetentionState> {
  const { rules, step } = run;
  let state = run.state ?? (await step((db) => begin(db, run)));
  while (state.ended === 'no' && state.tables_done < rules.length) {
    const from = state;
    state = await step((db) => removeNext(db, rules, from));
  }
  if (state.ended !== 'no') return state;
  const removed = state;
  return step(async (db) => {
    await enter(db, run, 'retention.run', {
      removed: Object.entries(removed.removed).map(([table, rows]) => ({ table, rows })),
    });
    return { ...removed, ended: 'run' };
  });
}

async function begin(db: Knex.Transaction, run: RetentionRun): Promise<RetentionState> {
  const gap = await daysSinceLastRun(db);
  if (gap === null || Math.abs(gap) <= LONGEST_GAP_DAYS) return BEGINNING;
  await enter(db, run, 'retention.put_off', { days_since_last_run: Math.round(gap) });
  return { ...BEGINNING, ended: 'put_off' };
}

async function removeNext(
  db: Knex.Transaction,
  rules: readonly RetentionRule[],
  { removed, tables_done, ended }: RetentionState,
): Promise<RetentionState> {
  const { table, days } = rules[tables_done]!;
  const count = await removeSlice(db, table, days, ROWS_PER_SLICE);
  return {
    removed: { ...removed, [table]: (removed[table] ?? 0) + count },
    tables_done: count < ROWS_PER_SLICE ? tables_done + 1 : tables_done,
    ended,
  };
}

function enter(
  db: Knex,
  { who, division_code }: RetentionRun,
  action: string,
  after: unknown,
): Promise<string> {
  return appendAudit(db, who, {
    action,
    record_kind: 'retention',
    record_id: division_code,
    division_code,
    after,
  });
}
