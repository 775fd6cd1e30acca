import type { LayerStatus } from '../contract/index.ts';
import type { Layer, LayerVersion } from '../layers/index.ts';
import type { MeasuredPart } from './queries.ts';

/** Why a layer is `no_data` or `failed`; texts stand in the catalogue under `answers.reasons`. */
export type LayerReason =
  | 'no_version'
  | 'outside_coverage'
  | 'query_failed'
  | 'timed_out'
  | 'version_removed'
  | 'versions_ambiguous'
  | 'areas_do_not_add_up'
  | 'not_finite';

export interface ClassArea {
  code: string;
  name: string;
  area_m2: number;
  /** without 田坎 */
  net_area_m2: number;
}

/** One layer's answer, unrounded, in m². */
export interface SettledLayer {
  layer: Layer;
  status: LayerStatus;
  reason: LayerReason | null;
  /** the classes that count, largest first: only they meet a rule */
  hits: ClassArea[];
  /** classes found with less than what counts: printed, never a reason for a verdict */
  traces: ClassArea[];
  area_m2: number;
  below_threshold_m2: number;
  uncovered_m2: number;
  versions: LayerVersion[];
}

/** Areas of what is overlaid, m². */
export interface Whole {
  area_m2: number;
  /** of the shape that was given, where what is overlaid is that shape grown or shrunk: it decides how little counts */
  given_m2?: number | undefined;
}

export interface LayerMeasure {
  layer: Layer;
  versions: LayerVersion[];
  parts: MeasuredPart[];
  /** m² of the shape inside the coverage, all versions together */
  covered_m2: number;
  /** m² of the shape that the coverages of two counties both claim; left out: the versions are of one county */
  shared_m2?: number;
}

/**
 * What a sum of areas may differ from the whole: 0.01 m², or 1e-9 of it (design.md, fail closed); less for shapes
 * under 100 m², or a whole small shape would hide in it.
 */
export function tolerance(area_m2: number): number {
  return Math.max(1e-4, 1e-9 * area_m2, Math.min(0.01, 1e-4 * area_m2));
}

/** A layer that could not be measured. */
export function failedLayer(
  layer: Layer,
  versions: LayerVersion[],
  shape_m2: number,
  reason: LayerReason,
): SettledLayer {
  return {
    layer,
    status: 'failed',
    reason,
    hits: [],
    traces: [],
    area_m2: 0,
    below_threshold_m2: 0,
    uncovered_m2: shape_m2,
    versions,
  };
}

function byClass(parts: readonly MeasuredPart[]): ClassArea[] {
  const classes = new Map<string, ClassArea>();
  for (const part of parts) {
    if (part.class_code === null) continue;
    const entry = classes.get(part.class_code) ?? {
      code: part.class_code,
      name: part.class_name ?? '',
      area_m2: 0,
      net_area_m2: 0,
    };
    entry.area_m2 += part.area_m2;
    entry.net_area_m2 += part.net_area_m2;
    classes.set(part.class_code, entry);
  }
  return [...classes.values()].sort((a, b) => b.area_m2 - a.area_m2 || a.code.localeCompare(b.code));
}

/** What is wrong with the areas themselves, whatever they mean; null: nothing. */
function faultOf({ parts, covered_m2, shared_m2 = 0 }: LayerMeasure, shape_m2: number): LayerReason | null {
  const areas = parts.flatMap(({ area_m2, net_area_m2 }) => [area_m2, net_area_m2]);
  if (![...areas, covered_m2, shared_m2, shape_m2].every(Number.isFinite)) return 'not_finite';
  const sum = parts.reduce((total, part) => total + part.area_m2, 0);
  const slack = tolerance(shape_m2);
  const sound =
    Math.abs(sum - covered_m2) <= tolerance(covered_m2) &&
    covered_m2 <= shape_m2 + slack &&
    // what two counties claim counts twice in the coverage, and could stand for as much that nobody covers
    shared_m2 <= slack &&
    // a negative area could stand for a lost one
    parts.every(({ area_m2, net_area_m2 }) => net_area_m2 >= -slack && net_area_m2 <= area_m2 + slack);
  return sound ? null : 'areas_do_not_add_up';
}

/**
 * The four statuses, decided (design.md, "Fail closed"). `not_affected` needs the whole shape inside the
 * coverage, and every piece accounted for. Land use is a partition of its own: any class found is a hit, and what lies
 * in none of its parcels is a gap of the survey, as uncovered as what lies outside it.
 */
export function settleLayer(
  measure: LayerMeasure,
  { area_m2: shape_m2, given_m2 = shape_m2 }: Whole,
): SettledLayer {
  const { layer, versions, parts, covered_m2 } = measure;
  if (versions.length === 0) {
    return { ...failedLayer(layer, versions, shape_m2, 'no_version'), status: 'no_data' };
  }
  const fault = faultOf(measure, shape_m2);
  if (fault !== null) return failedLayer(layer, versions, shape_m2, fault);
  const gaps = layer.kind === 'land_use' ? outsideOf(parts) : 0;
  const missing = shape_m2 - covered_m2 + gaps;
  const uncovered_m2 = missing > tolerance(shape_m2) ? missing : 0;
  const found = byClass(parts);
  const total = sumOf(found);
  const least = leastThatCounts(layer, found, given_m2);
  const hits = found.filter(({ area_m2 }) => area_m2 >= least);
  const traces = found.filter(({ area_m2 }) => area_m2 < least);
  const base = { layer, versions, uncovered_m2, traces, below_threshold_m2: sumOf(traces) };
  if (hits.length > 0)
    return { ...base, status: 'affected', reason: null, hits, area_m2: total - base.below_threshold_m2 };
  const status = uncovered_m2 > 0 ? 'no_data' : 'not_affected';
  return { ...base, status, reason: uncovered_m2 > 0 ? 'outside_coverage' : null, hits, area_m2: 0 };
}

function outsideOf(parts: readonly MeasuredPart[]): number {
  return parts.reduce((total, part) => total + (part.class_code === null ? part.area_m2 : 0), 0);
}

function sumOf(classes: readonly ClassArea[]): number {
  return classes.reduce((total, { area_m2 }) => total + area_m2, 0);
}

/**
 * The smallest area of one class that counts: the layer's threshold, for a shape that is smaller than twice that half
 * the shape, and where only all classes together reach it, what the largest of them has.
 */
function leastThatCounts(layer: Layer, found: readonly ClassArea[], shape_m2: number): number {
  const threshold = Math.min(layer.threshold_m2, shape_m2 / 2);
  if (sumOf(found) < threshold) return Number.POSITIVE_INFINITY;
  return Math.max(Math.min(threshold, found[0]?.area_m2 ?? 0), Number.MIN_VALUE);
}
