import { type DemonstrationCounty, demonstrationPlan } from '../data/demonstration/index.ts';
import { LAYER_KEYS } from './contract/index.ts';
import type { Database } from './db/index.ts';
import type { LoadProgress } from './imports/index.ts';
import { claimLandKind, landKind, landMadeFrom, lockLand, noteDemonstration } from './layers/index.ts';
import { Problem } from './problems.ts';
import { putCounty } from './seed.ts';

/**
 * Loads one county of demonstration land in one transaction, or nothing where it is loaded already. `scale` is all
 * counties of its scale: borders of different scales do not meet. Throws `land_mixed` and `land_made_otherwise`.
 */
export async function loadDemonstration(
  database: Database,
  scale: readonly DemonstrationCounty[],
  county: DemonstrationCounty,
  tell: (progress: LoadProgress) => void,
): Promise<'loaded' | 'skipped'> {
  return database.knex.transaction(async (db) => {
    await lockLand(db);
    await claimLandKind(db, true);
    const held = await landMadeFrom(db);
    const odd = madeOtherwise(held, scale);
    if (odd !== null) throw new Problem('land_made_otherwise', { params: { county: odd } });
    if (held.has(county.code)) return 'skipped';
    await putCounty(db, database, county.build(), tell);
    await noteDemonstration(db, county.code, county.fingerprint);
    return 'loaded';
  });
}

/** A county whose land was not made as `scale` makes it; null: there is none. */
export function madeOtherwise(
  held: ReadonlyMap<string, string>,
  scale: readonly DemonstrationCounty[],
): string | null {
  const made = new Map(scale.map(({ code, fingerprint }) => [code, fingerprint]));
  return [...held].find(([code, fingerprint]) => made.get(code) !== fingerprint)?.[0] ?? null;
}

/** Loads the demonstration land where there is no land, or where an interrupted start left counties of it out. */
export async function seedDemonstration(
  database: Database,
  tell: (done: number, total: number) => void,
): Promise<void> {
  const scale = demonstrationPlan();
  const held = await landMadeFrom(database.knex);
  if ((await landKind(database.knex)) === false || madeOtherwise(held, scale) !== null) return;
  const missing = scale.filter(({ code }) => !held.has(code));
  const total = missing.length * LAYER_KEYS.length;
  let done = 0;
  if (total > 0) tell(done, total);
  for (const county of missing) {
    await loadDemonstration(database, scale, county, ({ published }) => {
      if (published) tell(++done, total);
    });
  }
}
