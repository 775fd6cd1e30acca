import type { Knex } from 'knex';
import type { Who } from '../actor.ts';
import type { TrailEntry, TrailExportQuery } from '../contract/index.ts';
import { Problem } from '../problems.ts';
import { isWithin } from '../rights.ts';
import { appendAudit } from './append.ts';
import { BYTE_ORDER_MARK, csvLine } from './csv.ts';
import { countEntries, type Wanted } from './queries.ts';
import { instant, readTrail, wantedOf } from './read_trail.ts';
import type { Slices } from './slices.ts';

/** Entries of one export: beyond, the period must be narrowed. */
export const MAX_EXPORT_ENTRIES = 100_000;
const ENTRIES_PER_SLICE = 500;

type Format = TrailExportQuery['format'];

/**
 * Begins an export: counts, and enters the reading itself in the trail of each area it is about. Answers what is to be
 * read: nothing that comes after now. Throws `export_too_large`.
 */
export async function beginExport(
  db: Knex,
  who: Who,
  areas: readonly string[],
  { format, lang: _, ...filters }: TrailExportQuery,
): Promise<Wanted> {
  const wanted = wantedOf(filters);
  const now = instant(Date.now());
  wanted.to = wanted.to === undefined || wanted.to > now ? now : wanted.to;
  const entries = await countEntries(db, wanted, MAX_EXPORT_ENTRIES + 1);
  if (entries > MAX_EXPORT_ENTRIES)
    throw new Problem('export_too_large', { params: { limit: MAX_EXPORT_ENTRIES } });
  for (const division_code of concerned(areas, filters.division).sort())
    await appendAudit(db, who, {
      action: 'audit.export',
      record_kind: 'audit',
      record_id: division_code,
      division_code,
      right: 'audit.read',
      after: { format, entries, ...filters },
    });
  return wanted;
}

/** The caller's areas that the export is about. */
function concerned(areas: readonly string[], division: string | undefined): string[] {
  if (division === undefined) return [...areas];
  if (isWithin(division, areas)) return [division];
  const inside = areas.filter((area) => area.startsWith(division));
  return inside.length > 0 ? inside : [...areas];
}

const COLUMNS = [
  'at',
  'county_code',
  'seq',
  'account_id',
  'login',
  'via',
  'address',
  'request_id',
  'right',
  'action',
  'record_kind',
  'record_id',
  'division_code',
  'roles',
  'before',
  'after',
  'hash',
] as const;

/** The text of an export, slice by slice, newest entry first. */
export async function* exportText(
  slices: Slices,
  wanted: Wanted,
  format: Format,
  signal: AbortSignal,
): AsyncGenerator<string> {
  if (format === 'csv') yield BYTE_ORDER_MARK + csvLine(COLUMNS);
  const line = format === 'csv' ? csvOf : (entry: TrailEntry) => `${JSON.stringify(entry)}\n`;
  let before: string | undefined;
  do {
    const from = before;
    const page = await slices((db) => readTrail(db, wanted, { before: from, limit: ENTRIES_PER_SLICE }));
    yield page.entries.map(line).join('');
    before = page.next ?? undefined;
  } while (before !== undefined && !signal.aborted);
}

function csvOf(entry: TrailEntry): string {
  const cells = { ...entry, account_id: entry.account?.id ?? null, login: entry.account?.login ?? null };
  return csvLine(
    COLUMNS.map((name) => {
      const value = cells[name];
      return typeof value === 'string' || value === null ? value : JSON.stringify(value);
    }),
  );
}
