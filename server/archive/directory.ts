import { decodeText } from '../decode_text.ts';
import { messageText } from '../messages/index.ts';
import { Problem } from '../problems.ts';
import { MAX_ARCHIVE_ENTRIES, MAX_UNPACKED_BYTES } from './limits.ts';

/** A file of an archive: its path, how it is packed, and the packed bytes. */
export interface PackedEntry {
  path: string;
  /** stored or deflated; null: any other way, or encrypted */
  method: 'stored' | 'deflated' | null;
  crc: number;
  offset: number;
  packed: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

export function damaged(file: string, place: string, cause?: unknown): Problem {
  return new Problem('file_unreadable', { params: { file, place }, where: { file }, cause });
}

export function tooMuch(file: string, path: string): Problem {
  const limit = messageText('requests.megabytes', { count: MAX_UNPACKED_BYTES / 1024 / 1024 });
  return new Problem('archive_limits', { params: { file, limit }, where: { file: path } });
}

function unsafe(name: string, file: string): Problem {
  return new Problem('archive_unsafe', { params: { file: name.slice(0, 120) }, where: { file } });
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

/** Whether the central entry at `at` says, in the mode that Unix archivers write, that it is a symbolic link. */
function isLink(zip: Buffer, at: number): boolean {
  const madeBy = zip[at + 5];
  return (madeBy === 3 || madeBy === 19) && zip.readUInt32LE(at + 38) >>> 28 === 0o12;
}

/**
 * The files of a zip archive (APPNOTE 6.3, without zip64), from its central directory; folders are left out. Nothing is
 * unpacked. @throws Problem archive_limits, archive_unsafe, file_unreadable
 */
export function readDirectory(file: string, zip: Buffer): PackedEntry[] {
  const end = zip.length < 22 ? -1 : endOfDirectory(zip, file);
  if (end < 0) throw damaged(file, 'zip');
  const count = zip.readUInt16LE(end + 10);
  if (count > MAX_ARCHIVE_ENTRIES) {
    throw new Problem('archive_limits', {
      params: { file, limit: messageText('requests.files', { count: MAX_ARCHIVE_ENTRIES }) },
      where: { file },
    });
  }
  const entries: PackedEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== CENTRAL) throw damaged(file, 'zip');
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28);
    if (nameEnd > zip.length) throw damaged(file, 'zip');
    const path = safePath(decodeText(zip.subarray(at + 46, nameEnd), file).text, file);
    if (isLink(zip, at)) throw unsafe(path, file);
    const encrypted = (zip.readUInt16LE(at + 8) & 1) === 1;
    const method = zip.readUInt16LE(at + 10);
    if (!path.endsWith('/'))
      entries.push({
        path,
        method: encrypted ? null : method === 0 ? 'stored' : method === 8 ? 'deflated' : null,
        crc: zip.readUInt32LE(at + 16),
        packed: zip.readUInt32LE(at + 20),
        offset: zip.readUInt32LE(at + 42),
      });
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

/** The packed bytes of an entry. @throws Problem file_unreadable */
export function packedBytes(
  file: string,
  zip: Buffer,
  { path, method, offset, packed }: PackedEntry,
): Buffer {
  if (method === null) throw damaged(file, path);
  if (offset + 30 > zip.length || zip.readUInt32LE(offset) !== LOCAL) throw damaged(file, path);
  const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
  if (start + packed > zip.length) throw damaged(file, path);
  return zip.subarray(start, start + packed);
}
