/** One line of a boundary-point file, as its form says; meaning is given to it later. */
export type Line =
  | { kind: 'section'; name: string }
  | { kind: 'header'; key: string; value: string }
  | { kind: 'parcel'; tokens: string[]; shape: ParcelShape | null }
  | { kind: 'point'; name: string; ring: string; first: number; second: number }
  | { kind: 'unreadable' };
export type ParcelShape = '面' | '线' | '点';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A decimal number with full-width digits allowed; null for anything else (never NaN, never hexadecimal). */
export function readNumber(token: string): number | null {
  const plain = token.normalize('NFKC').trim();
  return NUMBER.test(plain) ? Number(plain) : null;
}

/** Full-width punctuation that stands for structure, as its ASCII form; names keep theirs. */
function structural(line: string): string {
  return line
    .replace(/[，﹐]/g, ',')
    .replace(/＝/g, '=')
    .replace(/[【［]/g, '[')
    .replace(/[】］]/g, ']')
    .replace(/＠/g, '@')
    .replace(/[\u3000\u00a0\ufeff]/g, ' ')
    .trim();
}

function split(line: string): string[] {
  return line.includes(',') ? line.split(',').map((token) => token.trim()) : line.split(/\s+/);
}

function parcelShape(tokens: string[]): ParcelShape | null {
  const found = tokens.find((token) => token === '面' || token === '线' || token === '点');
  return (found as ParcelShape | undefined) ?? null;
}

/** The form of a line; null for a blank one. */
export function readLine(raw: string): Line | null {
  if (raw === '') return null;
  const line = structural(raw);
  if (line === '') return null;
  const section = /^\[(.*)\]$/.exec(line);
  if (section) return { kind: 'section', name: section[1]!.trim() };
  if (line.endsWith('@')) {
    const tokens = split(line.slice(0, -1).replace(/,\s*$/, ''));
    return { kind: 'parcel', tokens, shape: parcelShape(tokens) };
  }
  const header = /^([^=,]+)=(.*)$/.exec(line);
  if (header) return { kind: 'header', key: header[1]!.trim(), value: header[2]!.trim() };
  const tokens = split(line);
  if (tokens.length >= 8 && ['面', '线', '点'].includes(tokens[4]!)) {
    return { kind: 'parcel', tokens, shape: parcelShape(tokens) };
  }
  if (tokens.length >= 4) {
    const [first, second] = [readNumber(tokens[2]!), readNumber(tokens[3]!)];
    if (first !== null && second !== null) {
      return { kind: 'point', name: tokens[0]!, ring: tokens[1]!, first, second };
    }
  }
  return { kind: 'unreadable' };
}
