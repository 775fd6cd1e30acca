import { type Declared, refuseOldDatum } from '../../geometry/index.ts';
import type { TableRow } from './points_table_cells.ts';

/** Words beyond are not searched. */
const LONGEST = 20_000;
/** A datum is meant, not a place: 北京市 is an address. */
const OLD_DATUM =
  /(西安|北京|xi.?an|beijing|xa|bj)[^\d]{0,4}(19)?(80|54)(?!\d)|(?<!\d)(19)?(80|54)\s*年?(国家|西安|北京|坐标)|国家\s*(19)?80/i;

/**
 * What the words of a table (titles, headers, remarks) say about its system: 中央子午线, 带号, 3度带, 2000. Null where
 * they say nothing.
 * @throws Problem crs_datum_refused
 */
export function declaredByRemarks(rows: readonly TableRow[], file: string): Declared | null {
  const text = rows
    .map(({ cells }) => cells.join(' '))
    .join(' ')
    .normalize('NFKC')
    .slice(0, LONGEST);
  const old = OLD_DATUM.exec(text);
  if (old) {
    const name = text.slice(Math.max(0, old.index - 10), old.index + 30).trim();
    refuseOldDatum(name.includes('80') ? `西安80: ${name}` : `北京54: ${name}`, { file });
  }
  const meridian =
    /中央(?:子午线|经线)[^\d]{0,8}(\d{2,3})(?!\d)/.exec(text) ?? /\bcm\s*[:=]?\s*(\d{2,3})\b/i.exec(text);
  const number = /带号[^\d]{0,4}(\d{2})(?!\d)/.exec(text) ?? /第\s*(\d{2})\s*(?:投影)?带/.exec(text);
  const width = /(?<!\d)([36三六])\s*(?:度|°)\s*(?:分)?带/.exec(text)?.[1];
  const found = [meridian?.[0], number?.[0], width && `${width}度带`].filter((one) => one !== undefined);
  if (found.length === 0) return null;
  return {
    text: found.join(' '),
    meridian: meridian ? Number(meridian[1]) : undefined,
    number: number ? Number(number[1]) : undefined,
    width: width === undefined ? undefined : width === '3' || width === '三' ? 3 : 6,
  };
}

/** The datum that the words name; GCJ-02 (shifted as web maps are) before all. Undefined where they name none. */
export function statedDatum(rows: readonly TableRow[]): 'gcj02' | 'cgcs2000' | undefined {
  const text = rows
    .map(({ cells }) => cells.join(' '))
    .join(' ')
    .slice(0, LONGEST);
  if (/gcj.?02|火星坐标/i.test(text)) return 'gcj02';
  return /cgcs.?2000|2000\s*(国家|坐标)|国家\s*2000/i.test(text) ? 'cgcs2000' : undefined;
}
