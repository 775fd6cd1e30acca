import type {
  Certainty,
  LandUseShare,
  LayerAnswer,
  NearMiss as NearMissAnswer,
  OverlayAnswer,
  VersionReference,
  VillageShare,
} from '../contract/index.ts';
import { roundAreas, toMu } from '../geometry/index.ts';
import type { Layer, LayerVersion } from '../layers/index.ts';
import { messageText, type Text } from '../messages/index.ts';
import type { Certainties, CrossTable, OverlayResult, SettledLayer } from '../overlay/index.ts';
import { className } from '../rules/index.ts';
import { type CrossInBoth, composeCross } from './compose_cross.ts';

/** The contract's shape with both languages in place of each translated string. */
export type InBoth<T, K extends keyof T> = Omit<T, K> & {
  [P in K]: T[P] extends string | null ? Text | Exclude<T[P], string> : Text;
};

interface HitInBoth {
  code: string;
  name: Text;
  area_m2: number;
}

export interface LayerInBoth
  extends Omit<InBoth<LayerAnswer, 'title' | 'reason'>, 'hits' | 'below_threshold' | 'rank' | 'rules'> {
  hits: HitInBoth[];
  below_threshold: HitInBoth[];
}
export interface OverlayInBoth
  extends Omit<
    OverlayAnswer,
    'layers' | 'land_use' | 'near_misses' | 'cross' | 'villages' | 'verdict' | 'rules_version'
  > {
  layers: LayerInBoth[];
  land_use: InBoth<LandUseShare, 'name'>[];
  villages: VillageShare[];
  near_misses: InBoth<NearMissAnswer, 'title' | 'name'>[] | null;
  cross?: CrossInBoth[];
}

/** Rounds parts so that they sum to their rounded sum. */
export function roundTo(values: readonly number[], decimals = 2): number[] {
  return roundAreas(
    [...values],
    values.reduce((sum, value) => sum + value, 0),
    decimals,
  );
}

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

/** m² with 2 decimals, mu with 2 (domain.md §2: rounding). */
export function areaPair(m2: number): { area_m2: number; area_mu: number } {
  return { area_m2: round(m2, 2), area_mu: round(toMu(m2), 2) };
}

export function versionReference(version: LayerVersion): VersionReference {
  return {
    id: version.id,
    county: version.county_code,
    label: version.label,
    source: version.source,
    in_force_from: version.in_force_from,
    in_force_until: version.in_force_until,
    declared_empty: version.declared_empty,
    demonstration: version.demonstration,
  };
}

function composeLayer(settled: SettledLayer, shape_m2: number, certainty: Certainty | null): LayerInBoth {
  const { layer } = settled;
  const rounded = roundAreas(
    settled.hits.map((hit) => hit.area_m2),
    settled.area_m2,
    2,
  );
  return {
    layer: layer.key,
    title: layer.title,
    status: settled.status,
    reason: settled.reason === null ? null : messageText(`layers.reasons.${settled.reason}`),
    ...areaPair(settled.area_m2),
    share: round(settled.area_m2 / shape_m2, 4),
    uncovered_m2: round(settled.uncovered_m2, 2),
    threshold_m2: layer.threshold_m2,
    certainty,
    exact: true,
    below_threshold_m2: round(settled.below_threshold_m2, 4),
    hits: settled.hits.map((hit, i) => ({
      code: hit.code,
      name: className(layer.key, hit),
      area_m2: rounded[i]!,
    })),
    below_threshold: settled.traces.map((trace) => ({
      code: trace.code,
      name: className(layer.key, trace),
      area_m2: round(trace.area_m2, 4),
    })),
    version: settled.versions.map(versionReference),
  };
}

/** A layer's area is told in steps of this where the public may not see the layer, m². */
const COARSE_M2 = 100;

/** An area, m², as exactly as the public may know it. */
export function publicArea(area_m2: number, audience: Layer['audience'], shape_m2: number): number {
  if (audience !== 'none') return area_m2;
  return Math.min(Math.ceil(area_m2 / COARSE_M2) * COARSE_M2, shape_m2);
}

