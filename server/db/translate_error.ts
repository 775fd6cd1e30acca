import { Problem } from '../problems.ts';

const TIMEOUT = '57014';
/** connection lost, server going down, or a transaction that a lost statement has aborted */
const CONNECTION = /^(08|57P0|25P02)/;
const NODE_CONNECTION = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

/** What a user may be told of a database error: a Problem where one fits, else the error as it was. */
export function translateError(error: unknown): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error;
  const code = (error as { code?: unknown }).code;
  if (code === TIMEOUT) return new Problem('statement_timeout', { cause: error });
  if (typeof code === 'string' && (CONNECTION.test(code) || NODE_CONNECTION.has(code))) {
    return new Problem('database_unavailable', { cause: error });
  }
  if (error.name === 'KnexTimeoutError') return new Problem('busy', { cause: error });
  if (/Connection terminated|Connection ended/.test(error.message)) {
    return new Problem('database_unavailable', { cause: error });
  }
  return error;
}
