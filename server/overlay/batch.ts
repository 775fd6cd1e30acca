import type { Knex } from 'knex';
import { type Shape, shapeEwkb } from '../geometry/index.ts';
import type { LandAt, LayerVersion } from '../layers/index.ts';
import { measureBatchCoverage, measureBatchParts, versionsThere } from './batch_queries.ts';
import { checkLand } from './check_land.ts';
import { measureOverlap } from './overlap_queries.ts';
import type { OverlayOptions, OverlayResult } from './overlay_shape.ts';
import { failedLayer, type LayerReason, type SettledLayer } from './settle_layer.ts';
import { countiesMet, type Measured, settleMeasured, versionsOf, villagesOf } from './settle_shape.ts';

/** What all answers of a batch rest on, whatever is published while it runs. */
export interface BatchLand extends Pick<LandAt, 'layers' | 'versions'> {
  /** YYYY-MM-DD */
  as_of: string;
  /** version id → the version whose coverage is measured for it, because it is the same */
  coverage: Record<string, string>;
}

export interface BatchShape {
  shape: Shape;
  /** counties whose published land may touch it */
  counties: string[];
}

export interface BatchOptions extends OverlayOptions {
  /** how a slice is measured; tests put faults in here */
  batch?: {
    parts: typeof measureBatchParts;
    coverage: typeof measureBatchCoverage;
    overlap: typeof measureOverlap;
  };
}

const MEASURES = { parts: measureBatchParts, coverage: measureBatchCoverage, overlap: measureOverlap };

/** What one shape's answer rests on. */
export function landFor({ counties }: BatchShape, { layers, versions }: BatchLand): LandAt {
  return {
    counties,
    layers,
    versions: versions.filter(({ county_code }) => counties.includes(county_code)),
  };
}

/**
 * A slice of shapes × all layers → for each what `overlayShape` answers, by two statements for all of them. Areas in m²
 * (EPSG:6933). `db` must be a transaction. Throws the database's error where a statement fails: then no shape has an
 * answer.
 */
export async function overlayBatch(
  db: Knex.Transaction,
  shapes: readonly BatchShape[],
  land: BatchLand,
  options: BatchOptions,
): Promise<OverlayResult[]> {
  const measured = await measure(db, shapes, land, options);
  return failRemoved(
    db,
    shapes.map((each, ord) => settleShape(each, land, measured[ord]!)),
  );
}

async function measure(
  db: Knex.Transaction,
  shapes: readonly BatchShape[],
  land: BatchLand,
  { gridSize, batch = MEASURES }: BatchOptions,
): Promise<Measured[]> {
  const counties = [...new Set(shapes.flatMap((shape) => shape.counties))];
  const versions = land.versions.filter(({ county_code }) => counties.includes(county_code));
  const ids = versions.map(({ id }) => id);
  const ewkbs = shapes.map(({ shape }) => shapeEwkb(shape));
  const slice = { ords: shapes.map((_, ord) => ord), ewkbs };
  const measuredFor = (id: string) => land.coverage[id] ?? id;
  const covering = [...new Set(ids.map(measuredFor))];
  const covered = shapes.map(() => new Map<string, number>());
  const parts: Measured['parts'][] = shapes.map(() => []);
  for (const { ord, version_id, area_m2 } of await batch.coverage(db, slice, counties, covering, gridSize))
    covered[ord]!.set(version_id, area_m2);
  for (const { ord, ...part } of await batch.parts(db, slice, counties, ids, gridSize))
    parts[ord]!.push(part);
  const all: Measured[] = [];
  for (const [ord, each] of shapes.entries()) {
    const own = versions.filter(({ county_code }) => each.counties.includes(county_code));
    const coverage = new Map(own.map(({ id }) => [id, covered[ord]!.get(measuredFor(id)) ?? 0]));
    const overlap =
      countiesMet(own, coverage).size > 1
        ? await batch.overlap(
            db,
            ewkbs[ord]!,
            each.counties,
            own.map(({ id }) => id),
            gridSize,
          )
        : new Map<string, number>();
    all.push({ parts: parts[ord]!, coverage, overlap });
  }
  return all;
}

function settleShape(each: BatchShape, land: BatchLand, measured: Measured): OverlayResult {
  const at = landFor(each, land);
  const sound = checkLand(at, land.as_of);
  const layers = at.layers.map((layer) => settleMeasured(layer, sound, measured, each.shape));
  return answer(each, land, layers, measured.parts);
}

/** The answer to a shape that could not be examined: every layer has failed. */
export function failedShape(each: BatchShape, land: BatchLand, reason: LayerReason): OverlayResult {
  const at = landFor(each, land);
  const sound = checkLand(at, land.as_of);
  const layers = at.layers.map((layer) =>
    failedLayer(layer, versionsOf(sound, layer), each.shape.area_m2, reason),
  );
  return answer(each, land, layers, []);
}

function answer(
  { shape, counties }: BatchShape,
  { as_of }: BatchLand,
  layers: SettledLayer[],
  parts: Measured['parts'],
): OverlayResult {
  const villages = villagesOf(layers, parts);
  const village_code = villages[0]?.code ?? null;
  return { asOf: as_of, area_m2: shape.area_m2, counties, layers, villages, near: null, village_code };
}

/** Answers of which a version has been removed are none: its pieces may have gone between two statements. */
export async function failRemoved(db: Knex, results: readonly OverlayResult[]): Promise<OverlayResult[]> {
  const all = new Set(
    results.flatMap(({ layers }) => layers.flatMap(({ versions }) => versions.map(({ id }) => id))),
  );
  const there = await versionsThere(db, [...all]);
  const removed = ({ id }: LayerVersion) => !there.has(id);
  return results.map((result) => ({
    ...result,
    layers: result.layers.map((row) =>
      row.versions.some(removed)
        ? failedLayer(row.layer, row.versions, result.area_m2, 'version_removed')
        : row,
    ),
  }));
}