/**
 * What the public is told of a layer: of one that it may not see, that it is met and about how much, or a grid of
 * checks would draw it (audience `none`; design.md, one village at a time for the public).
 */
export function forPublic(layer: LayerInBoth, audience: Layer['audience'], shape_m2: number): LayerInBoth {
  if (audience !== 'none') return { ...layer, exact: true };
  if (layer.area_m2 === 0) return { ...layer, below_threshold: [], exact: false };
  const coarse = publicArea(layer.area_m2, audience, shape_m2);
  return {
    ...layer,
    ...areaPair(coarse),
    share: round(coarse / shape_m2, 2),
    below_threshold_m2: 0,
    below_threshold: [],
    exact: false,
    hits: [],
  };
}

/** What stands beside the areas when an overlay is put into words. */
export interface OverlayExtras {
  certainties?: Certainties;
  /** village code → name, where the overlay did not ask for names */
  villageNames?: ReadonlyMap<string, string>;
  cross?: readonly CrossTable[];
}

/** Rounds an overlay once, at the edge, so that printed parts sum to printed wholes. */
export function composeOverlay(result: OverlayResult, extras: OverlayExtras = {}): OverlayInBoth {
  const { certainties = new Map(), villageNames = new Map<string, string>(), cross } = extras;
  const landUse = result.layers.find(({ layer }) => layer.kind === 'land_use');
  const classes = [...(landUse?.hits ?? []), ...(landUse?.traces ?? [])];
  const uncovered = landUse?.uncovered_m2 ?? result.area_m2;
  // what no survey covers is one of the parts: with it they sum to the shape as it is printed
  const rounded = (scale: number, decimals: number) =>
    roundAreas(
      [...classes.map(({ area_m2 }) => area_m2 * scale), uncovered * scale],
      result.area_m2 * scale,
      decimals,
    );
  const [m2, mu, shares] = [rounded(1, 2), rounded(toMu(1), 2), rounded(1 / result.area_m2, 4)];
  const net = roundTo(classes.map(({ net_area_m2 }) => net_area_m2));
  const printed = new Map(classes.map(({ code }, i) => [code, { area_m2: m2[i]!, net_area_m2: net[i]! }]));
  const villages = roundTo(result.villages.map(({ area_m2 }) => area_m2));
  const villagesNet = roundTo(result.villages.map(({ net_area_m2 }) => net_area_m2));
  return {
    ...areaPair(result.area_m2),
    as_of: result.asOf,
    layers: result.layers.map((row) =>
      composeLayer(row, result.area_m2, certainties.get(row.layer.key) ?? null),
    ),
    land_use: classes.map((c, i) => ({
      code: c.code,
      name: className('land_use', c),
      area_m2: m2[i]!,
      area_mu: mu[i]!,
      net_area_m2: net[i]!,
      share: shares[i]!,
    })),
    uncovered_m2: m2[classes.length]!,
    villages: result.villages.map(({ code, name }, i) => ({
      code,
      name: villageNames.get(code) ?? name ?? code,
      area_m2: villages[i]!,
      net_area_m2: villagesNet[i]!,
    })),
    near_misses: composeNearMisses(result),
    ...(cross === undefined
      ? {}
      : { cross: cross.map((table) => composeCross(table, titlesOf(result), printed)) }),
  };
}

function titlesOf(result: OverlayResult): Map<string, Text> {
  return new Map(result.layers.map(({ layer }) => [layer.key, layer.title]));
}

function composeNearMisses(result: OverlayResult): OverlayInBoth['near_misses'] {
  if (result.near === null) return null;
  const titles = titlesOf(result);
  return result.near.map(({ layer, class_code, class_name, distance_m }) => ({
    layer,
    title: titles.get(layer)!,
    code: class_code,
    name: className(layer, { code: class_code, name: class_name }),
    distance_m: round(distance_m, 2),
  }));
}
