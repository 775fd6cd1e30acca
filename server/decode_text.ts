import { Problem } from './problems.ts';

export interface DecodedText {
  text: string;
  encoding: 'UTF-8' | 'UTF-16' | 'GB18030';
}

function strict(label: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * Text as its writer meant it: a byte order mark decides; else strict UTF-8; else GB18030, of which GBK is a part.
 * The mark is not part of the text.
 * @throws Problem encoding_unknown
 */
export function decodeText(bytes: Uint8Array, file: string): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16('utf-16le', bytes, file);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16('utf-16be', bytes, file);
  const utf8 = strict('utf-8', bytes);
  if (utf8 !== null) return { text: utf8, encoding: 'UTF-8' };
  const gb = strict('gb18030', bytes);
  if (gb !== null) return { text: gb, encoding: 'GB18030' };
  throw new Problem('encoding_unknown', { params: { file, encoding: '?' }, where: { file } });
}

function utf16(label: string, bytes: Uint8Array, file: string): DecodedText {
  const text = strict(label, bytes);
  if (text === null)
    throw new Problem('encoding_unknown', { params: { file, encoding: 'UTF-16' }, where: { file } });
  return { text, encoding: 'UTF-16' };
}
