/** The day it is in China, YYYY-MM-DD, wherever the browser is: data and rules are in force by that calendar. */
export const chinaDay = (now: Date): string => now.toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });

/** Before that day there is no land and no rule to ask for. */
export const FIRST_DAY = '1949-10-01';

/** Whether a day can be asked for; none stands for today. Nobody knows the land of a day that has not come. */
export const isAskable = (day: string | null, today: string): boolean =>
  day === null || (day >= FIRST_DAY && day <= today);
