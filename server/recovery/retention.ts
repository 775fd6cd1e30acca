/** Backups that are kept: the newest of each of so many days, and of each of so many weeks. */
export interface Retention {
  days: number;
  weeks: number;
}
export const RETENTION: Retention = { days: 7, weeks: 4 };

const DAY_MS = 24 * 3600 * 1000;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/**
 * Which backups may go. Days and weeks (UTC, from Monday) count only where there is a backup: nothing goes because of
 * time alone, so neither a server that stood still nor a clock that jumped leaves fewer than were there to keep.
 */
export function backupsToRemove<B extends { created_at: string }>(
  backups: readonly B[],
  { days, weeks }: Retention = RETENTION,
): B[] {
  const newestFirst = [...backups].sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  const kept = new Set([
    ...newestOfEach(newestFirst, ({ created_at }) => Math.floor(Date.parse(created_at) / DAY_MS), days),
    ...newestOfEach(
      newestFirst,
      ({ created_at }) => Math.floor((Date.parse(created_at) - FIRST_MONDAY_MS) / (7 * DAY_MS)),
      weeks,
    ),
  ]);
  return newestFirst.filter((backup) => !kept.has(backup));
}

function newestOfEach<B>(newestFirst: readonly B[], period: (backup: B) => number, most: number): B[] {
  const seen = new Map<number, B>();
  for (const backup of newestFirst) {
    const key = period(backup);
    if (!seen.has(key) && seen.size < most) seen.set(key, backup);
  }
  return [...seen.values()];
}
