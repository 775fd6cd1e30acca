import type { Knex } from 'knex';
import { areaPair, composeOverlay, versionReference } from '../checks/index.ts';
import type { Batch, BatchItem, JobStatus, Note, OverlayAnswer } from '../contract/index.ts';
import { inSavepoint } from '../db/index.ts';
import { namesOf } from '../divisions/index.ts';
import { storedShape } from '../geometry/index.ts';
import type { ReadNote } from '../imports/index.ts';
import { type Language, localise } from '../messages/index.ts';
import {
  type BatchLand,
  findNearMisses,
  landFor,
  type OverlayResult,
  versionsThere,
} from '../overlay/index.ts';
import type { RuleBook } from '../rules/index.ts';
import { revived } from './answer.ts';
import type { BatchRow } from './batch_queries.ts';
import type { ItemRow, WholeItemRow } from './item_queries.ts';

/** Where its job has been removed since, a batch ended as its counts say. */
function statusOf({ job_status, done, shapes }: BatchRow): JobStatus {
  return job_status ?? (done === shapes ? 'succeeded' : 'failed');
}

export function showBatch(row: BatchRow, account: string, language: Language): Batch {
  const { id, title, as_of, job_id, division_code, format, file_id } = row;
  const { shapes, remarks, done, failed, affected } = row;
  return {
    id,
    title,
    as_of,
    status: statusOf(row),
    job_id,
    created_at: row.created_at.toISOString(),
    mine: row.account_id === account,
    division_code,
    format,
    crs: localise(row.crs, language),
    file_id,
    counts: { shapes, remarks, done, failed, affected },
  };
}

export function showLayers({ layers }: BatchLand, language: Language) {
  return layers.map(({ key, title, kind, colour, threshold_m2 }) => ({
    layer: key,
    title: title[language],
    kind,
    colour,
    threshold_m2,
  }));
}

export function showVersions({ versions }: BatchLand) {
  return versions.map((version) => ({ layer: version.layer, ...versionReference(version) }));
}

export function showNote(note: ReadNote, language: Language): Note {
  return { ...note, message: note.message[language] };
}

export function showRemark(
  { index, name, remark }: { index: number; name: string | null; remark: ReadNote },
  language: Language,
) {
  return { index, name, ...showNote(remark, language) };
}

/** Names of the villages and townships of records. */
export function placesOf(
  db: Knex,
  rows: readonly { village_code: string | null }[],
): Promise<Map<string, string>> {
  const villages = new Set(rows.flatMap(({ village_code }) => village_code ?? []));
  const townships = new Set([...villages].map((code) => code.slice(0, 9)));
  return namesOf(db, [...villages, ...townships]);
}

const DEGREES = 1e6;

export function showItem(row: ItemRow, names: ReadonlyMap<string, string>, language: Language): BatchItem {
  const { index, name, status, village_code, area_m2, lon, lat, summary, remark, attributes } = row;
  const place = (code: string) => ({ code, name: names.get(code) ?? code });
  const round = (degrees: number) => Math.round(degrees * DEGREES) / DEGREES;
  return {
    index,
    name,
    status,
    village: village_code === null ? null : place(village_code),
    township: village_code === null ? null : place(village_code.slice(0, 9)),
    ...(area_m2 === null ? { area_m2: null, area_mu: null } : areaPair(area_m2)),
    centroid: lon === null || lat === null ? null : [round(lon), round(lat)],
    layers: Object.fromEntries(
      Object.entries(summary ?? {}).map(([layer, [layerStatus, area, below]]) => [
        layer,
        {
          status: layerStatus,
          area_m2: areaPair(area).area_m2,
          below_threshold_m2: Number(below.toFixed(4)),
        },
      ]),
    ),
    remark: remark === null ? null : showNote(remark, language),
    attributes,
  };
}

/** The whole overlay of a record, as one of the shape alone would answer it; null: it has none. */
export async function wholeAnswer(
  db: Knex.Transaction,
  { answer, area_m2, geom, counties }: WholeItemRow,
  {
    land,
    rules,
    language,
    gridSize,
    warn,
  }: {
    land: BatchLand;
    rules: RuleBook;
    language: Language;
    gridSize: number;
    warn: (what: string, error: unknown) => void;
  },
): Promise<OverlayAnswer | null> {
  if (answer === null || area_m2 === null || geom === null) return null;
  const result = revived(answer, area_m2, land);
  const shape = storedShape(geom, area_m2);
  const near = await inSavepoint(db, () =>
    nearOf(db, result, { shape, counties: counties ?? [] }, { land, gridSize }),
  ).catch((error: unknown) => {
    // the areas are stored and stand
    warn('near misses of a record', error);
    return null;
  });
  const villageNames = await namesOf(
    db,
    result.villages.map(({ code }) => code),
  );
  const composed = composeOverlay({ ...result, near }, { villageNames });
  const layers = composed.layers.map((layer) => ({
    ...layer,
    rank: rules.layers.get(layer.layer)?.rank ?? Number.MAX_SAFE_INTEGER,
  }));
  return localise({ ...composed, layers, rules_version: rules.version }, language) as OverlayAnswer;
}

/** Near misses are looked for when somebody opens a record; null: one of its versions has been removed since, or they could not be examined. */
async function nearOf(
  db: Knex,
  { counties, layers }: OverlayResult,
  each: Parameters<typeof landFor>[0],
  { land, gridSize }: { land: BatchLand; gridSize: number },
): Promise<OverlayResult['near']> {
  const { versions, layers: registry } = landFor(each, land);
  const ids = versions.map(({ id }) => id);
  if ((await versionsThere(db, ids)).size < ids.length) return null;
  const met = layers.flatMap(({ layer, hits, traces }) =>
    [...hits, ...traces].map(({ code }) => ({ layer: layer.key, class_code: code })),
  );
  return findNearMisses(db, each.shape, { counties, versions, layers: registry, met }, gridSize);
}
