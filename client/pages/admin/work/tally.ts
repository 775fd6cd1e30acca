import type { Outcome } from '../../../../server/contract/index.ts';
import { OUTCOME_ORDER } from './outcome_list.ts';

export interface Tally {
  key: string;
  name: string;
  total: number;
  of: Readonly<Record<Outcome, number>>;
}

/** Numbers by key and outcome as one row for each key, in the order in which the keys first come. */
export function tally<C extends { checks: number; outcome: Outcome }>(
  counts: readonly C[],
  keyOf: (count: C) => { key: string; name: string },
): Tally[] {
  const rows = new Map<string, { key: string; name: string; total: number; of: Record<Outcome, number> }>();
  for (const count of counts) {
    const { key, name } = keyOf(count);
    const row = rows.get(key) ?? {
      key,
      name,
      total: 0,
      of: Object.fromEntries(OUTCOME_ORDER.map((outcome) => [outcome, 0])) as Record<Outcome, number>,
    };
    row.of[count.outcome] += count.checks;
    row.total += count.checks;
    rows.set(key, row);
  }
  return [...rows.values()];
}
