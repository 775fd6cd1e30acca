import { messageText } from './messages/index.ts';
import { Problem } from './problems.ts';

const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });

/** Today in China, YYYY-MM-DD: the day that data and rules are asked for. */
export function today(now: Date = new Date()): string {
  return DAY.format(now);
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
