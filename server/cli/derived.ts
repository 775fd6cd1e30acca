import type { Database } from '../db/index.ts';
import { changedVersions, rebuildVersion } from '../imports/index.ts';
import { analyzeLand, liftTimeLimit, type TiedVersion, tiedVersions } from '../layers/index.ts';
import type { Language } from '../messages/index.ts';
import { say } from './say.ts';

/** Versions of the counties named, or of all; says so where a county has none. */
async function versionsOf(knex: Database['knex'], counties: string[] | null): Promise<TiedVersion[]> {
  const versions = await tiedVersions(knex, counties);
  const without = (counties ?? []).filter(
    (code) => !versions.some((version) => version.county_code === code),
  );
  for (const county of without) say('county_without_land', { county });
  if (versions.length === 0 && counties === null) say('no_land');
  return without.length > 0 ? [] : versions;
}

const versionParams =
  ({ county_code, title, label }: TiedVersion) =>
  (language: Language) => ({
    county: county_code,
    layer: title[language],
    label,
  });

/** Whether what overlays read is what was derived from each version when it was published. */
export async function verifyDerived({ knex }: Database, counties: string[] | null): Promise<number> {
  const versions = await versionsOf(knex, counties);
  if (versions.length === 0) return counties === null ? 0 : 2;
  const changed = await knex.transaction(async (db) => {
    await liftTimeLimit(db);
    return changedVersions(db, versions);
  });
  for (const version of changed)
    say(version.derived_checksum === null ? 'derived_untied' : 'derived_changed', versionParams(version));
  say(changed.length === 0 ? 'derived_sound' : 'derived_rebuild', {
    versions: versions.length,
    changed: changed.length,
  });
  return changed.length === 0 ? 0 : 1;
}

/** Derives all that overlays read once more, version by version; what was done stays where one fails. */
export async function rebuildDerived(
  { knex, gridSize, kind }: Database,
  counties: string[] | null,
): Promise<number> {
  const versions = await versionsOf(knex, counties);
  if (versions.length === 0) return counties === null ? 0 : 2;
  for (const [i, version] of versions.entries()) {
    const place = { index: i + 1, total: versions.length };
    say('rebuilding', (language) => ({ ...place, ...versionParams(version)(language) }));
    await knex.transaction((db) => rebuildVersion(db, version, { gridSize, copy: kind === 'native' }));
  }
  await knex.transaction(analyzeLand);
  say('rebuilt', { versions: versions.length });
  return 0;
}
