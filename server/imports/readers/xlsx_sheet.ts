import type { Document, Element } from '@xmldom/xmldom';
import { checkVertexCount } from '../bounds.ts';
import { MAX_COLUMNS } from '../limits.ts';
import { children, childText, descendants } from '../xml.ts';
import type { TableRow } from './points_table_cells.ts';

/** Stands for a formula without a stored value, or a cell that points nowhere: no number and not blank. */
const NO_VALUE = '#0';

/** Column of a reference such as C12, from 0; -1 where it has none. */
function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(reference)?.[0] ?? '';
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

type StringAt = (index: number) => string | undefined;

/** What a cell shows as text; numbers in full precision as they are stored. */
function cellText(cell: Element, stringAt: StringAt, itemText: (item: Element) => string): string {
  const type = cell.getAttribute('t') ?? 'n';
  if (type === 'inlineStr') return children(cell, 'is').map(itemText).join('').trim();
  const value = childText(cell, 'v');
  if (value === null) return children(cell, 'f').length > 0 ? NO_VALUE : '';
  if (type !== 's') return value;
  return (/^\d+$/.test(value) ? (stringAt(Number(value)) ?? NO_VALUE) : NO_VALUE).trim();
}

/**
 * The rows of a sheet that hold anything, with the numbers that Excel shows. Columns beyond the limit are passed over.
 * @throws Problem too_many_vertices
 */
export function readSheetRows(
  sheet: Document,
  stringAt: StringAt,
  itemText: (item: Element) => string,
): TableRow[] {
  const rows: TableRow[] = [];
  let line = 0;
  for (const row of descendants(sheet, ['row'])) {
    const stated = Number(row.getAttribute('r') ?? Number.NaN);
    line = Number.isInteger(stated) && stated > line ? stated : line + 1;
    const cells: string[] = [];
    let column = -1;
    for (const cell of children(row, 'c')) {
      const at = columnOf(cell.getAttribute('r') ?? '');
      column = at > column ? at : column + 1;
      if (column >= MAX_COLUMNS) break;
      while (cells.length < column) cells.push('');
      cells.push(cellText(cell, stringAt, itemText));
    }
    if (cells.some((text) => text !== '')) rows.push({ line, cells });
    checkVertexCount(rows.length);
  }
  return rows;
}
