import type { Knex } from 'knex';
import { isAlive, isConnectionLost, savepoint } from '../db/index.ts';
import type { Shape } from '../geometry/index.ts';
import { shapeEwkb } from '../geometry/index.ts';
import { type LandAt, type Layer, type LayerVersion, landAt } from '../layers/index.ts';
import { Problem } from '../problems.ts';
import { checkLand } from './check_land.ts';
import { findNearMisses, type NearMiss } from './near_misses.ts';
import { measureOverlap } from './overlap_queries.ts';
import { type MeasuredPart, measureCoverage, measureParts } from './queries.ts';
import { failedLayer, type SettledLayer } from './settle_layer.ts';
import {
  countiesMet,
  type Measured,
  settleMeasured,
  type VillageArea,
  versionsOf,
  villagesOf,
} from './settle_shape.ts';

export interface OverlayInput {
  shape: Shape;
  /** layer keys; all of the registry when left out */
  layers?: readonly string[] | undefined;
  /** YYYY-MM-DD */
  asOf: string;
  /** m² of the shape that was given, where this is that shape grown or shrunk: how little counts goes by it */
  given_m2?: number;
  /** also look for what the shape nearly touches */
  near?: boolean;
  /** what the answer is to rest on, where that was fixed before; else what is in force on the day */
  land?: LandAt;
}

export interface OverlayResult {
  asOf: string;
  area_m2: number;
  counties: string[];
  /** a row per requested layer, always, in the registry's order */
  layers: SettledLayer[];
  /** land by village, by the land-use survey, largest first */
  villages: VillageArea[];
  /** what the shape does not touch but comes close to, nearest first; null: not asked for, or it could not be examined */
  near: NearMiss[] | null;
  /** code of the village that holds most of the shape, by the land-use survey; null where it has none */
  village_code: string | null;
}

export interface OverlayOptions {
  /** grid of the engine's overlay operators, m; -1: none */
  gridSize: number;
  /** told of each layer that failed, and why */
  onFailure?: (layer: string, error: unknown) => void;
  /** how layers are measured; tests put faults in here */
  measures?: {
    parts: typeof measureParts;
    coverage: typeof measureCoverage;
    overlap?: typeof measureOverlap;
    land?: typeof landAt;
  };
}

/**
 * A shape × layers → a row per layer: which classes, how much of each (official areas in m², EPSG:6933), how much
 * of the shape the data does not cover. `db` must be a transaction: the answer belongs to one set of versions.
 * Throws `layer_unknown`, and the database's error where the time is over. A layer that cannot be measured answers
 * `failed`, never `not_affected`.
 */
export async function overlayShape(
  db: Knex.Transaction,
  input: OverlayInput,
  options: OverlayOptions,
): Promise<OverlayResult> {
  const { gridSize, measures = { parts: measureParts, coverage: measureCoverage } } = options;
  const ewkb = shapeEwkb(input.shape);
  const land = input.land ?? (await (measures.land ?? landAt)(db, ewkb, input.asOf));
  const { counties } = land;
  const layers = chosenLayers(land.layers, input.layers);
  const sound = checkLand(land, input.asOf);
  const attempt = await savepoint(db);
  const measure = (versions: LayerVersion[], careful = false): Promise<Measured> => {
    const ids = versions.map((version) => version.id);
    return attempt(async () => {
      const coverage = await measures.coverage(db, ewkb, counties, ids, gridSize, careful);
      const parts = await measures.parts(db, ewkb, counties, ids, gridSize, careful);
      const overlap =
        countiesMet(versions, coverage).size > 1
          ? await (measures.overlap ?? measureOverlap)(db, ewkb, counties, ids, gridSize)
          : new Map<string, number>();
      return { coverage, parts, overlap };
    });
  };
  const settle = (layer: Layer, measured: Measured): SettledLayer =>
    settleMeasured(layer, sound, measured, { area_m2: input.shape.area_m2, given_m2: input.given_m2 });
  let located: MeasuredPart[] = [];
  const settleAlone = async (layer: Layer): Promise<SettledLayer> => {
    const versions = versionsOf(sound, layer);
    try {
      const measured = await measure(versions, true);
      const again = new Set(versions.map(({ id }) => id));
      located = [...located.filter(({ version_id }) => !again.has(version_id)), ...measured.parts];
      return settle(layer, measured);
    } catch (error) {
      if (endsTransaction(error)) throw error;
      options.onFailure?.(layer.key, error);
      return failedLayer(layer, versions, input.shape.area_m2, 'query_failed');
    }
  };

  const near = (): Promise<NearMiss[] | null> =>
    attempt(() => {
      const versions = layers.flatMap((layer) => versionsOf(sound, layer));
      const layerOf = new Map(versions.map(({ id, layer }) => [id, layer]));
      const met = located.flatMap(({ version_id, class_code }) =>
        class_code === null ? [] : [{ layer: layerOf.get(version_id)!, class_code }],
      );
      return findNearMisses(db, input.shape, { counties, versions, layers, met }, gridSize);
    }).catch(async (error: unknown) => {
      // the areas stand, whatever became of what is beside them: also where only the time was over
      if (endsTransaction(error) && !(await isAlive(db))) throw error;
      options.onFailure?.('near', error);
      return null;
    });

  const all = layers.flatMap((layer) => versionsOf(sound, layer));
  let settled: SettledLayer[] = [];
  try {
    // one statement for all layers is the fast road; where it throws, once more with care
    const measured = await measure(all).catch((error: unknown) => {
      if (endsTransaction(error)) throw error;
      options.onFailure?.('*', error);
      return measure(all, true);
    });
    settled = layers.map((layer) => settle(layer, measured));
    located = measured.parts;
    for (const [i, { layer, reason }] of settled.entries())
      if (reason === 'areas_do_not_add_up') settled[i] = await settleAlone(layer);
  } catch (error) {
    if (endsTransaction(error)) throw error;
    // a layer that still throws must not take the others with it: each answers for itself
    settled = [];
    for (const layer of layers) settled.push(await settleAlone(layer));
  }
  const villages = villagesOf(settled, located);
  return {
    asOf: input.asOf,
    area_m2: input.shape.area_m2,
    counties,
    layers: settled,
    villages,
    near: input.near ? await near() : null,
    village_code: villages[0]?.code ?? null,
  };
}

/**
 * After a time-out or a lost connection (SQLSTATE 57xxx, 08xxx, 25P02) nothing more can be asked in this transaction,
 * and asking layer by layer would take the time once more for each: the whole overlay has failed.
 */
export function endsTransaction(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return isConnectionLost(error) || (typeof code === 'string' && /^(57|08|25P02)/.test(code));
}

function chosenLayers(all: Layer[], keys: readonly string[] | undefined): Layer[] {
  if (keys === undefined) return all;
  for (const key of keys) {
    if (!all.some((layer) => layer.key === key))
      throw new Problem('layer_unknown', { params: { layer: key } });
  }
  return all.filter((layer) => keys.includes(layer.key));
}
