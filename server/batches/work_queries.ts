import type { Knex } from 'knex';
import { query } from '../db/index.ts';
import type { ReadNote } from '../imports/index.ts';
import { NEAR_REACH } from '../layers/index.ts';
import type { StoredAnswer, Summary } from './answer.ts';
import type { Size } from './slices.ts';

/** Boxes in the equal-area plane: west, south, east, north, m (EPSG:6933). */
export type Boxes = readonly (readonly [number, number, number, number])[];

/** For each box the counties whose published land may touch it or come near it; the self-test's county is none. */
export async function countiesOf(db: Knex, boxes: Boxes): Promise<string[][]> {
  const rows = await query<{ counties: string[] }>(
    db,
    `select array(select distinct v.county_code::text from layer_version v
         where v.status = 'published' and v.county_code <> '000000'
           and v.coverage && st_expand(st_makeenvelope(b.w, b.s, b.e, b.n, 6933), ${NEAR_REACH}) order by 1) as counties
     from unnest(?::float8[], ?::float8[], ?::float8[], ?::float8[]) with ordinality as b (w, s, e, n, ord)
     order by b.ord`,
    [0, 1, 2, 3].map((side) => boxes.map((box) => box[side])),
  );
  return rows.map(({ counties }) => counties);
}

export interface NewItem {
  index: number;
  name: string | null;
  /** JSON text */
  attributes: string;
  /** place in the order of examination; null: it has a remark */
  turn: number | null;
  counties: string[] | null;
  area_m2: number | null;
  /** EWKB, EPSG:4490 */
  geom: Buffer | null;
  remark: ReadNote | null;
}

export async function insertItems(
  db: Knex,
  batch: string,
  division_code: string,
  items: readonly NewItem[],
): Promise<void> {
  await query(
    db,
    `insert into overlay_batch_item (batch_id, index, division_code, name, attributes, status, remark, turn, counties, area_m2, geom)
     select ?, i.index, ?, left(i.name, 200), i.attributes::jsonb, case when i.remark is null then 'waiting' else 'remark' end,
       i.remark::jsonb, i.turn, string_to_array(i.counties, ','), i.area_m2, st_geomfromewkb(i.geom)
     from unnest(?::int[], ?::text[], ?::text[], ?::text[], ?::int[], ?::text[], ?::float8[], ?::bytea[])
       as i (index, name, attributes, remark, turn, counties, area_m2, geom)`,
    [
      batch,
      division_code,
      items.map(({ index }) => index),
      items.map(({ name }) => name),
      items.map(({ attributes }) => attributes),
      items.map(({ remark }) => (remark === null ? null : JSON.stringify(remark))),
      items.map(({ turn }) => turn),
      items.map(({ counties }) => counties?.join(',') ?? null),
      items.map(({ area_m2 }) => area_m2),
      items.map(({ geom }) => geom),
    ],
  );
}

/** Sizes of what is still to be examined, in its turn. */
export async function waitingSizes(db: Knex, batch: string, from: number): Promise<Size[]> {
  return query<Size>(
    db,
    `select turn, st_npoints(geom) as vertices, area_m2 from overlay_batch_item
     where batch_id = ? and turn >= ? and status = 'waiting' order by turn`,
    [batch, from],
  );
}

export interface WaitingItem {
  index: number;
  counties: string[];
  area_m2: number;
  /** EWKB, EPSG:4490 */
  geom: Buffer;
}

export async function waitingItems(
  db: Knex,
  batch: string,
  { from, to }: { from: number; to: number },
): Promise<WaitingItem[]> {
  return query<WaitingItem>(
    db,
    `select index, counties, area_m2, st_asewkb(geom) as geom from overlay_batch_item
     where batch_id = ? and turn between ? and ? and status = 'waiting' order by turn`,
    [batch, from, to],
  );
}

export interface ItemResult {
  index: number;
  status: string;
  division_code: string;
  village_code: string | null;
  summary: Summary | null;
  answer: StoredAnswer | null;
  remark: ReadNote | null;
}

/** Stores results of records that wait; answers how many it were. */
export async function storeResults(db: Knex, batch: string, results: readonly ItemResult[]): Promise<number> {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  const rows = await query(
    db,
    `update overlay_batch_item i set status = r.status, division_code = r.division_code, village_code = r.village_code,
       summary = r.summary::jsonb, answer = r.answer::jsonb, remark = r.remark::jsonb
     from unnest(?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
       as r (index, status, division_code, village_code, summary, answer, remark)
     where i.batch_id = ? and i.index = r.index and i.status = 'waiting'
     returning i.index`,
    [
      results.map(({ index }) => index),
      results.map(({ status }) => status),
      results.map(({ division_code }) => division_code),
      results.map(({ village_code }) => village_code),
      results.map(({ summary }) => json(summary)),
      results.map(({ answer }) => json(answer)),
      results.map(({ remark }) => json(remark)),
      batch,
    ],
  );
  return rows.length;
}
