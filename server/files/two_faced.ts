import type { KindName } from './detect.ts';

const MARKUP = /<(script|html|iframe|object|embed|!doctype\s+html|\?php)[\s>]/i;
const END_OF_ZIP = Buffer.from('PK\x05\x06', 'latin1');
const CENTRAL = Buffer.from('PK\x01\x02', 'latin1');
/** PDF readers look for the header in so many bytes (PDF 1.7, appendix H). */
const PDF_HEADER_BYTES = 1_024;

/**
 * What else a picture or document would pass for: a web page, an archive, a PDF. Such a file is harmless where it is
 * only decoded, and an attack wherever its first bytes are trusted. Phones do append films to photos: those pass.
 */
export function otherFace(kind: KindName, bytes: Buffer): 'html' | 'archive' | 'pdf' | null {
  const picture = kind === 'jpeg' || kind === 'png' || kind === 'webp';
  if (!picture && kind !== 'pdf') return null;
  if (bytes.subarray(-65_557).includes(END_OF_ZIP) && bytes.includes(CENTRAL)) return 'archive';
  if (picture && bytes.subarray(0, PDF_HEADER_BYTES).includes('%PDF-')) return 'pdf';
  // a PDF about the web has such words in its text; in front of its header they make it a page
  const where = picture ? bytes : bytes.subarray(0, Math.max(0, bytes.indexOf('%PDF-')));
  return MARKUP.test(where.toString('latin1')) ? 'html' : null;
}
