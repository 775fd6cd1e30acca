import type { Knex } from 'knex';
import type { OverlayRequest } from '../contract/index.ts';
import { readShape, type Shape } from '../geometry/index.ts';
import {
  affectedZones,
  crossShape,
  type OverlayOptions,
  type OverlayResult,
  overlayWithCertainty,
} from '../overlay/index.ts';
import type { AppliedRuleText, Judgement, RuleBook } from '../rules/index.ts';
import { dayAsked } from '../today.ts';
import { composeOverlay, type LayerInBoth, type OverlayInBoth } from './compose_overlay.ts';
import { judgeOverlay, type Overlaid } from './judge_overlay.ts';
import { accuracyOf, given } from './shape_options.ts';

export interface OverlayContext {
  db: Knex.Transaction;
  rules: RuleBook;
  overlay: OverlayOptions;
  /** YYYY-MM-DD, where the request names no day */
  today: string;
}

/** An overlay before a language is chosen, with what the rules say of it where an activity was named. */
export interface JudgedOverlay extends Omit<OverlayInBoth, 'layers' | 'verdict'> {
  layers: (LayerInBoth & { rank: number; rules?: AppliedRuleText[] })[];
  verdict?: Omit<Judgement, 'layers'> & Required<Pick<OverlayRequest, 'activity' | 'details'>>;
  rules_version: string;
}

/**
 * A shape × layers → areas by class, village and, where asked, cross tables and a verdict by the rules of the day; near
 * misses apart. Nothing is kept. Throws the problems of `readShape` and `layer_unknown`.
 */
export async function runOverlay(request: OverlayRequest, context: OverlayContext): Promise<JudgedOverlay> {
  return overlayOf(readOverlayShape(request), request, context);
}

/** The shape of an overlay; no connection is needed for it. Throws the problems of `readShape`. */
export function readOverlayShape(request: OverlayRequest): Shape {
  return readShape(request.geometry, { ...given(request), path: 'geometry' });
}

/** The same of a shape that has been read already. */
export async function overlayOf(
  shape: Shape,
  request: Omit<OverlayRequest, 'geometry' | 'crs' | 'datum'>,
  context: OverlayContext,
): Promise<JudgedOverlay> {
  const { db, overlay, rules } = context;
  const input = {
    shape,
    layers: request.layers,
    asOf: dayAsked(request.as_of, context.today),
    accuracy_m: accuracyOf(shape, request.accuracy_m),
    near: true,
  };
  const { result, certainties } = await overlayWithCertainty(db, input, overlay);
  const zones = request.cross === 'affected' ? zonesToCross(result, rules) : request.cross;
  const cross = zones === undefined ? undefined : await crossShape(db, input, result, zones, overlay);
  const areas = composeOverlay(result, {
    certainties,
    ...(cross === undefined ? {} : { cross }),
  });
  return withRules(areas, request, { shape, result, certainties }, rules);
}

/** What the shape meets; where that is nothing, one layer with data, so that the land beside it is counted as well. */
function zonesToCross(result: OverlayResult, rules: RuleBook): string[] {
  const met = affectedZones(result);
  if (met.length > 0) return met;
  const free = result.layers
    .filter(({ layer, status }) => layer.kind !== 'land_use' && status === 'not_affected')
    .sort((a, b) => rankOf(a.layer.key, rules) - rankOf(b.layer.key, rules));
  return free.slice(0, 1).map(({ layer }) => layer.key);
}

const rankOf = (layer: string, rules: RuleBook): number =>
  rules.layers.get(layer)?.rank ?? Number.MAX_SAFE_INTEGER;

function withRules(
  areas: OverlayInBoth,
  { activity, details = {} }: Pick<OverlayRequest, 'activity' | 'details'>,
  overlaid: Overlaid,
  rules: RuleBook,
): JudgedOverlay {
  const ranked = areas.layers.map((layer) => ({ ...layer, rank: rankOf(layer.layer, rules) }));
  const base = { ...areas, layers: ranked, rules_version: rules.version };
  if (activity === undefined) return base;
  const { layers, ...verdict } = judgeOverlay({ activity, details }, overlaid, rules);
  return {
    ...base,
    layers: ranked.map((layer) => ({ ...layer, rules: layers.get(layer.layer) ?? [] })),
    verdict: { activity, details, ...verdict },
  };
}
