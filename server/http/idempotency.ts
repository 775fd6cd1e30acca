import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { Knex } from 'knex';
import { claimKey, type RememberedReply, rememberedReply, rememberReply } from '../db/index.ts';
import { Problem } from '../problems.ts';
import { brokenRule } from './invalid_request.ts';
import { Reply } from './reply.ts';

const KEY = /^[\x21-\x7e]{8,200}$/;

/**
 * Carries out a request at most once per `Idempotency-Key` and account: a second one, after a lost connection or a
 * second click, gets the first one's reply. Remembered in the change's own transaction. Throws `idempotency_mismatch`
 * where the key came with another request.
 */
export async function once(
  db: Knex.Transaction,
  request: Request,
  owner: string | null,
  work: () => Promise<Reply>,
): Promise<Reply> {
  const key = request.get('idempotency-key');
  if (key === undefined) return work();
  if (!KEY.test(key)) throw brokenRule('Idempotency-Key', 'idempotency_key');
  const keeper = owner === null ? 'public' : `account:${owner}`;
  const hash = requestHash(request);
  if (!(await claimKey(db, keeper, key, hash))) return replay(await rememberedReply(db, keeper, key), hash);
  const reply = await work();
  const { status, headers, body } = reply;
  await rememberReply(db, keeper, key, { status, headers, reply: body });
  return reply;
}

function replay(first: RememberedReply | null, hash: Buffer): Reply {
  if (first === null || !first.request_hash.equals(hash)) throw new Problem('idempotency_mismatch');
  return new Reply(first.reply, { status: first.status, headers: first.headers });
}

function requestHash(request: Request): Buffer {
  return createHash('sha256')
    .update(`${request.method} ${request.originalUrl}\n`)
    .update(JSON.stringify(request.body ?? null))
    .digest();
}
