import type { Knex } from 'knex';
import { query } from '../db/index.ts';

/** 60 bits of a row's MD5: their sum does not depend on the order of the rows. */
const hash = (columns: string): string => `('x' || left(md5(row(${columns})::text), 15))::bit(60)::bigint`;

/**
 * Checksum of all that was derived from a version: pieces, coverage and sums, whatever their order. Areas of sums to
 * 1e-4 m², since the order of adding is not fixed.
 */
export async function derivedChecksum(db: Knex, county: string, version: string): Promise<string> {
  const [row] = await query<{ checksum: string }>(
    db,
    `select md5(string_agg(kind || ' ' || rows || ' ' || sum, ', ' order by kind)) as checksum
     from (
       select 'piece' as kind, count(*) as rows, coalesce(sum(${hash(
         'feature_id, class_code, class_name, village_code, area_m2, kcxs, slope_class, ownership, md5(st_asewkb(geom))',
       )}), 0) as sum
       from piece where county_code = ? and version_id = ?
       union all
       select 'coverage', count(*), coalesce(sum(${hash('area_m2, md5(st_asewkb(geom))')}), 0)
       from coverage_piece where county_code = ? and version_id = ?
       union all
       select 'total', count(*), coalesce(sum(${hash(
         'division_code, class_code, class_name, round(area_m2::numeric, 4)',
       )}), 0)
       from division_total where county_code = ? and version_id = ?
     ) each_kind`,
    [county, version, county, version, county, version],
  );
  return row!.checksum;
}

/** Takes away all that was derived from a version; the version and its features stay. */
export async function forgetDerived(db: Knex, county: string, version: string): Promise<void> {
  for (const table of ['piece', 'coverage_piece', 'division_total'])
    await query(db, `delete from ${table} where county_code = ? and version_id = ?`, [county, version]);
}
