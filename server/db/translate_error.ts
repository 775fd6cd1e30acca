import { Problem } from '../problems.ts';

const TIMEOUT = '57014';
/** connection lost, server going down, or a transaction that a lost statement has aborted */
const CONNECTION = /^(08|57P0|25P02)/;
const NODE_CONNECTION = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

/**
 * Whether the connection is gone, and with it the transaction: the driver says so in words, without a code, also to
 * whoever asks it again.
 */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return CONNECTION.test(code) || NODE_CONNECTION.has(code);
  return /Connection terminated|Connection ended|connection error and is not queryable|connection was closed/.test(
    error.message,
  );
}

/** What a user may be told of a database error: a Problem where one fits, else the error as it was. */
export function translateError(error: unknown): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error;
  const code = (error as { code?: unknown }).code;
  if (code === TIMEOUT) return new Problem('statement_timeout', { cause: error });
  if (isConnectionLost(error)) return new Problem('database_unavailable', { cause: error });
  if (error.name === 'KnexTimeoutError') return new Problem('busy', { cause: error });
  return error;
}
