import type { Cell, CellValue, Worksheet } from 'exceljs';

export interface SheetColumn {
  title: string;
  width: number;
  /** decimals of a figure; missing: a text */
  decimals?: number;
  /** adds up under the table */
  summed?: boolean;
}

export type SheetCell = string | number | null;

/** The longest text that a cell can hold. */
const MAX_TEXT = 32_767;
const HEAD = 'FFE4F0E8';

const letter = (column: number): string =>
  (column >= 26 ? String.fromCharCode(64 + Math.floor(column / 26)) : '') +
  String.fromCharCode(65 + (column % 26));

/** Where the rows of a table stand in its sheet, counted from 1. */
export interface Placed {
  first: number;
  last: number;
}

/**
 * Writes a table below what the sheet holds: a head, the rows, and under the columns that add up their sum, as a formula
 * with its value. Figures are numbers, texts are texts whatever they begin with.
 */
export function addTable(
  sheet: Worksheet,
  columns: readonly SheetColumn[],
  rows: readonly (readonly SheetCell[])[],
  total: string | null,
): Placed {
  const head = sheet.addRow(columns.map(({ title }) => title));
  head.font = { bold: true };
  head.alignment = { wrapText: true, vertical: 'middle' };
  head.eachCell((cell) => {
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: HEAD } };
    border(cell);
  });
  const first = head.number + 1;
  for (const row of rows) style(sheet.addRow(row.map(written)), columns);
  const last = head.number + rows.length;
  if (total !== null) addTotal(sheet, columns, rows, { first, last }, total);
  return { first, last };
}

/** A line of sums over rows that stand above. */
export function addTotal(
  sheet: Worksheet,
  columns: readonly SheetColumn[],
  rows: readonly (readonly SheetCell[])[],
  { first, last }: Placed,
  label: string,
): void {
  const cells = columns.map(({ summed, decimals = 0 }, i): CellValue => {
    if (i === 0) return label;
    if (!summed || rows.length === 0) return summed ? 0 : null;
    const sum = rows.reduce((all, row) => all + Number(row[i] ?? 0), 0);
    return {
      formula: `SUM(${letter(i)}${first}:${letter(i)}${last})`,
      result: Number(sum.toFixed(decimals)),
    };
  });
  const row = sheet.addRow(cells);
  style(row, columns);
  row.font = { bold: true };
}

/** A line of text above a table. */
export function addHeading(sheet: Worksheet, text: string, size = 12): void {
  if (sheet.rowCount > 0) sheet.addRow([]);
  const row = sheet.addRow([written(text)]);
  row.font = { bold: true, size };
}

/** Widths hold for the whole sheet: the widest table's. */
export function setWidths(sheet: Worksheet, ...tables: (readonly SheetColumn[])[]): void {
  const count = Math.max(...tables.map((columns) => columns.length));
  for (let i = 0; i < count; i++)
    sheet.getColumn(i + 1).width = Math.max(...tables.map((columns) => columns[i]?.width ?? 0));
}

const written = (cell: SheetCell): CellValue => (typeof cell === 'string' ? cell.slice(0, MAX_TEXT) : cell);

function style(row: ReturnType<Worksheet['addRow']>, columns: readonly SheetColumn[]): void {
  columns.forEach(({ decimals }, i) => {
    const cell = row.getCell(i + 1);
    border(cell);
    if (decimals === undefined) cell.alignment = { wrapText: true, vertical: 'top' };
    else cell.numFmt = decimals === 0 ? '0' : `#,##0.${'0'.repeat(decimals)}`;
  });
}

function border(cell: Cell): void {
  const thin = { style: 'thin' as const, color: { argb: 'FFB9B4A4' } };
  cell.border = { top: thin, bottom: thin, left: thin, right: thin };
}
