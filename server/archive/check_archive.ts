import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { Problem } from '../problems.ts';
import { damaged, type PackedEntry, packedBytes, readDirectory, tooMuch } from './directory.ts';
import { MAX_UNPACKED_BYTES } from './limits.ts';

/**
 * Unpacks a whole zip archive, piece by piece and without keeping anything: within limits, checksums compared, off the
 * main thread. Answers the paths of its files.
 * @throws Problem archive_limits, archive_unsafe, file_unreadable
 */
export async function checkArchive(file: string, zip: Buffer): Promise<string[]> {
  const entries = readDirectory(file, zip);
  const budget = { left: MAX_UNPACKED_BYTES };
  for (const entry of entries) await checkEntry(file, zip, entry, budget);
  return entries.map(({ path }) => path);
}

async function checkEntry(
  file: string,
  zip: Buffer,
  entry: PackedEntry,
  budget: { left: number },
): Promise<void> {
  const source = Readable.from([packedBytes(file, zip, entry)]);
  let sum = 0;
  const meter = new Writable({
    write(chunk: Buffer, _encoding, done) {
      budget.left -= chunk.length;
      sum = crc32(chunk, sum);
      done(budget.left < 0 ? tooMuch(file, entry.path) : null);
    },
  });
  try {
    if (entry.method === 'deflated') await pipeline(source, createInflateRaw(), meter);
    else await pipeline(source, meter);
  } catch (error) {
    throw error instanceof Problem ? error : damaged(file, entry.path, error);
  }
  if (sum !== entry.crc) throw damaged(file, entry.path);
}
