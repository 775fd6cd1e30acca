import pino, { type DestinationStream, type Logger } from 'pino';

/**
 * What a fault may quote: PostgreSQL and JSON.parse repeat values in double quotes, GEOS repeats coordinates. A log is
 * read by more people, and kept longer, than the data themselves.
 */
function withoutValues(message: string): string {
  return message.replace(/"[^"]*"/g, '"…"').replace(/-?\d+\.\d+/g, '#');
}

const KEPT = ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'routine'] as const;

/** An error as the log keeps it: kind, code, place in the code and in the schema; no values, no details. */
export function safeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const fields = error as Error & Partial<Record<(typeof KEPT)[number], unknown>>;
  const kept = KEPT.flatMap((key) => (typeof fields[key] === 'string' ? [[key, fields[key]]] : []));
  return {
    type: error.name,
    message: withoutValues(error.message),
    ...(Object.fromEntries(kept) as Record<string, unknown>),
    // its first lines repeat the message
    stack: error.stack?.split('\n').filter((line) => /^\s+at /.test(line)),
    ...(error.cause === undefined ? {} : { cause: safeError(error.cause) }),
  };
}

/**
 * The log: JSON, a line per event. Of a request it has the id, method, route (the pattern, not the address), status and
 * time; never an address, login, query string or body. Who did it, and from where, stands in the audit trail under the
 * same request id.
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: safeError },
  };
  return destination ? pino(options, destination) : pino(options);
}
