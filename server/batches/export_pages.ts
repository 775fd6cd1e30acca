import type { Slices } from '../audit/index.ts';
import type { Language } from '../messages/index.ts';
import { Problem } from '../problems.ts';
import { batchById, landOf } from './batch_queries.ts';
import type { Pages } from './export_file.ts';
import type { Sheet } from './export_rows.ts';
import { attributeKeys, itemsAfter } from './item_queries.ts';
import { MAX_ATTRIBUTE_COLUMNS, ROWS_AT_ONCE } from './limits.ts';
import { placesOf } from './show_batch.ts';

/**
 * Reads the records of a batch in short transactions, so that others get their turn; ends where the reader has gone.
 * Throws `batch_unknown` where the batch is removed meanwhile: a file that is cut short must not look like a whole one.
 */
export function exportPages(slices: Slices, batch: string, language: Language, signal: AbortSignal): Pages {
  return async function* () {
    const common = await slices(async (db) => {
      const stored = await landOf(db, batch);
      return stored && { land: stored.land, fields: await attributeKeys(db, batch, MAX_ATTRIBUTE_COLUMNS) };
    });
    if (common === null) throw new Problem('batch_unknown');
    const names = new Map<string, string>();
    const sheet: Sheet = { ...common, names, language };
    let [after, more] = [0, true];
    while (more && !signal.aborted) {
      const rows = await slices(async (db) => {
        if ((await batchById(db, batch)) === null) throw new Problem('batch_unknown');
        const page = await itemsAfter(db, batch, after, ROWS_AT_ONCE);
        for (const [code, name] of await placesOf(db, page)) names.set(code, name);
        return page;
      });
      if (rows.length > 0 || after === 0) yield { rows, sheet };
      after = rows.at(-1)?.index ?? after;
      more = rows.length === ROWS_AT_ONCE;
    }
  };
}
