/** The day (YYYY-MM-DD) of the last HH:MM that the wall clock of a time zone has shown. `local`: the server's own zone. */
export function lastOccurrence(at: string, timeZone: string, now: Date): string {
  const { day, time } = wallClock(timeZone, now);
  return time >= at ? day : dayBefore(day);
}

/**
 * Whether the job of `day` is to be queued where the last one was of `lastDay`. After days of standing still it is queued
 * once. A last day beyond tomorrow was written while the clock was wrong.
 */
export function isDue(day: string, lastDay: string): boolean {
  return day > lastDay || lastDay > dayAfter(day);
}

/**
 * Only the wall clock is read, never an interval added: an hour that a change of summer time leaves out is over when
 * the clock has passed it, and one that comes twice belongs to the same day both times.
 */
function wallClock(timeZone: string, now: Date): { day: string; time: string } {
  const zone = timeZone === 'local' ? {} : { timeZone };
  const text = new Intl.DateTimeFormat('sv-SE', { ...zone, dateStyle: 'short', timeStyle: 'short' }).format(
    now,
  );
  const [day, time] = text.split(' ');
  return { day: day!, time: time! };
}

const DAY_MS = 86_400_000;
const shift = (day: string, by: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + by).toISOString().slice(0, 10);
const dayBefore = (day: string) => shift(day, -DAY_MS);
const dayAfter = (day: string) => shift(day, DAY_MS);
