import type { Outcome } from '../contract/index.ts';
import type { Layer } from '../layers/index.ts';
import { type LayerDemand, type OverlayResult, type SettledLayer, tolerance } from '../overlay/index.ts';
import { type ClassQuestion, classOutcome, type RuleBook, requiredLayers } from '../rules/index.ts';

/** Why no place can be called free, and on which layer. */
export interface Gap {
  reason: 'no_version' | 'failed' | 'not_covered';
  layer: Layer;
}

const allows = (outcome: Outcome): boolean => outcome === 'permit' || outcome === 'clear';

/** What an overlay of the whole window leaves open: then no place in it may be called free. Null: nothing. */
export function gapIn(window: OverlayResult, required: readonly string[]): Gap | null {
  for (const { layer, status, versions } of window.layers) {
    if (!required.includes(layer.key)) continue;
    if (status === 'failed') return { reason: 'failed', layer };
    if (versions.length === 0) return { reason: 'no_version', layer };
  }
  return null;
}

/** The first required layer, land use apart, that does not cover the whole window: there a place may be hidden. */
export function uncoveredIn(window: OverlayResult, required: readonly string[]): Gap | null {
  const open = window.layers.find(
    ({ layer, uncovered_m2 }) =>
      required.includes(layer.key) && layer.kind !== 'land_use' && uncovered_m2 > tolerance(window.area_m2),
  );
  return open === undefined ? null : { reason: 'not_covered', layer: open.layer };
}

/**
 * What each layer demands of a place for an activity, by the classes that an overlay of the window found. A required
 * layer allows only classes whose rules let the activity happen, and outside its features where it is no land use;
 * another bars classes whose rules do not. `ifUnexamined: 'allowed'`: only what is known to object bars, so that
 * nothing found means that there is nothing even where data is missing.
 */
export function demandsOf(
  window: OverlayResult,
  question: ClassQuestion,
  village: string,
  rules: RuleBook,
  ifUnexamined: 'barred' | 'allowed' = 'barred',
): LayerDemand[] {
  const required = requiredLayers(question.activity, rules);
  return window.layers.flatMap((row): LayerDemand[] => {
    const { layer, versions } = row;
    if (versions.length === 0) return [];
    const codes = codesOf(row);
    const barred = codes.filter((code) => !allows(classOutcome(question, layer.key, code, rules)));
    const others = codes.filter((code) => !barred.includes(code));
    const base = {
      layer: layer.key,
      versions: versions.map(({ id }) => id),
      village: null,
      hidden: false,
    };
    if (layer.kind === 'land_use') return [{ ...base, village, kind: 'only', codes: others }];
    const hidden = layer.audience === 'none';
    const mustCover = required.includes(layer.key) && ifUnexamined === 'barred';
    // how far the data reach is no secret, where the features lie may be one
    const covered: LayerDemand = { ...base, kind: 'only', codes: [...(hidden ? codes : others), null] };
    const never: LayerDemand = { ...base, kind: 'never', codes: barred, hidden };
    return [...(mustCover ? [covered] : []), ...(barred.length > 0 && (hidden || !mustCover) ? [never] : [])];
  });
}

function codesOf({ hits, traces }: SettledLayer): string[] {
  return [...new Set([...hits, ...traces].map(({ code }) => code))];
}
