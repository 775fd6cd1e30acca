import type { Knex } from 'knex';
import type { CheckFilter, CheckList } from '../contract/index.ts';
import { Problem } from '../problems.ts';
import { isWithin } from '../rights.ts';
import { listChecks } from './staff_queries.ts';

const PAGE = 50;

/**
 * Checks of the caller's areas, newest first. An id is the key with which anybody opens or deletes a check, so staff get
 * its first digits only. Throws `forbidden` for a division beyond the areas.
 */
export async function listChecksFor(
  db: Knex,
  areas: readonly string[],
  filter: CheckFilter,
): Promise<CheckList> {
  const { division = null, limit = PAGE } = filter;
  if (division !== null && !isWithin(division, areas)) throw new Problem('forbidden');
  const rows = await listChecks(db, {
    outcome: filter.outcome ?? null,
    activity: filter.activity ?? null,
    division,
    from: filter.from ?? null,
    until: filter.until ?? null,
    after: readCursor(filter.before),
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    checks: page.map(({ village, expires_at, ...row }) => ({
      ...row,
      expires_at: new Date(expires_at).toISOString(),
      village: village && { code: village.code, name: village.name, path: village.path },
    })),
    next: rows.length > limit && last ? `${last.created_at}_${last.reference}` : null,
  };
}

function readCursor(text: string | undefined): { created_at: string; reference: string } | null {
  if (text === undefined) return null;
  const [created_at, reference] = text.split('_');
  return { created_at: created_at!, reference: reference! };
}
