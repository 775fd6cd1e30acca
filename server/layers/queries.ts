import type { Knex } from 'knex';
import { copyFloat, copyInteger, copyJson, copyRows, copyText, prepared, query } from '../db/index.ts';
import { MOST_STRETCH } from '../geometry/index.ts';

/** A layer of the registry, with the thresholds that its answers print. */
export interface Layer {
  key: string;
  title: { zh: string; en: string };
  kind: 'land_use' | 'zone' | 'reference' | 'self_test';
  legal_basis: string[];
  office: string;
  threshold_m2: number;
  near_miss_m: number;
  audience: 'none' | 'picture' | 'generalised' | 'exact';
  colour: string;
  position: number;
}

/** A published version of one layer in one county. `id` is a bigint, as text. */
export interface LayerVersion {
  county_code: string;
  id: string;
  layer: string;
  label: string;
  source: string;
  in_force_from: string;
  in_force_until: string | null;
  declared_empty: boolean;
  demonstration: boolean;
  checksum: string;
}

const LAYER_COLUMNS = `key, json_build_object('zh', title_zh, 'en', title_en) as title, kind, legal_basis, office,
  threshold_m2, near_miss_m, audience, colour, position`;
const VERSION_COLUMNS =
  'county_code, id, layer, label, source, in_force_from, in_force_until, declared_empty, demonstration, checksum';

/** The layers that answers are about, in their order. */
export async function listLayers(db: Knex): Promise<Layer[]> {
  const rows = await query<Layer>(
    db,
    `select ${LAYER_COLUMNS} from layer where kind <> 'self_test' order by position, key`,
  );
  return rows;
}

/** Adds layers that the registry does not have yet; what a city changed stays. */
export async function addLayers(db: Knex, layers: readonly Layer[]): Promise<void> {
  for (const layer of layers) {
    await query(
      db,
      `insert into layer (key, title_zh, title_en, kind, legal_basis, office, threshold_m2, near_miss_m, audience, colour, position)
       values (?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?) on conflict (key) do nothing`,
      [
        layer.key,
        layer.title.zh,
        layer.title.en,
        layer.kind,
        JSON.stringify(layer.legal_basis),
        layer.office,
        layer.threshold_m2,
        layer.near_miss_m,
        layer.audience,
        layer.colour,
        layer.position,
      ],
    );
  }
}

/** The newest published version per layer and county that is in force on `day`, of the counties named. */
export async function versionsInForce(
  db: Knex,
  day: string,
  counties: readonly string[],
): Promise<LayerVersion[]> {
  const rows = await query<LayerVersion>(
    db,
    `select distinct on (county_code, layer) ${VERSION_COLUMNS}
     from layer_version
     where county_code = any (?) and status = 'published' and in_force_from <= ?::date
       and (in_force_until is null or in_force_until >= ?::date)
     order by county_code, layer, in_force_from desc, id desc`,
    [counties, day, day],
  );
  return rows;
}

/** How far beyond a shape near misses are looked for, m of EPSG:6933: over the border of a county too. SQL. */
export const NEAR_REACH = `(select coalesce(max(near_miss_m), 0) * ${MOST_STRETCH} from layer)`;

/** What an overlay of a shape rests on. */
export interface LandAt {
  /** counties whose published land may touch the shape or come near it */
  counties: string[];
  layers: Layer[];
  versions: LayerVersion[];
}

/**
 * The registry, the counties whose published land may touch a shape or come near it (EWKB, EPSG:6933), and their versions in force on
 * `day`, in one statement. The self-test's county is none.
 */
export async function landAt(db: Knex, shape: Buffer, day: string): Promise<LandAt> {
  const [row] = await prepared<LandAt>(
    db,
    `with county as materialized (
       select distinct county_code from layer_version
       where status = 'published' and county_code <> '000000' and coverage && st_expand(st_geomfromewkb(?), ${NEAR_REACH})
     ), in_force as (
       select distinct on (county_code, layer) ${VERSION_COLUMNS}
       from layer_version
       where county_code = any (array (select county_code from county)) and status = 'published'
         and in_force_from <= ?::date and (in_force_until is null or in_force_until >= ?::date)
       order by county_code, layer, in_force_from desc, id desc
     )
     select array (select county_code::text from county order by county_code) as counties,
       (select coalesce(json_agg(l order by l.position, l.key), '[]')
        from (select ${LAYER_COLUMNS} from layer where kind <> 'self_test') l) as layers,
       (select coalesce(json_agg(v), '[]') from (select in_force.*, id::text as id from in_force) v) as versions`,
    [shape, day, day],
  );
  return row!;
}

