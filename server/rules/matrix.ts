import type { MatrixLimit, MatrixRule, RuleMatrix } from '../contract/index.ts';
import { ACTIVITIES, DETAILS } from '../contract/index.ts';
import type { Text } from '../messages/index.ts';
import { furtherTexts } from './describe.ts';
import { inForce } from './in_force.ts';
import { nameLandClass } from './land_classes.ts';
import type { ActivityRules, Limit, Rule, RuleBook } from './types.ts';

/** The contract's shape with both languages in place of each text. */
type InBoth<T> = T extends string | number | boolean | null | undefined
  ? T | (T extends string ? Text : never)
  : { [K in keyof T]: InBoth<T[K]> };
export type RuleMatrixText = InBoth<RuleMatrix>;

/** The whole rule book as one document; layers in the order in which they decide. `on` (YYYY-MM-DD) says what is in force. */
export function ruleMatrix(rules: RuleBook, on: string): RuleMatrixText {
  const activities = ACTIVITIES.map((name) => rules.activities.get(name)!);
  return {
    as_of: on,
    rules_version: rules.version,
    activities: activities.map(describeActivity),
    layers: [...rules.layers.values()]
      .sort((a, b) => a.rank - b.rank)
      .map(({ key, title, kind }) => ({ layer: key, title, kind })),
    land_classes: rules.landClasses.classes.map(({ code, name }) => ({ code, name })),
    rules: activities.flatMap((each) => each.rules.map((rule) => matrixRule(rule, each, rules, on))),
    limits: activities.flatMap((each) => each.limits.map((limit) => matrixLimit(limit, each, rules, on))),
    offices: [...rules.offices.values()].map(({ id, name, phone }) => ({ id, name, phone })),
    sources: rules.sources.map((source) => ({
      ...source,
      articles: source.articles.map(({ id, article, text, verified }) => ({
        id,
        article,
        text,
        verified: verified ?? source.verified,
      })),
    })),
  };
}

function describeActivity({ activity, title, requires, questions }: ActivityRules) {
  return {
    activity,
    title,
    requires,
    questions: Object.entries(questions).map(([detail, { text, options }]) => ({
      detail,
      text,
      options: DETAILS[detail as keyof typeof DETAILS].map((value) => ({ value, text: options[value]! })),
    })),
  };
}

function validity({ region, valid }: Rule | Limit, rules: RuleBook, on: string) {
  return {
    region: region === undefined ? null : rules.regions.get(region)!,
    in_force_from: valid.from,
    in_force_until: valid.until,
    in_force: inForce(valid.from, valid.until, on),
  };
}

function matrixRule(
  rule: Rule,
  { activity }: ActivityRules,
  rules: RuleBook,
  on: string,
): InBoth<MatrixRule> {
  const { id, when, outcome, text, articles, office } = rule;
  const codes = when.classes?.flatMap((entry) => rules.landClasses.groups[entry] ?? [entry]);
  return {
    id,
    activity,
    layers: when.layer,
    classes: codes?.map((code) => ({ code, name: nameLandClass(rules.landClasses, code) })) ?? null,
    details: when.details?.[activity as keyof typeof DETAILS] ?? null,
    outcome,
    text,
    ...furtherTexts(rule),
    articles,
    office,
    ...validity(rule, rules, on),
  } as InBoth<MatrixRule>;
}

function matrixLimit(
  limit: Limit,
  { activity }: ActivityRules,
  rules: RuleBook,
  on: string,
): InBoth<MatrixLimit> {
  const { id, text, sizes, articles, office } = limit;
  return {
    id,
    activity,
    text,
    sizes: sizes.map(({ title, max_m2 }) => ({ title, max_m2 })),
    articles,
    office,
    ...validity(limit, rules, on),
  };
}
