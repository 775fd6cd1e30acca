import { fileTypeFromBuffer } from 'file-type';
import { decodeText } from '../decode_text.ts';

/** A type of content, with the extensions that its names may have; the first is its own. */
export interface Kind {
  media_type: string;
  extensions: readonly string[];
}

const kind = (media_type: string, ...extensions: string[]): Kind => ({ media_type, extensions });

export const KINDS = {
  jpeg: kind('image/jpeg', 'jpg', 'jpeg'),
  png: kind('image/png', 'png'),
  webp: kind('image/webp', 'webp'),
  heic: kind('image/heic', 'heic', 'heif'),
  pdf: kind('application/pdf', 'pdf'),
  text: kind('text/plain', 'txt'),
  csv: kind('text/csv', 'csv'),
  geojson: kind('application/geo+json', 'geojson', 'json'),
  kml: kind('application/vnd.google-earth.kml+xml', 'kml'),
  kmz: kind('application/vnd.google-earth.kmz', 'kmz'),
  zip: kind('application/zip', 'zip'),
  xlsx: kind('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'),
  gpkg: kind('application/geopackage+sqlite3', 'gpkg'),
  dxf: kind('image/vnd.dxf', 'dxf'),
  html: kind('text/html'),
  svg: kind('image/svg+xml'),
  program: kind('application/octet-stream'),
  unknown: kind('application/octet-stream'),
} as const;
export type KindName = keyof typeof KINDS;

/** How much of a file its type is told from, bytes. */
export const HEAD_BYTES = 64 * 1024;

const BY_MIME: Readonly<Record<string, KindName>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/apng': 'png',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'image/heif': 'heic',
  'image/heic-sequence': 'heic',
  'image/avif': 'heic',
  'application/pdf': 'pdf',
};

/** What the first bytes of a file say it is; of an archive only that it is one. Its name tells nothing but csv from txt. */
export async function detect(head: Buffer, claimedName: string): Promise<KindName> {
  if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return 'zip';
  if (head.subarray(0, 16).toString('latin1') === 'SQLite format 3\0')
    return /^GP(KG|1\d)$/.test(head.subarray(68, 72).toString('latin1')) ? 'gpkg' : 'unknown';
  const known = await fileTypeFromBuffer(head).catch(() => undefined);
  const byMime = known && BY_MIME[known.mime];
  if (byMime) return byMime;
  if (isProgram(head)) return 'program';
  const text = textOf(head);
  return text === null ? 'unknown' : ofText(text, claimedName);
}

function isProgram(head: Buffer): boolean {
  const start = head.subarray(0, 4).toString('latin1');
  return (
    start.startsWith('MZ') || start === '\x7fELF' || start.startsWith('#!') || start === '\xca\xfe\xba\xbe'
  );
}

/** The text that the bytes are, or nothing; a letter cut at the end of `head` does no harm. */
function textOf(head: Buffer): string | null {
  for (let less = 0; less < 4; less++) {
    try {
      const { text } = decodeText(head.length < HEAD_BYTES ? head : head.subarray(0, head.length - less), '');
      return text.includes('\0') ? null : text;
    } catch {
      if (head.length < HEAD_BYTES) return null;
    }
  }
  return null;
}

function ofText(text: string, claimedName: string): KindName {
  const start = text.trimStart().slice(0, 2_000).toLowerCase();
  if (
    /^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!doctype html|<html|<head|<body|<script|<iframe)/.test(start)
  )
    return 'html';
  if (/^<\?php/.test(start)) return 'program';
  if (start.startsWith('<')) {
    if (/<svg[\s>]|<!doctype svg/.test(start)) return 'svg';
    return /<kml[\s>]/.test(start) ? 'kml' : 'unknown';
  }
  if (start.startsWith('{')) return 'geojson';
  if (/^0\s*\r?\n\s*section\s*\r?\n/.test(start) || /^999\s*\r?\n[\s\S]*\n\s*0\s*\r?\n\s*section/.test(start))
    return 'dxf';
  return /\.csv$/i.test(claimedName) ? 'csv' : 'text';
}
