/** A session that nobody used ends after a working day; a used one after a week. */
export const IDLE_HOURS = 8;
export const SESSION_DAYS = 7;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