/** The version of a county that was published last; null: it has none. */
export async function latestVersion(db: Knex, county: string): Promise<string | null> {
  const rows = await query<{ id: string }>(
    db,
    `select id from layer_version where county_code = ? and status = 'published' order by id desc limit 1`,
    [county],
  );
  return rows[0]?.id ?? null;
}

export async function countPublished(db: Knex): Promise<number> {
  const rows = await query<{ n: number }>(
    db,
    `select count(*)::int as n from layer_version where status = 'published' and county_code <> '000000'`,
  );
  return rows[0]!.n;
}

export interface NewVersion {
  county_code: string;
  layer: string;
  label: string;
  source: string;
  in_force_from: string;
  in_force_until: string | null;
  declared_empty: boolean;
  demonstration: boolean;
  coverage: Buffer;
}

/** Begins a version: loaded beside the old one, seen by nobody until it is published. */
export async function insertVersion(db: Knex, version: NewVersion): Promise<string> {
  const rows = await query<{ id: string }>(
    db,
    `insert into layer_version (county_code, layer, label, source, in_force_from, in_force_until, status,
       declared_empty, demonstration, coverage)
     values (?, ?, ?, ?, ?, ?, 'loading', ?, ?, st_geomfromewkb(?)) returning id`,
    [
      version.county_code,
      version.layer,
      version.label,
      version.source,
      version.in_force_from,
      version.in_force_until,
      version.declared_empty,
      version.demonstration,
      version.coverage,
    ],
  );
  return rows[0]!.id;
}

export async function publishVersion(
  db: Knex,
  county: string,
  id: string,
  facts: { checksum: string; feature_count: number },
): Promise<void> {
  await query(
    db,
    `update layer_version set status = 'published', published_at = now(), checksum = ?, feature_count = ?
     where county_code = ? and id = ? and status = 'loading'`,
    [facts.checksum, facts.feature_count, county, id],
  );
}

export interface FeatureRow {
  id: number;
  class_code: string;
  class_name: string;
  village_code: string | null;
  kcxs: number | null;
  gross_area_m2: number;
  net_area_m2: number;
  attributes: Record<string, unknown>;
  /** EWKB, EPSG:4490 */
  geom: Buffer;
}

/** Inserts a batch of features of one version. */
export async function insertFeatures(
  db: Knex,
  county: string,
  version: string,
  rows: readonly FeatureRow[],
): Promise<void> {
  await query(
    db,
    `insert into feature (county_code, version_id, id, class_code, class_name, village_code, kcxs,
       gross_area_m2, net_area_m2, attributes, geom)
     select ?, ?, f.id, f.class_code, f.class_name, f.village_code, f.kcxs, f.gross, f.net, f.attributes::jsonb,
       st_geomfromewkb(f.geom)
     from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::float8[], ?::float8[], ?::float8[], ?::text[], ?::bytea[])
       as f (id, class_code, class_name, village_code, kcxs, gross, net, attributes, geom)`,
    [
      county,
      version,
      rows.map((r) => r.id),
      rows.map((r) => r.class_code),
      rows.map((r) => r.class_name),
      rows.map((r) => r.village_code),
      rows.map((r) => r.kcxs),
      rows.map((r) => r.gross_area_m2),
      rows.map((r) => r.net_area_m2),
      rows.map((r) => JSON.stringify(r.attributes)),
      rows.map((r) => r.geom),
    ],
  );
}

/** The same as {@link insertFeatures} by COPY: native PostgreSQL only. */
export async function copyFeatures(
  db: Knex,
  county: string,
  version: string,
  rows: readonly FeatureRow[],
): Promise<void> {
  const key = [copyText(county), copyInteger(version)];
  await copyRows(
    db,
    `copy feature (county_code, version_id, id, class_code, class_name, village_code, kcxs, gross_area_m2, net_area_m2,
       attributes, geom) from stdin (format binary)`,
    rows.map((r) => [
      ...key,
      copyInteger(r.id),
      copyText(r.class_code),
      copyText(r.class_name),
      copyText(r.village_code),
      copyFloat(r.kcxs),
      copyFloat(r.gross_area_m2),
      copyFloat(r.net_area_m2),
      copyJson(r.attributes),
      r.geom,
    ]),
  );
}
