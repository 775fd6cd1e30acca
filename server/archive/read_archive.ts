import { crc32, inflateRawSync } from 'node:zlib';
import { damaged, type PackedEntry, packedBytes, readDirectory, tooMuch } from './directory.ts';
import { MAX_UNPACKED_BYTES } from './limits.ts';

/** A file of a zip archive; `bytes` unpacks it, within the limit that all entries of the archive share. */
export interface ArchiveEntry {
  path: string;
  bytes(): Buffer;
}

/**
 * The files of a zip archive. Nothing is unpacked before it is asked for; unpacking stops at the limit whatever the
 * directory claims; checksums are compared.
 * @throws Problem archive_limits, archive_unsafe, file_unreadable
 */
export function readArchive(file: string, zip: Buffer): ArchiveEntry[] {
  const budget = { left: MAX_UNPACKED_BYTES };
  return readDirectory(file, zip).map((entry) => ({
    path: entry.path,
    bytes: () => unpack(file, zip, entry, budget),
  }));
}

function unpack(file: string, zip: Buffer, entry: PackedEntry, budget: { left: number }): Buffer {
  const { path, method, crc } = entry;
  const data = packedBytes(file, zip, entry);
  if (budget.left <= 0 || (method === 'stored' && data.length > budget.left)) throw tooMuch(file, path);
  let bytes: Buffer = data;
  if (method === 'deflated') {
    try {
      bytes = inflateRawSync(data, { maxOutputLength: budget.left });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooMuch(file, path);
      throw damaged(file, path, error);
    }
  }
  budget.left -= bytes.length;
  if (crc32(bytes) !== crc) throw damaged(file, path);
  return bytes;
}
