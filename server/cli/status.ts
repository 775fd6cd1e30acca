import type { LandStatusRow } from '../layers/index.ts';
import { type Language, message } from '../messages/index.ts';
import { type Params, say } from './say.ts';

/** Lists versions county by county, in both languages. `rows` in the order of counties. */
export function tellStatus(rows: readonly LandStatusRow[]): void {
  if (rows.length === 0) say('no_land');
  for (const county of new Set(rows.map((row) => row.county_code))) {
    const versions = rows.filter((row) => row.county_code === county);
    say('status_county', (language) => countyParams(versions, language));
    for (const row of versions) say('status_version', (language) => versionParams(row, language));
  }
}

function countyParams(versions: readonly LandStatusRow[], language: Language): Params {
  const { county_code, county_name, demonstration } = versions[0]!;
  const features = versions.reduce((sum, row) => sum + (row.feature_count ?? 0), 0);
  return {
    county: county_code,
    name: county_name ?? '',
    kind: word(language, demonstration ? 'kind_demonstration' : 'kind_real'),
    versions: versions.length,
    features: features.toLocaleString('en'),
  };
}

function versionParams(row: LandStatusRow, language: Language): Params {
  const status = word(language, `status_${row.status}`);
  return {
    layer: row.title[language],
    label: row.label,
    from: row.in_force_from,
    until: row.in_force_until ?? word(language, 'now_in_force'),
    features: (row.feature_count ?? 0).toLocaleString('en'),
    status: row.declared_empty ? `${status} · ${word(language, 'declared_empty')}` : status,
  };
}

function word(language: Language, key: string): string {
  return message(language, `operator.${key}`);
}
