/** Jobs of one person that wait or run. */
export const MAX_JOBS_PER_PERSON = 20;
/** The JSON text of an input, bytes. */
export const MAX_INPUT_BYTES = 64 * 1024;
/** The JSON text of a result, bytes. */
export const MAX_RESULT_BYTES = 64 * 1024;
/** Lines of a job's log; what comes after is left out, and the last line says so. */
export const MAX_LOG_LINES = 200;
/** One line of a log, characters of each language. */
export const MAX_LOG_LENGTH = 500;
/** One step, ms: on the embedded engine everybody else waits for so long. */
export const MAX_STEP_MS = 10_000;
/** Pages that follow jobs at once, of everybody and of one person. */
export const MAX_STREAMS = 100;
export const MAX_STREAMS_PER_PERSON = 6;

/** How long a worker that says nothing keeps its job, ms. */
export const LEASE_MS = 30_000;
/** How often it says something, ms; also how long a cancellation takes to reach work outside steps. */
export const HEARTBEAT_MS = 3_000;
/** A stream that has nothing to tell says so after this time, ms: proxies close what is quiet for a minute. */
export const QUIET_MS = 15_000;
/** How often an idle worker looks, and how often a follower's stream for work, ms. */
export const POLL_MS = 1_000;
/** How often schedules are looked at, ms. */
export const SCHEDULE_MS = 30_000;
