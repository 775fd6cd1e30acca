import type { Knex } from 'knex';
import type { ItemFilter, ItemStatus } from '../contract/index.ts';
import { query } from '../db/index.ts';
import type { ReadNote } from '../imports/index.ts';
import type { StoredAnswer, Summary } from './answer.ts';

export interface ItemRow {
  index: number;
  name: string | null;
  status: ItemStatus;
  village_code: string | null;
  area_m2: number | null;
  lon: number | null;
  lat: number | null;
  summary: Summary | null;
  remark: ReadNote | null;
  attributes: Record<string, unknown>;
}

const COLUMNS = `index, name, status, village_code, area_m2, st_x(st_centroid(geom)) as lon,
  st_y(st_centroid(geom)) as lat, summary, remark, attributes`;

interface Condition {
  sql: string;
  values: unknown[];
}

function conditions(
  batch: string,
  { township, status, layer, q, bbox }: Omit<ItemFilter, 'sort'>,
): Condition {
  const all: Condition[] = [{ sql: 'batch_id = ?', values: [batch] }];
  if (township !== undefined) all.push({ sql: 'starts_with(village_code, ?)', values: [township] });
  if (status !== undefined)
    all.push(
      layer === undefined
        ? { sql: 'status = ?', values: [status] }
        : { sql: 'summary -> ? ->> 0 = ?', values: [layer, status] },
    );
  if (q !== undefined && q !== '')
    all.push({ sql: '(position(lower(?) in lower(name)) > 0 or index::text = ?)', values: [q, q.trim()] });
  if (bbox !== undefined) all.push({ sql: 'geom && st_makeenvelope(?, ?, ?, ?, 4490)', values: [...bbox] });
  return { sql: all.map(({ sql }) => sql).join(' and '), values: all.flatMap(({ values }) => values) };
}

function ordering(sort = 'index'): Condition {
  const key = sort.replace(/^-/, '');
  const direction = sort.startsWith('-') ? 'desc nulls last' : 'asc nulls last';
  if (key === 'index') return { sql: `index ${direction}`, values: [] };
  if (key === 'area') return { sql: `area_m2 ${direction}, index`, values: [] };
  return { sql: `(summary -> ? ->> 1)::float8 ${direction}, index`, values: [key] };
}

/** One page of the records of a batch that the transaction may see. */
export async function listItems(
  db: Knex,
  batch: string,
  filter: ItemFilter,
  page: { limit: number; offset: number },
): Promise<ItemRow[]> {
  const where = conditions(batch, filter);
  const order = ordering(filter.sort);
  return query<ItemRow>(
    db,
    `select ${COLUMNS} from overlay_batch_item where ${where.sql} order by ${order.sql} limit ? offset ?`,
    [...where.values, ...order.values, page.limit, page.offset],
  );
}

export async function countItems(db: Knex, batch: string, filter: ItemFilter): Promise<number> {
  const where = conditions(batch, filter);
  const [row] = await query<{ n: number }>(
    db,
    `select count(*)::int as n from overlay_batch_item where ${where.sql}`,
    where.values,
  );
  return row!.n;
}

export interface WholeItemRow extends ItemRow {
  answer: StoredAnswer | null;
  counties: string[] | null;
  /** EWKB, EPSG:4490 */
  geom: Buffer | null;
}

const WHOLE = `${COLUMNS}, answer, counties, st_asewkb(geom) as geom`;

export async function itemByIndex(db: Knex, batch: string, index: number): Promise<WholeItemRow | null> {
  const [row] = await query<WholeItemRow>(
    db,
    `select ${WHOLE} from overlay_batch_item where batch_id = ? and index = ?`,
    [batch, index],
  );
  return row ?? null;
}

/** Records after `index`, in the order of the file: for exports. */
export async function itemsAfter(
  db: Knex,
  batch: string,
  index: number,
  limit: number,
): Promise<WholeItemRow[]> {
  return query<WholeItemRow>(
    db,
    `select ${WHOLE} from overlay_batch_item where batch_id = ? and index > ? order by index limit ?`,
    [batch, index, limit],
  );
}

/** Townships in which shapes with results lie, and how many. */
export async function townshipsOf(db: Knex, batch: string): Promise<{ code: string; shapes: number }[]> {
  return query(
    db,
    `select left(village_code, 9) as code, count(*)::int as shapes from overlay_batch_item
     where batch_id = ? and village_code is not null group by 1 order by 1`,
    [batch],
  );
}

/** West, south, east, north of all shapes, degrees; null: there are none. */
export async function extentOf(db: Knex, batch: string): Promise<[number, number, number, number] | null> {
  const [row] = await query<{ box: [number, number, number, number] | null }>(
    db,
    `select case when count(geom) > 0 then array[min(st_xmin(geom)), min(st_ymin(geom)), max(st_xmax(geom)), max(st_ymax(geom))] end as box
     from overlay_batch_item where batch_id = ?`,
    [batch],
  );
  return row!.box;
}

/** Names of the fields that the records of a batch have. */
export async function attributeKeys(db: Knex, batch: string, limit: number): Promise<string[]> {
  const rows = await query<{ key: string }>(
    db,
    `select key from overlay_batch_item, lateral jsonb_object_keys(attributes) as key
     where batch_id = ? group by key order by min(index), key limit ?`,
    [batch, limit],
  );
  return rows.map(({ key }) => key);
}

export interface MapRow {
  index: number;
  name: string | null;
  status: ItemStatus;
  zones: string[];
  /** GeoJSON text */
  geometry: string;
}

/** The shapes of a batch for a map: outlines within `tolerance` degrees, or one point each. */
export async function mapItems(
  db: Knex,
  batch: string,
  filter: Pick<ItemFilter, 'bbox' | 'status' | 'layer' | 'township'>,
  tolerance: number | null,
): Promise<MapRow[]> {
  const where = conditions(batch, filter);
  const shown = tolerance === null ? 'st_centroid(geom)' : 'st_simplify(geom, ?, true)';
  return query<MapRow>(
    db,
    `select index, name, status, array(select key from jsonb_each(summary) where value ->> 0 = 'affected' and key <> 'land_use' order by key) as zones,
       st_asgeojson(${shown}, 6) as geometry
     from overlay_batch_item where geom is not null and ${where.sql} order by index`,
    [...(tolerance === null ? [] : [tolerance]), ...where.values],
  );
}
