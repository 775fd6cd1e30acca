import { PassThrough, type Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import { BYTE_ORDER_MARK, csvLine } from '../audit/index.ts';
import { multiPolygonFromEwkb } from '../geometry/index.ts';
import { classHeadings, classRows, type Sheet, say, shapeHeadings, shapeRow } from './export_rows.ts';
import type { WholeItemRow } from './item_queries.ts';

/** Records page by page, in the order of the file, from the beginning each time it is called. */
export type Pages = () => AsyncIterable<{ rows: WholeItemRow[]; sheet: Sheet }>;

const cell = (value: string | number | null) => (value === null ? null : String(value));

/** A row per record; UTF-8 with a byte order mark, no cell a formula (RFC 4180). */
export async function* csvText(pages: Pages): AsyncGenerator<string> {
  let begun = false;
  for await (const { rows, sheet } of pages()) {
    if (!begun) yield BYTE_ORDER_MARK + csvLine(shapeHeadings(sheet));
    begun = true;
    yield rows.map((row) => csvLine(shapeRow(row, sheet).map(cell))).join('');
  }
}

/** A FeatureCollection of all records; those without a shape have the geometry null. */
export async function* geojsonText(pages: Pages): AsyncGenerator<string> {
  yield '{"type":"FeatureCollection","features":[';
  let separator = '\n';
  for await (const { rows, sheet } of pages())
    for (const row of rows) {
      yield separator + JSON.stringify(featureOf(row, sheet));
      separator = ',\n';
    }
  yield '\n]}\n';
}

/** Flat properties: a geographic information system makes columns of them. */
function featureOf(row: WholeItemRow, sheet: Sheet) {
  const { index, name, status, village_code, area_m2, summary, remark, attributes, geom } = row;
  const layers = Object.entries(summary ?? {}).flatMap(([key, [layerStatus, area]]) => [
    [`${key}_status`, layerStatus],
    [`${key}_m2`, Number(area.toFixed(2))],
  ]);
  return {
    type: 'Feature',
    id: index,
    geometry: geom === null ? null : { type: 'MultiPolygon', coordinates: multiPolygonFromEwkb(geom) },
    properties: {
      ...attributes,
      index,
      name,
      status,
      village_code,
      village: village_code === null ? null : (sheet.names.get(village_code) ?? null),
      area_m2: area_m2 === null ? null : Number(area_m2.toFixed(2)),
      remark: remark === null ? null : remark.message[sheet.language],
      ...Object.fromEntries(layers),
    },
  };
}

/** A workbook with a sheet of shapes and one of classes, written as it is read. */
export function xlsxStream(pages: Pages, fail: (error: unknown) => void): Readable {
  const stream = new PassThrough();
  writeWorkbook(pages, stream).catch((error: unknown) => {
    fail(error);
    stream.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return stream;
}

async function writeWorkbook(pages: Pages, stream: PassThrough): Promise<void> {
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true });
  const sheetOf = (name: string) => book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  let shapes: ExcelJS.Worksheet | null = null;
  for await (const { rows, sheet } of pages()) {
    if (shapes === null) {
      shapes = sheetOf(say(sheet.language, 'sheet.shapes'));
      heading(shapes, shapeHeadings(sheet));
    }
    for (const row of rows) shapes.addRow(shapeRow(row, sheet)).commit();
    await drained(stream);
  }
  shapes?.commit();
  let classes: ExcelJS.Worksheet | null = null;
  for await (const { rows, sheet } of pages()) {
    if (classes === null) {
      classes = sheetOf(say(sheet.language, 'sheet.classes'));
      heading(classes, classHeadings(sheet));
    }
    for (const row of rows) for (const line of classRows(row, sheet)) classes.addRow(line).commit();
    await drained(stream);
  }
  classes?.commit();
  await book.commit();
}

function heading(sheet: ExcelJS.Worksheet, cells: string[]): void {
  const row = sheet.addRow(cells);
  row.font = { bold: true };
  row.commit();
}

/** Whoever reads slowly is waited for, or the whole workbook would stand in memory. */
async function drained(stream: PassThrough): Promise<void> {
  while (stream.readableLength > stream.readableHighWaterMark && !stream.destroyed)
    await new Promise((resolve) => setTimeout(resolve, 20));
  if (stream.destroyed) throw new Error('nobody reads the workbook any more');
}
