import { crc32, inflateRawSync } from 'node:zlib';
import { messageText } from '../messages/index.ts';
import { Problem } from '../problems.ts';
import { decodeText } from './decode_text.ts';
import { MAX_ARCHIVE_ENTRIES, MAX_UNPACKED_BYTES } from './limits.ts';

/** A file of a zip archive; `bytes` unpacks it, within the limit that all entries of the archive share. */
export interface ArchiveEntry {
  path: string;
  bytes(): Buffer;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

function damaged(file: string, place: string, cause?: unknown): Problem {
  return new Problem('file_unreadable', { params: { file, place }, where: { file }, cause });
}

function endOfDirectory(zip: Buffer, file: string): number {
  const lowest = Math.max(0, zip.length - 22 - 0xffff);
  for (let at = zip.length - 22; at >= lowest; at--) if (zip.readUInt32LE(at) === END) return at;
  throw damaged(file, 'zip');
}

function safePath(name: string, file: string): string {
  const path = name.replaceAll('\\', '/');
  if (
    path.startsWith('/') ||
    /^[a-z]:/i.test(path) ||
    path.includes('\0') ||
    path.split('/').includes('..')
  ) {
    throw unsafe(name, file);
  }
  return path;
}

function unsafe(name: string, file: string): Problem {
  return new Problem('archive_unsafe', { params: { file: name.slice(0, 120) }, where: { file } });
}

/** Whether the central entry at `at` says, in the mode that Unix archivers write, that it is a symbolic link. */
function isLink(zip: Buffer, at: number): boolean {
  const madeBy = zip[at + 5];
  return (madeBy === 3 || madeBy === 19) && zip.readUInt32LE(at + 38) >>> 28 === 0o12;
}

/**
 * The files of a zip archive (APPNOTE 6.3, without zip64 and encryption), read from its central directory. Nothing is
 * unpacked before it is asked for; unpacking stops at the limit whatever the directory claims; checksums are compared.
 * @throws Problem archive_limits, archive_unsafe, file_unreadable
 */
export function readArchive(file: string, zip: Buffer): ArchiveEntry[] {
  const end = zip.length < 22 ? -1 : endOfDirectory(zip, file);
  if (end < 0) throw damaged(file, 'zip');
  const count = zip.readUInt16LE(end + 10);
  if (count > MAX_ARCHIVE_ENTRIES) {
    throw new Problem('archive_limits', {
      params: { file, limit: messageText('requests.files', { count: MAX_ARCHIVE_ENTRIES }) },
      where: { file },
    });
  }
  const budget = { left: MAX_UNPACKED_BYTES };
  const entries: ArchiveEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== CENTRAL) throw damaged(file, 'zip');
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28);
    if (nameEnd > zip.length) throw damaged(file, 'zip');
    const path = safePath(decodeText(zip.subarray(at + 46, nameEnd), file).text, file);
    if (isLink(zip, at)) throw unsafe(path, file);
    const header = {
      encrypted: (zip.readUInt16LE(at + 8) & 1) === 1,
      method: zip.readUInt16LE(at + 10),
      crc: zip.readUInt32LE(at + 16),
      packed: zip.readUInt32LE(at + 20),
      offset: zip.readUInt32LE(at + 42),
    };
    if (!path.endsWith('/')) entries.push({ path, bytes: () => unpack(file, zip, path, header, budget) });
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

interface EntryHeader {
  encrypted: boolean;
  method: number;
  crc: number;
  packed: number;
  offset: number;
}

function unpack(
  file: string,
  zip: Buffer,
  path: string,
  header: EntryHeader,
  budget: { left: number },
): Buffer {
  const { offset, packed, method, crc } = header;
  if (header.encrypted || (method !== 0 && method !== 8)) throw damaged(file, path);
  if (offset + 30 > zip.length || zip.readUInt32LE(offset) !== LOCAL) throw damaged(file, path);
  const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
  if (start + packed > zip.length) throw damaged(file, path);
  const data = zip.subarray(start, start + packed);
  const tooMuch = () =>
    new Problem('archive_limits', {
      params: { file, limit: messageText('requests.megabytes', { count: MAX_UNPACKED_BYTES / 1024 / 1024 }) },
      where: { file: path },
    });
  if (budget.left <= 0 || (method === 0 && packed > budget.left)) throw tooMuch();
  let bytes: Buffer = data;
  if (method === 8) {
    try {
      bytes = inflateRawSync(data, { maxOutputLength: budget.left });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooMuch();
      throw damaged(file, path, error);
    }
  }
  budget.left -= bytes.length;
  if (crc32(bytes) !== crc) throw damaged(file, path);
  return bytes;
}
