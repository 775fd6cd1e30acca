import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { Problem } from '../problems.ts';
import { type ByteQueue, byteQueue } from './byte_queue.ts';

/** First bytes of an encrypted archive; the digit is the version of this header. */
export const CIPHER_MAGIC = Buffer.from('CUNMAEN1', 'ascii');
const SALT_BYTES = 16;
const PREFIX_BYTES = 7;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
export const CHUNK_BYTES = 64 * 1024;
/** magic ‖ log2 N ‖ r ‖ p ‖ salt ‖ nonce prefix */
export const CIPHER_HEADER_BYTES = CIPHER_MAGIC.length + 3 + SALT_BYTES + PREFIX_BYTES;

/** Work factors of scrypt (RFC 7914): N = 2^cost. */
export interface ScryptCost {
  cost: number;
  blocks: number;
  lanes: number;
}
/** 128 MB and about half a second (OWASP Password Storage Cheat Sheet, 2024: N = 2^17, r = 8, p = 1). */
export const SCRYPT_COST: ScryptCost = { cost: 17, blocks: 8, lanes: 1 };
/** A header that asks for more than 1 GB is no archive of ours. */
const MOST: ScryptCost = { cost: 20, blocks: 8, lanes: 4 };

function deriveKey(passphrase: string, salt: Buffer, { cost, blocks, lanes }: ScryptCost): Promise<Buffer> {
  const N = 2 ** cost;
  const options = { N, r: blocks, p: lanes, maxmem: 128 * N * blocks + 128 * blocks * lanes + 2 ** 20 };
  return new Promise((resolve, reject) =>
    scrypt(passphrase.normalize('NFC'), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
}

/** STREAM's nonce: what is the archive's own ‖ number of the chunk ‖ whether it is the last. */
function nonce(prefix: Buffer, counter: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  prefix.copy(bytes);
  bytes.writeUInt32BE(counter, PREFIX_BYTES);
  bytes[11] = last ? 1 : 0;
  return bytes;
}

/** Chunks of `size` bytes, the last one 0 to `size`; each with whether it is the last. */
async function* chunked(source: AsyncIterable<Buffer>, size: number): AsyncGenerator<[Buffer, boolean]> {
  const queue = byteQueue();
  for await (const bytes of source) {
    queue.push(bytes);
    // one byte more must be there, or this chunk may be the last
    while (queue.length > size) yield [queue.take(size), false];
  }
  yield [queue.take(queue.length), true];
}

/**
 * Authenticated encryption of a stream with a passphrase: scrypt, then AES-256-GCM over chunks of 64 KiB whose nonces
 * hold their number and whether they are the last, so that chunks cannot be changed, left out, moved or cut off unseen
 * (the STREAM construction: Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015). The header is authenticated with each.
 */
export async function* encryptStream(
  source: AsyncIterable<Buffer>,
  passphrase: string,
  cost: ScryptCost = SCRYPT_COST,
): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT_BYTES);
  const prefix = randomBytes(PREFIX_BYTES);
  const factors = Buffer.from([cost.cost, cost.blocks, cost.lanes]);
  const header = Buffer.concat([CIPHER_MAGIC, factors, salt, prefix]);
  const key = await deriveKey(passphrase, salt, cost);
  yield header;
  let counter = 0;
  for await (const [chunk, last] of chunked(source, CHUNK_BYTES)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(prefix, counter++, last));
    cipher.setAAD(header);
    yield Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
  }
}

/**
 * Undoes {@link encryptStream}; yields only bytes that were authenticated. Throws `backup_passphrase_wrong` where the
 * first chunk does not open (a changed header looks the same), `backup_damaged` where a later one does not.
 */
export async function* decryptStream(
  source: AsyncIterable<Buffer>,
  passphrase: string,
): AsyncGenerator<Buffer> {
  const { header, rest } = await readHeader(source);
  const at = CIPHER_MAGIC.length;
  const cost: ScryptCost = { cost: header[at]!, blocks: header[at + 1]!, lanes: header[at + 2]! };
  if (!isSane(cost)) throw damaged();
  const salt = header.subarray(at + 3, at + 3 + SALT_BYTES);
  const prefix = header.subarray(at + 3 + SALT_BYTES);
  const key = await deriveKey(passphrase, salt, cost);
  let counter = 0;
  for await (const [chunk, last] of chunked(rest, CHUNK_BYTES + TAG_BYTES)) {
    if (chunk.length < TAG_BYTES) throw damaged();
    const decipher = createDecipheriv('aes-256-gcm', key, nonce(prefix, counter, last), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(header);
    decipher.setAuthTag(chunk.subarray(chunk.length - TAG_BYTES));
    const plain = decipher.update(chunk.subarray(0, chunk.length - TAG_BYTES));
    try {
      decipher.final();
    } catch (cause) {
      throw counter === 0 ? new Problem('backup_passphrase_wrong', { cause }) : damaged(cause);
    }
    counter++;
    yield plain;
  }
}

function isSane({ cost, blocks, lanes }: ScryptCost): boolean {
  const within = (value: number, most: number) => value >= 1 && value <= most;
  return within(cost, MOST.cost) && within(blocks, MOST.blocks) && within(lanes, MOST.lanes);
}

function damaged(cause?: unknown): Problem {
  return new Problem('backup_damaged', { params: { place: 'encryption' }, cause });
}

async function readHeader(
  source: AsyncIterable<Buffer>,
): Promise<{ header: Buffer; rest: AsyncIterable<Buffer> }> {
  const iterator = source[Symbol.asyncIterator]();
  const queue = byteQueue();
  while (queue.length < CIPHER_HEADER_BYTES) {
    const { value, done } = await iterator.next();
    if (done === true) throw damaged();
    queue.push(value);
  }
  return { header: queue.take(CIPHER_HEADER_BYTES), rest: following(queue, iterator) };
}

async function* following(queue: ByteQueue, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield queue.take(queue.length);
  for (;;) {
    const { value, done } = await iterator.next();
    if (done === true) return;
    yield value;
  }
}
