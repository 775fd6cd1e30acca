import type { Outcome } from '../contract/index.ts';
import { matchingRules, strongest } from './match.ts';
import { reachOf } from './region.ts';
import type { ActivityRules, JudgeInput, LayerFinding, Rule, RuleBook } from './types.ts';

/** Less than this left uncovered is noise of the measurement (design.md, rule 1: conservation to 0.01 m²). */
const MEASUREMENT_NOISE_M2 = 0.01;

/** Why an assessment came about. */
export type Cause = 'rule' | 'no_rule' | 'no_data' | 'not_covered' | 'failed';

/** One reason for an outcome: a rule on a hit, or a hit without a rule, or a gap in a required layer. */
export interface Assessment {
  layer: string;
  outcome: Outcome;
  cause: Cause;
  rule: Rule | null;
  code: string | null;
  /** number of the hit in its layer; -1 for a gap */
  hit: number;
  area_m2: number;
}

/** All assessments of all layers, trying every one of `answers` and keeping the strictest per hit. */
export function assessLayers(
  input: JudgeInput,
  rules: RuleBook,
  activity: ActivityRules,
  answers: (string | undefined)[],
): Assessment[] {
  const given = new Set(input.layers.map(({ layer }) => layer));
  return [
    ...input.layers.flatMap((finding) => assessHits(finding, input, rules, activity, answers)),
    ...input.layers.flatMap((finding) => assessGap(finding, rules, activity)),
    ...activity.requires.filter((layer) => !given.has(layer)).map((layer) => gap(layer, 'no_data')),
  ];
}

function gap(layer: string, cause: Cause, area_m2 = 0): Assessment {
  return { layer, outcome: 'unknown', cause, rule: null, code: null, hit: -1, area_m2 };
}

/** What a required layer leaves open, and what failed on any layer. Land use must cover the shape, so `not_affected` is no answer there. */
function assessGap(finding: LayerFinding, rules: RuleBook, activity: ActivityRules): Assessment[] {
  const { layer, status, hits, uncovered_m2 } = finding;
  if (status === 'failed') return [gap(layer, 'failed')];
  if (!activity.requires.includes(layer)) return [];
  if (uncovered_m2 > MEASUREMENT_NOISE_M2) return [gap(layer, 'not_covered', uncovered_m2)];
  if (status === 'no_data') return [gap(layer, 'no_data')];
  if (status === 'affected' && hits.length === 0) return [gap(layer, 'failed')];
  if (status === 'not_affected' && rules.layers.get(layer)?.kind === 'land_use')
    return [gap(layer, 'no_data')];
  return [];
}

function assessHits(
  { layer, status, hits }: LayerFinding,
  input: JudgeInput,
  rules: RuleBook,
  activity: ActivityRules,
  answers: (string | undefined)[],
): Assessment[] {
  if (status === 'not_affected') return [];
  return hits.flatMap(({ code, area_m2 }, hit) => {
    const tries = answers.map((answer) =>
      matchingRules(activity, rules.landClasses, { layer, code }, answer, input),
    );
    const matched = tries.reduce((a, b) => (stricter(b, a, input.region) ? b : a));
    if (matched.length === 0)
      return [{ layer, outcome: 'unknown', cause: 'no_rule', rule: null, code, hit, area_m2 }];
    return matched.map(
      (rule): Assessment => ({
        layer,
        outcome: outcomeHere(rule, input.region),
        cause: 'rule',
        rule,
        code,
        hit,
        area_m2,
      }),
    );
  });
}

/** Nobody knows whether a rule of a region holds where the place is not known: its word is then no better than unknown. */
function outcomeHere(rule: Rule, place: string | undefined): Outcome {
  return reachOf(rule.region, place) === 'unknown' ? strongest([rule.outcome, 'unknown']) : rule.outcome;
}

/** No rule at all means unknown. */
function outcomeOf(matched: Rule[], place: string | undefined): Outcome {
  return matched.length === 0 ? 'unknown' : strongest(matched.map((rule) => outcomeHere(rule, place)));
}

function stricter(a: Rule[], b: Rule[], place: string | undefined): boolean {
  const [first, second] = [outcomeOf(a, place), outcomeOf(b, place)];
  return first !== second && strongest([first, second]) === first;
}
