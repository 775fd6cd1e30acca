import { Problem } from '../../problems.ts';
import { checkFeatureCount } from '../bounds.ts';

export type DbfValue = string | number | boolean | null;
export interface Dbf {
  rows: Record<string, DbfValue>[];
  encoding: string;
}
interface Field {
  name: Buffer;
  type: string;
  from: number;
  length: number;
}

function trimmed(bytes: Buffer): Buffer {
  let end = bytes.indexOf(0);
  if (end < 0) end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0x20) end--;
  return bytes.subarray(0, end);
}

/** Whether text is valid in an encoding, or would be but for a last character that the field's width cut in half. */
function decodes(label: string, bytes: Buffer): boolean {
  for (let cut = 0; cut <= Math.min(3, bytes.length); cut++) {
    try {
      new TextDecoder(label, { fatal: true }).decode(bytes.subarray(0, bytes.length - cut));
      return true;
    } catch {
      if (bytes[bytes.length - cut - 1]! < 0x80) return false;
    }
  }
  return false;
}

/** The encoding that a .cpg names, as TextDecoder calls it; null for an unknown or empty name. */
function labelOf(cpg: string | undefined): string | null {
  const name = (cpg ?? '').replace(/[\s\0\ufeff]/g, '').toLowerCase();
  if (/^(utf-?8|65001)$/.test(name)) return 'utf-8';
  if (/^(gbk|gb-?2312|gb-?18030|cp936|936|ansi936|ms936|windows-936|oem936)$/.test(name)) return 'gb18030';
  if (/^big-?5$|^(cp)?950$/.test(name)) return 'big5';
  return null;
}

/** The first encoding in which every text of the table is valid: what the .cpg says, UTF-8, GB18030. */
function encodingOf(texts: Buffer[], cpg: string | undefined, file: string): string {
  const stated = labelOf(cpg);
  const candidates = [...(stated ? [stated] : []), 'utf-8', 'gb18030'];
  const found = candidates.find((label) => texts.every((text) => decodes(label, text)));
  if (!found)
    throw new Problem('encoding_unknown', { params: { file, encoding: cpg ?? '?' }, where: { file } });
  return found;
}

function fieldsOf(dbf: Buffer, headerLength: number): Field[] {
  const fields: Field[] = [];
  let from = 1;
  for (let at = 32; at + 32 <= headerLength && dbf[at] !== 0x0d; at += 32) {
    const length = dbf[at + 16]!;
    fields.push({
      name: trimmed(dbf.subarray(at, at + 11)),
      type: String.fromCharCode(dbf[at + 11]!),
      from,
      length,
    });
    from += length;
  }
  return fields;
}

function readValue(type: string, text: string): DbfValue {
  const plain = text.trim();
  if (type === 'N' || type === 'F') {
    const number = Number(plain);
    return plain === '' || !Number.isFinite(number) ? null : number;
  }
  if (type === 'L') return /^[yt]$/i.test(plain) ? true : /^[nf]$/i.test(plain) ? false : null;
  if (type === 'D') return /^\d{8}$/.test(plain) ? plain.replace(/^(....)(..)(..)$/, '$1-$2-$3') : null;
  return text;
}

/**
 * The rows of a .dbf (dBASE III), deleted ones too, since shapes and rows belong together by their number.
 * Numbers that are blank or not numbers are null, dates ISO 8601.
 * @throws Problem file_unreadable, encoding_unknown, too_many_features
 */
export function readDbf(file: string, dbf: Buffer, cpg: string | undefined): Dbf {
  const damaged = (place: string) =>
    new Problem('file_unreadable', { params: { file, place }, where: { file } });
  if (dbf.length < 33) throw damaged('header');
  const count = dbf.readUInt32LE(4);
  checkFeatureCount(count);
  const headerLength = dbf.readUInt16LE(8);
  const recordLength = dbf.readUInt16LE(10);
  const fields = headerLength <= dbf.length ? fieldsOf(dbf, headerLength) : [];
  const width = fields.reduce((sum, field) => sum + field.length, 1);
  if (recordLength < width || headerLength < 33) throw damaged('header');
  if (headerLength + count * recordLength > dbf.length) {
    throw damaged(`#${Math.floor((dbf.length - headerLength) / recordLength) + 1}`);
  }
  const cells: Buffer[][] = [];
  for (let row = 0; row < count; row++) {
    const at = headerLength + row * recordLength;
    cells.push(fields.map(({ from, length }) => trimmed(dbf.subarray(at + from, at + from + length))));
  }
  const texts = cells.flatMap((row) => row.filter((_, i) => fields[i]!.type === 'C'));
  const encoding = encodingOf([...fields.map((field) => field.name), ...texts], cpg, file);
  const decoder = new TextDecoder(encoding);
  const decode = (bytes: Buffer) => decoder.decode(bytes).replace(/\ufffd+$/, '');
  const names = fields.map((field) => decode(field.name));
  const rows = cells.map((row) => {
    const entries = row.map((cell, i): [string, DbfValue] => [
      names[i]!,
      readValue(fields[i]!.type, decode(cell)),
    ]);
    return Object.fromEntries(entries);
  });
  return { rows, encoding };
}
