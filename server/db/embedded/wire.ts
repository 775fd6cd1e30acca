/**
 * The parts of PostgreSQL's frontend/backend protocol 3.0 that the embedded engine needs
 * (PostgreSQL documentation, "Message Formats").
 */

/** Transaction status in ReadyForQuery: idle, in a transaction, in a failed transaction. */
export type TransactionStatus = 'I' | 'T' | 'E';

const READY = 0x5a; // 'Z'
const ERROR = 0x45; // 'E'

/** A simple Query message. */
export function queryMessage(sql: string): Uint8Array {
  const text = Buffer.from(`${sql}\0`, 'utf8');
  const message = Buffer.allocUnsafe(5 + text.length);
  message.write('Q', 0, 'latin1');
  message.writeInt32BE(4 + text.length, 1);
  text.copy(message, 5);
  return message;
}

export function readyForQuery(status: TransactionStatus): Buffer {
  return Buffer.from([READY, 0, 0, 0, 5, status.charCodeAt(0)]);
}

export interface Answer {
  /** all messages but the ReadyForQuery ones */
  body: Buffer;
  /** of the last ReadyForQuery; null: the statement was never finished */
  status: TransactionStatus | null;
}

/**
 * Takes the ReadyForQuery messages out of an answer. PGlite sends one after an error and again on Sync,
 * where a server sends one per Sync: the caller puts back exactly one.
 */
export function splitReady(bytes: Uint8Array): Answer {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Buffer[] = [];
  let status: TransactionStatus | null = null;
  let from = 0;
  for (let at = 0; at + 5 <= all.length; ) {
    const end = at + 1 + all.readInt32BE(at + 1);
    if (all[at] === READY) {
      parts.push(all.subarray(from, at));
      status = String.fromCharCode(all[at + 5]!) as TransactionStatus;
      from = end;
    }
    at = end;
  }
  parts.push(all.subarray(from));
  return { body: Buffer.concat(parts), status };
}

/** An ErrorResponse is among the messages. */
export function holdsError(body: Buffer): boolean {
  for (let at = 0; at + 5 <= body.length; at += 1 + body.readInt32BE(at + 1)) {
    if (body[at] === ERROR) return true;
  }
  return false;
}
