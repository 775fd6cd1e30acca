import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { Problem } from '../../../server/problems.ts';
import {
  CHUNK_BYTES,
  CIPHER_HEADER_BYTES,
  decryptStream,
  encryptStream,
} from '../../../server/recovery/stream_cipher.ts';

const CHEAP = { cost: 4, blocks: 8, lanes: 1 };
const PASSPHRASE = '麦子熟了 five acres';

async function* pieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function collect(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const found: Buffer[] = [];
  for await (const bytes of source) found.push(bytes);
  return Buffer.concat(found);
}

const encrypt = (plain: Buffer, sizes = [70_000]) =>
  collect(encryptStream(pieces(plain, sizes), PASSPHRASE, CHEAP));
const decrypt = (bytes: Buffer, passphrase = PASSPHRASE, sizes = [9_999]) =>
  collect(decryptStream(pieces(bytes, sizes), passphrase));

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  return 'accepted';
}

/** bytes of one chunk on disk */
const SEALED = CHUNK_BYTES + 16;

describe('the cipher of an archive', () => {
  it('gives back what went in, whatever the sizes of the pieces', async () => {
    const lengths = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES];
    for (const length of lengths) {
      const plain = randomBytes(length);
      const sealed = await encrypt(plain);
      expect(sealed.length, `${length}`).to.equal(
        CIPHER_HEADER_BYTES + length + 16 * Math.max(1, Math.ceil(length / CHUNK_BYTES)),
      );
      expect((await decrypt(sealed)).equals(plain), `${length}`).to.equal(true);
    }
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 2_000 }),
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 }),
        async (bytes, sizes) => {
          const plain = Buffer.from(bytes);
          const sealed = await encrypt(plain, sizes);
          expect((await decrypt(sealed, PASSPHRASE, sizes)).equals(plain)).to.equal(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('never says the same twice, and takes a passphrase however its letters are composed', async () => {
    const plain = Buffer.from('same');
    expect((await encrypt(plain)).equals(await encrypt(plain))).to.equal(false);
    const composed = await collect(encryptStream(pieces(plain, [4]), 'caf\u00e9 caf\u00e9', CHEAP));
    expect((await decrypt(composed, 'cafe\u0301 cafe\u0301')).equals(plain)).to.equal(true);
  });

  it('refuses another passphrase', async () => {
    expect(await refusal(decrypt(await encrypt(randomBytes(10)), `${PASSPHRASE}!`))).to.equal(
      'backup_passphrase_wrong',
    );
  });

  it('refuses an archive that was cut anywhere, even between two chunks', async () => {
    const sealed = await encrypt(randomBytes(3 * CHUNK_BYTES + 100));
    const ends = [0, 1, CIPHER_HEADER_BYTES - 1, CIPHER_HEADER_BYTES, CIPHER_HEADER_BYTES + 15];
    for (let chunk = 1; chunk <= 3; chunk++) ends.push(CIPHER_HEADER_BYTES + chunk * SEALED);
    for (const end of [...ends, sealed.length - 1])
      expect(await refusal(decrypt(sealed.subarray(0, end))), `cut at ${end}`).to.not.equal('accepted');
  });

  it('refuses chunks that were moved, left out, repeated or added', async () => {
    const sealed = await encrypt(randomBytes(3 * CHUNK_BYTES + 100));
    const header = sealed.subarray(0, CIPHER_HEADER_BYTES);
    const chunk = (i: number) =>
      sealed.subarray(CIPHER_HEADER_BYTES + i * SEALED, CIPHER_HEADER_BYTES + (i + 1) * SEALED);
    for (const order of [[1, 0, 2, 3], [0, 2, 3], [0, 1, 1, 2, 3], [0, 1, 2, 3, 3], [3]]) {
      const forged = Buffer.concat([header, ...order.map(chunk)]);
      expect(await refusal(decrypt(forged)), order.join()).to.not.equal('accepted');
    }
    expect(await refusal(decrypt(Buffer.concat([sealed, Buffer.from([0])])))).to.equal('backup_damaged');
  });

  it('refuses any changed bit', async () => {
    const sealed = await encrypt(randomBytes(300));
    for (let at = 0; at < sealed.length; at++) {
      // a header that asks for a gigabyte of scrypt is refused too, but only after it was computed
      if (at === 8) continue;
      const forged = Buffer.from(sealed);
      forged[at]! ^= 1 << (at % 8);
      if (at === 9 || at === 10) forged[at] = 0;
      expect(await refusal(decrypt(forged)), `byte ${at}`).to.not.equal('accepted');
    }
  });

  it('refuses a header that would take all memory', async () => {
    const sealed = await encrypt(randomBytes(10));
    sealed[8] = 40;
    expect(await refusal(decrypt(sealed))).to.equal('backup_damaged');
  });
});
