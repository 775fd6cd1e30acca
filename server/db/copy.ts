import { once } from 'node:events';
import type { Knex } from 'knex';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** A value in PostgreSQL's binary format; null: NULL. */
export type CopyValue = Buffer | null;

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER = Buffer.from([0xff, 0xff]);
/** So many bytes are handed on at a time. */
const CHUNK = 256 * 1024;

export function copyInteger(value: number | string): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}

export function copyFloat(value: number | null): CopyValue {
  if (value === null) return null;
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeDoubleBE(value);
  return bytes;
}

export function copyText(value: string | null): CopyValue {
  return value === null ? null : Buffer.from(value, 'utf8');
}

/** jsonb travels as its text behind a version byte. */
export function copyJson(value: unknown): Buffer {
  return Buffer.from(`\x01${JSON.stringify(value)}`, 'utf8');
}

/** The rows as a stream of PostgreSQL's binary COPY format. */
function* encode(rows: Iterable<readonly CopyValue[]>): Iterable<Buffer> {
  let parts: Buffer[] = [SIGNATURE];
  let size = SIGNATURE.length;
  for (const row of rows) {
    const head = Buffer.allocUnsafe(2);
    head.writeInt16BE(row.length);
    parts.push(head);
    for (const value of row) {
      const length = Buffer.allocUnsafe(4);
      length.writeInt32BE(value === null ? -1 : value.length);
      parts.push(length);
      if (value !== null) parts.push(value);
      size += 4 + (value?.length ?? 0);
    }
    if (size < CHUNK) continue;
    yield Buffer.concat(parts);
    parts = [];
    size = 0;
  }
  yield Buffer.concat([...parts, TRAILER]);
}

/**
 * Sends rows with a `copy … from stdin (format binary)` statement on the connection of a transaction. Geometry travels
 * as EWKB. Native PostgreSQL only. Rejects with the database's error; then the transaction is lost, as with any statement.
 */
export async function copyRows(
  db: Knex,
  statement: string,
  rows: Iterable<readonly CopyValue[]>,
): Promise<void> {
  if (!db.isTransaction)
    throw new Error('copyRows: a transaction is needed, its connection is the one to copy on');
  const connection = (await db.client.acquireConnection()) as pg.Client;
  const stream = connection.query(copyFrom(statement));
  const ended = once(stream, 'finish');
  ended.catch(() => undefined);
  for (const chunk of encode(rows)) {
    if (stream.errored) break;
    if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), ended]);
  }
  stream.end();
  await ended;
}
