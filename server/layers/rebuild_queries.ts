import type { Knex } from 'knex';
import { query } from '../db/index.ts';

/** A version with what ties its derived rows to it. */
export interface TiedVersion {
  county_code: string;
  id: string;
  layer: string;
  title: { zh: string; en: string };
  label: string;
  /** null: published by a Cunma that kept none */
  derived_checksum: string | null;
}

/** Published versions, county by county; of all counties where none is named. */
export async function tiedVersions(db: Knex, counties: readonly string[] | null): Promise<TiedVersion[]> {
  return query<TiedVersion>(
    db,
    `select v.county_code, v.id, v.layer, json_build_object('zh', l.title_zh, 'en', l.title_en) as title, v.label, v.derived_checksum
     from layer_version v join layer l on l.key = v.layer
     where v.status = 'published' and (?::text[] is null or v.county_code = any (?::text[]))
     order by v.county_code, l.position, v.id`,
    [counties, counties],
  );
}

export interface StoredFeature {
  /** counts the version's features from 1 */
  id: string;
  class_code: string;
  class_name: string;
  village_code: string | null;
  /** EWKB, EPSG:4490 */
  geom: Buffer;
}

/** The next features of a version in the order of their numbers. */
export async function featuresAfter(
  db: Knex,
  county: string,
  version: string,
  after: string,
  limit: number,
): Promise<StoredFeature[]> {
  return query<StoredFeature>(
    db,
    `select id, class_code, class_name, village_code, st_asewkb(geom) as geom from feature
     where county_code = ? and version_id = ? and id > ? order by id limit ?`,
    [county, version, after, limit],
  );
}

export async function setDerivedChecksum(
  db: Knex,
  county: string,
  version: string,
  checksum: string,
): Promise<void> {
  await query(db, 'update layer_version set derived_checksum = ? where county_code = ? and id = ?', [
    checksum,
    county,
    version,
  ]);
}
