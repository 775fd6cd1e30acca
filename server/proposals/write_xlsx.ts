import ExcelJS from 'exceljs';
import type { RuleBook } from '../rules/index.ts';
import { answerTable, nearTable, noteRows } from './notes.ts';
import { pointTable } from './points.ts';
import { CONFLICT_COLUMNS, conflictTable, crossTable, landTable, parcelTable, type Table } from './rows.ts';
import type { Proposal } from './run_proposal.ts';
import { addHeading, addTable, addTotal, type SheetColumn, setWidths } from './sheet_table.ts';
import { crossBlocks } from './tables.ts';
import type { Words } from './words.ts';

/** The proposal as a workbook: figures are numbers, sums are formulas with their value. Answers the file's bytes. */
export async function writeXlsx(
  proposal: Proposal,
  words: Words,
  rules: RuleBook,
  madeAt: Date,
): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.creator = 'Cunma';
  book.created = madeAt;
  const conflicts = conflictTable(proposal, words);
  addSummary(book, proposal, words, conflicts);
  plain(book, words, 'land', landTable(proposal, words), true);
  plain(book, words, 'conflicts', conflicts, false);
  addCross(book, proposal, words);
  plain(book, words, 'points', pointTable(proposal, words), false);
  addNotes(book, proposal, words, rules, madeAt);
  return Buffer.from(await book.xlsx.writeBuffer());
}

function sheetOf(book: ExcelJS.Workbook, words: Words, key: string): ExcelJS.Worksheet {
  const sheet = book.addWorksheet(words.say(`sheet.${key}`));
  sheet.pageSetup = {
    orientation: 'landscape',
    paperSize: 9,
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
  };
  return sheet;
}

/** A sheet that is one table, with its head kept in view and a filter. */
function plain(book: ExcelJS.Workbook, words: Words, key: string, table: Table, summed: boolean): void {
  const sheet = sheetOf(book, words, key);
  addTable(sheet, table.columns, table.rows, summed ? words.say('total') : null);
  setWidths(sheet, table.columns);
  sheet.views = [{ state: 'frozen', ySplit: 1 }];
  if (!summed && table.rows.length > 0)
    sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: table.columns.length } };
}

function addSummary(book: ExcelJS.Workbook, proposal: Proposal, words: Words, conflicts: Table): void {
  const sheet = sheetOf(book, words, 'summary');
  addHeading(sheet, proposal.title || words.say('untitled'), 16);
  const parcels = parcelTable(proposal, words);
  addHeading(sheet, words.say('heading.parcels'));
  addTable(sheet, parcels.columns, parcels.rows, words.say('total'));
  addHeading(sheet, words.say('heading.layers'));
  addLayerSums(sheet, words, conflicts);
  if (proposal.common.length > 0) addCommon(sheet, proposal, words);
  setWidths(sheet, parcels.columns);
}

/** How much of each zone all parcels meet, as formulas over the sheet of conflicts. */
function addLayerSums(sheet: ExcelJS.Worksheet, words: Words, conflicts: Table): void {
  const { layer, area } = CONFLICT_COLUMNS;
  const range = (column: number) => {
    const letter = String.fromCharCode(65 + column);
    return `'${words.say('sheet.conflicts')}'!$${letter}$2:$${letter}$${conflicts.rows.length + 1}`;
  };
  const columns: SheetColumn[] = [
    { title: words.column('number'), width: 8 },
    { title: words.column('layer'), width: 24 },
    { title: words.column('area_m2'), width: 16, decimals: 2 },
  ];
  const titles = [
    ...new Set(conflicts.rows.filter((row) => row[area] !== null).map((row) => String(row[layer]))),
  ];
  const { first } = addTable(
    sheet,
    columns,
    titles.map((title, i) => [String(i + 1), title, 0]),
    null,
  );
  titles.forEach((title, i) => {
    const sum = conflicts.rows
      .filter((row) => row[layer] === title)
      .reduce((all, row) => all + Number(row[area]), 0);
    sheet.getCell(first + i, 3).value = {
      formula: `SUMIF(${range(layer)},B${first + i},${range(area)})`,
      result: Number(sum.toFixed(2)),
    };
  });
}

function addCommon(sheet: ExcelJS.Worksheet, { common, parcels }: Proposal, words: Words): void {
  addHeading(sheet, words.say('heading.common'));
  addTable(
    sheet,
    [
      { title: words.column('parcel'), width: 8 },
      { title: words.column('common_with'), width: 24 },
      { title: words.column('common_m2'), width: 16, decimals: 2 },
    ],
    common.map(({ a, b, area_m2 }) => [parcels[a]!.name, parcels[b]!.name, Number(area_m2.toFixed(2))]),
    null,
  );
}

function addCross(book: ExcelJS.Workbook, proposal: Proposal, words: Words): void {
  const sheet = sheetOf(book, words, 'cross');
  const blocks = crossBlocks(proposal);
  for (const block of blocks) {
    const { columns, rows } = crossTable(block, proposal, words);
    addHeading(sheet, block.title);
    if (block.missing.length > 0) {
      const parcels = block.missing.join('、');
      sheet.addRow([words.say('cross_missing', { layer: block.title, parcels })]);
    }
    const placed = addTable(sheet, columns, rows, null);
    addTotal(sheet, columns, rows, placed, words.say('subtotal', { name: block.title }));
    setWidths(sheet, columns);
  }
}

function addNotes(
  book: ExcelJS.Workbook,
  proposal: Proposal,
  words: Words,
  rules: RuleBook,
  madeAt: Date,
): void {
  const sheet = sheetOf(book, words, 'notes');
  const columns = [
    { title: words.column('item'), width: 30 },
    { title: words.column('text'), width: 90 },
  ];
  addTable(
    sheet,
    columns,
    noteRows(proposal, words, rules, madeAt).map(([item, said]) => [item, String(said)]),
    null,
  );
  const near = nearTable(proposal, words);
  if (near.rows.length > 0) {
    addHeading(sheet, words.say('heading.near'));
    addTable(sheet, near.columns, near.rows, null);
  }
  const answers = answerTable(proposal, words);
  addHeading(sheet, words.say('heading.answers'));
  addTable(sheet, answers.columns, answers.rows, null);
  setWidths(sheet, answers.columns, [
    { title: '', width: 30 },
    { title: '', width: 60 },
  ]);
}
