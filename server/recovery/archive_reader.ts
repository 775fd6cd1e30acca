import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { Problem } from '../problems.ts';
import { CIPHER_MAGIC, decryptStream } from './stream_cipher.ts';

export interface ReadMember {
  name: string;
  bytes: number;
  /** must be read to its end before the next member is asked for */
  body: AsyncIterable<Buffer>;
}

/** Where the bytes of an archive come from: read from the start each time it is called. */
export type ArchiveSource = () => AsyncIterable<Buffer>;

export function archiveFile(path: string): ArchiveSource {
  return () => createReadStream(path) as AsyncIterable<Buffer>;
}

/**
 * The members of an archive in their order. Throws `backup_passphrase_needed`, `backup_passphrase_wrong`,
 * `backup_not_encrypted` (a passphrase was given: whoever expects encryption must not be given something else),
 * `backup_damaged`; errors of the file system as they are.
 */
export async function* readMembers(
  source: ArchiveSource,
  passphrase: string | null,
): AsyncGenerator<ReadMember> {
  const encrypted = await startsWith(source, CIPHER_MAGIC);
  if (encrypted && passphrase === null) throw new Problem('backup_passphrase_needed');
  if (!encrypted && passphrase !== null) throw new Problem('backup_not_encrypted');
  const plain = encrypted ? decryptStream(source(), passphrase!) : source();
  const tar = extract();
  const pumped = pump(plain, tar);
  try {
    for await (const entry of tar) {
      const { name, size, type } = entry.header;
      if (type !== 'file') throw new Problem('backup_damaged', { params: { place: name.slice(0, 120) } });
      yield { name, bytes: size, body: entry as AsyncIterable<Buffer> };
    }
    await pumped;
  } catch (error) {
    throw asProblem(error);
  } finally {
    tar.destroy();
    await pumped.catch(() => undefined);
  }
}

/** Unpacks into the tar reader, which says when it has had enough. */
async function pump(plain: AsyncIterable<Buffer>, tar: ReturnType<typeof extract>): Promise<void> {
  const input = Readable.from(plain);
  const gunzip = createGunzip();
  input.once('error', (error) => gunzip.destroy(error));
  const closed = new Promise<void>((resolve) => tar.once('close', resolve));
  try {
    for await (const bytes of input.pipe(gunzip)) {
      if (tar.destroyed) return;
      if (!tar.write(bytes)) {
        await Promise.race([new Promise<void>((resolve) => tar.once('drain', resolve)), closed]);
      }
    }
    tar.end(null);
  } catch (error) {
    tar.destroy(error as Error);
    throw error;
  } finally {
    input.destroy();
  }
}

async function startsWith(source: ArchiveSource, magic: Buffer): Promise<boolean> {
  const pieces: Buffer[] = [];
  for await (const bytes of source()) {
    pieces.push(bytes);
    if (pieces.reduce((sum, { length }) => sum + length, 0) >= magic.length) break;
  }
  return Buffer.concat(pieces).subarray(0, magic.length).equals(magic);
}

/** What zlib and tar find is damage; what the file system says is not. */
function asProblem(error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof Problem || (code !== undefined && syscall !== undefined)) return error;
  return new Problem('backup_damaged', { params: { place: code ?? 'tar' }, cause: error });
}
