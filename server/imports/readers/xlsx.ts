import type { Document, Element } from '@xmldom/xmldom';
import type { ArchiveEntry } from '../../archive/index.ts';
import { decodeText } from '../../decode_text.ts';
import { messageText } from '../../messages/index.ts';
import { Problem } from '../../problems.ts';
import { note } from '../notes.ts';
import type { ReadFile, ReadOptions } from '../types.ts';
import { children, descendants, parseXml } from '../xml.ts';
import { readPointsTable } from './points_table.ts';
import { readSheetRows } from './xlsx_sheet.ts';

const WORKBOOK = 'xl/workbook.xml';

/** Whether an archive is an Office Open XML workbook (ECMA-376). */
export function isXlsx(entries: ArchiveEntry[]): boolean {
  const paths = new Set(entries.map(({ path }) => path.toLowerCase()));
  return paths.has('[content_types].xml') && paths.has(WORKBOOK);
}

type Parts = Map<string, ArchiveEntry>;

function readPart(parts: Parts, path: string): Document | null {
  const entry = parts.get(path.toLowerCase());
  return entry ? parseXml(entry.path, decodeText(entry.bytes(), entry.path).text) : null;
}

/** Text of a string item: its runs together, without phonetic guides. */
function itemText(item: Element): string {
  const runs = children(item).filter(({ localName }) => localName === 't' || localName === 'r');
  return runs.map((run) => (run.localName === 't' ? run : children(run, 't')[0])?.textContent ?? '').join('');
}

interface Sheet {
  name: string;
  path: string;
}

/** The visible sheets in their order, with the path of each. */
function sheetsOf(parts: Parts, workbook: Document): Sheet[] {
  const relations = readPart(parts, 'xl/_rels/workbook.xml.rels');
  const targets = new Map<string | null, string>(
    (relations ? descendants(relations, ['Relationship']) : []).map((one) => [
      one.getAttribute('Id'),
      (one.getAttribute('Target') ?? '').replace(/^\/?(xl\/)?/, 'xl/'),
    ]),
  );
  return descendants(workbook, ['sheet'])
    .filter((sheet) => !/^(veryH|h)idden$/.test(sheet.getAttribute('state') ?? ''))
    .flatMap((sheet) => {
      const id = [...sheet.attributes].find(({ localName, prefix }) => localName === 'id' && prefix !== null);
      const path = targets.get(id?.value ?? '');
      return path === undefined ? [] : [{ name: sheet.getAttribute('name') ?? '', path }];
    });
}

/**
 * An Excel workbook of points: the first visible sheet that holds anything, read as a table. Of formulas only the values
 * that were stored with them count; nothing is calculated, no link is followed.
 * @throws Problem of parseXml and readPointsTable; columns_unknown where no columns are coordinates
 */
export function readXlsx(file: string, entries: ArchiveEntry[], options: ReadOptions): ReadFile {
  const parts: Parts = new Map(entries.map((entry) => [entry.path.toLowerCase(), entry]));
  const sheets = sheetsOf(parts, readPart(parts, WORKBOOK)!);
  const shared = readPart(parts, 'xl/sharedStrings.xml');
  const strings = shared ? descendants(shared, ['si']).map(itemText) : [];
  for (const { name, path } of sheets) {
    const document = readPart(parts, path);
    if (!document) throw new Problem('file_unreadable', { params: { file, place: path }, where: { file } });
    const rows = readSheetRows(document, (index) => strings[index], itemText);
    if (rows.length === 0) continue;
    const read = readPointsTable(file, rows, options, 'xlsx');
    if (!read) throw new Problem('columns_unknown', { params: { file }, where: { file } });
    if (sheets.length === 1) return read;
    const used = note('info', 'sheet_used', { sheet: name, count: sheets.length - 1 }, { file });
    return { ...read, notes: [used, ...read.notes] };
  }
  const { zh, en } = messageText('notes.sheets_empty');
  throw new Problem('file_no_shapes', { params: { file, reason_zh: zh, reason_en: en }, where: { file } });
}
