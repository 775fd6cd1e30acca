import type { Knex } from 'knex';
import type { Who } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import type { BatchDetail, BatchItemDetail, BatchMap, ItemFilter, ItemList } from '../contract/index.ts';
import { namesOf } from '../divisions/index.ts';
import { multiPolygonFromEwkb } from '../geometry/index.ts';
import type { Language } from '../messages/index.ts';
import { Problem } from '../problems.ts';
import { type BatchRow, batchById, deleteBatch, landOf } from './batch_queries.ts';
import { countItems, extentOf, itemByIndex, listItems, mapItems, townshipsOf } from './item_queries.ts';
import { MAX_OUTLINES, REMARKS_SHOWN } from './limits.ts';
import {
  placesOf,
  showBatch,
  showItem,
  showLayers,
  showNote,
  showRemark,
  showVersions,
  wholeAnswer,
} from './show_batch.ts';

/** Throws `batch_unknown`. */
export async function findBatch(db: Knex, id: string): Promise<BatchRow> {
  const row = await batchById(db, id);
  if (row === null) throw new Problem('batch_unknown');
  return row;
}

/** Throws `batch_unknown`. */
export async function batchDetail(
  db: Knex,
  id: string,
  account: string,
  language: Language,
): Promise<BatchDetail> {
  const row = await findBatch(db, id);
  const { land, notes } = (await landOf(db, id))!;
  const townships = await townshipsOf(db, id);
  const names = await namesOf(
    db,
    townships.map(({ code }) => code),
  );
  const remarks = await listItems(db, id, { status: 'remark' }, { limit: REMARKS_SHOWN, offset: 0 });
  return {
    ...showBatch(row, account, language),
    layers: showLayers(land, language),
    versions: showVersions(land),
    townships: townships.map(({ code, shapes }) => ({ code, name: names.get(code) ?? code, shapes })),
    remarks: remarks.map((item) => showRemark({ ...item, remark: item.remark! }, language)),
    notes: notes.map((note) => showNote(note, language)),
    bbox: await extentOf(db, id),
  };
}

const DEFAULT_PAGE = 100;

/** Throws `batch_unknown`. */
export async function itemPage(
  db: Knex,
  id: string,
  filter: ItemFilter,
  language: Language,
): Promise<ItemList> {
  await findBatch(db, id);
  const page = { limit: filter.limit ?? DEFAULT_PAGE, offset: filter.offset ?? 0 };
  const rows = await listItems(db, id, filter, page);
  const names = await placesOf(db, rows);
  return {
    items: rows.map((row) => showItem(row, names, language)),
    total: await countItems(db, id, filter),
  };
}

/** Throws `batch_unknown`, `batch_item_unknown`. */
export async function itemDetail(
  db: Knex.Transaction,
  id: string,
  index: number,
  options: Omit<Parameters<typeof wholeAnswer>[2], 'land'>,
): Promise<BatchItemDetail> {
  await findBatch(db, id);
  const row = await itemByIndex(db, id, index);
  if (row === null) throw new Problem('batch_item_unknown', { params: { index } });
  const { land } = (await landOf(db, id))!;
  const names = await placesOf(db, [row]);
  return {
    ...showItem(row, names, options.language),
    geometry:
      row.geom === null ? null : { type: 'MultiPolygon', coordinates: multiPolygonFromEwkb(row.geom) },
    answer: await wholeAnswer(db, row, { ...options, land }),
  };
}

/** About a screen's width of pixels: what an outline may be off by is a part of the extent, degrees. */
const PIXELS = 4_000;

/** Throws `batch_unknown`. */
export async function batchMap(db: Knex, id: string, filter: ItemFilter): Promise<BatchMap> {
  await findBatch(db, id);
  const box = filter.bbox ?? (await extentOf(db, id));
  const outlines = (await countItems(db, id, filter)) <= MAX_OUTLINES;
  const tolerance = box === null ? 0 : Math.max(box[2] - box[0], box[3] - box[1]) / PIXELS;
  const rows = await mapItems(db, id, filter, outlines ? tolerance : null);
  return {
    type: 'FeatureCollection',
    features: rows.map(({ index, name, status, zones, geometry }) => ({
      type: 'Feature',
      id: index,
      geometry: JSON.parse(geometry),
      properties: { index, name, status, layers: zones },
    })),
    left_out: 0,
  };
}

/** Takes back a batch of one's own, with all its results. Throws `batch_unknown`; `forbidden`: somebody else's. */
export async function removeBatch(db: Knex.Transaction, who: Who, id: string): Promise<void> {
  const row = await findBatch(db, id);
  if (row.account_id !== who.actor!.account_id || !(await deleteBatch(db, id)))
    throw new Problem('forbidden');
  await appendAudit(db, who, {
    action: 'batch.delete',
    record_kind: 'batch',
    record_id: id,
    division_code: row.division_code,
    right: 'overlays.run',
    before: { as_of: row.as_of, shapes: row.shapes, remarks: row.remarks, done: row.done },
  });
}
