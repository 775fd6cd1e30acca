import type { Activity, Outcome } from '../contract/index.ts';
import { DETAILS, OUTCOMES } from '../contract/index.ts';
import { inForce } from './in_force.ts';
import { reachOf } from './region.ts';
import type { ActivityRules, LandClassScheme, Rule } from './types.ts';

/** The strongest of `outcomes`; `clear` where there are none. */
export function strongest(outcomes: Iterable<Outcome>): Outcome {
  let best = OUTCOMES.length - 1;
  for (const outcome of outcomes) best = Math.min(best, OUTCOMES.indexOf(outcome));
  return OUTCOMES[best]!;
}

/** What an activity's detail can be: the given answer, or every possible one, or one undefined where it has no detail. */
export function possibleAnswers(
  activity: Activity,
  details: Record<string, string | undefined>,
): (string | undefined)[] {
  if (!(activity in DETAILS)) return [undefined];
  const given = details[activity];
  return given === undefined ? [...DETAILS[activity as keyof typeof DETAILS]] : [given];
}

const byLayer = new WeakMap<ActivityRules, Map<string, Rule[]>>();

/** The rules of an activity that speak about a layer: looked for on every hit of every answer. */
function rulesOn(activity: ActivityRules, layer: string): readonly Rule[] {
  let rules = byLayer.get(activity);
  if (rules === undefined) {
    rules = new Map();
    for (const rule of activity.rules)
      for (const key of rule.when.layer) rules.set(key, [...(rules.get(key) ?? []), rule]);
    byLayer.set(activity, rules);
  }
  return rules.get(layer) ?? [];
}

/**
 * All rules of `activity` in force on `on` that speak about `code` on `layer` under the answer, at a place that is in
 * their region or may be; every one applies.
 */
export function matchingRules(
  activity: ActivityRules,
  scheme: LandClassScheme,
  hit: { layer: string; code: string },
  answer: string | undefined,
  { on, region: place }: { on: string; region?: string | undefined },
): Rule[] {
  return rulesOn(activity, hit.layer).filter(({ when, valid, region }) => {
    if (reachOf(region, place) === 'outside') return false;
    if (!inForce(valid.from, valid.until, on)) return false;
    if (when.classes && !when.classes.some((entry) => belongs(scheme, hit.code, entry))) return false;
    const answers = when.details?.[activity.activity as keyof typeof DETAILS];
    return answers === undefined || (answer !== undefined && answers.includes(answer));
  });
}

/** Whether `code` belongs to `entry`: the beginning of a class code, or the name of a group. */
export function belongs(scheme: LandClassScheme, code: string, entry: string): boolean {
  const beginnings = scheme.groups[entry] ?? [entry];
  return beginnings.some((beginning) => code.startsWith(beginning));
}
