const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });

/** Today in China, YYYY-MM-DD: the day that data and rules are asked for. */
export function today(now: Date = new Date()): string {
  return DAY.format(now);
}
