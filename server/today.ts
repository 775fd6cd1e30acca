import { messageText } from './messages/index.ts';
import { Problem } from './problems.ts';

const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });

const MINUTE_MS = 60_000;
let last = { minute: Number.NaN, day: '' };

/** Today in China, YYYY-MM-DD: the day that data and rules are asked for. Days begin at whole minutes. */
export function today(now: Date = new Date()): string {
  const minute = Math.floor(now.getTime() / MINUTE_MS);
  // every request asks, and a formatter takes longer than all else about a date
  if (minute !== last.minute) last = { minute, day: DAY.format(now) };
  return last.day;
}

/** The day that somebody asks for, or today. Throws `invalid_request` for a day to come: its land and rules are not known. */
export function dayAsked(asked: string | undefined, now: string): string {
  if (asked !== undefined && asked > now)
    throw new Problem('invalid_request', {
      params: { path: 'as_of', message: messageText('requests.invalid.future_day') },
      where: { path: 'as_of' },
    });
  return asked ?? now;
}
