import type { Knex } from 'knex';
import { query } from './query.ts';

/** What was answered to the request that first came with a key. */
export interface RememberedReply {
  request_hash: Buffer;
  status: number;
  headers: Record<string, string>;
  reply: unknown;
}

/** Claims a key for this transaction; false: it is taken. Waits for another transaction that is claiming it. */
export async function claimKey(db: Knex, owner: string, key: string, requestHash: Buffer): Promise<boolean> {
  const rows = await query(
    db,
    'insert into idempotency (owner, key, request_hash) values (?, ?, ?) on conflict do nothing returning key',
    [owner, key, requestHash],
  );
  return rows.length > 0;
}

export async function rememberReply(
  db: Knex,
  owner: string,
  key: string,
  { status, headers, reply }: Omit<RememberedReply, 'request_hash'>,
): Promise<void> {
  await query(
    db,
    'update idempotency set status = ?, headers = ?::jsonb, reply = ?::jsonb where owner = ? and key = ?',
    [status, JSON.stringify(headers), JSON.stringify(reply ?? null), owner, key],
  );
}

export async function rememberedReply(db: Knex, owner: string, key: string): Promise<RememberedReply | null> {
  const [row] = await query<RememberedReply>(
    db,
    'select request_hash, status, headers, reply from idempotency where owner = ? and key = ?',
    [owner, key],
  );
  return row ?? null;
}
