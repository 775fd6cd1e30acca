import type { Activity, MatrixLimit, MatrixRule, Outcome, RuleMatrix } from '../../server/contract/index.ts';

export interface Choice {
  activity: Activity;
  /** an answer to the activity's question; null: all of them */
  answer: string | null;
  /** empty: all outcomes */
  outcomes: ReadonlySet<Outcome>;
  words: string;
  /** rules that have ended, or not begun, as well */
  ended: boolean;
}

/** A rule with the names of what it is about. */
export interface RuleRow {
  rule: MatrixRule;
  where: string[];
}

export interface Arranged {
  zones: RuleRow[];
  land: RuleRow[];
  limits: MatrixLimit[];
  /** the sources of the rules and sizes shown, each with the articles that they cite */
  sources: RuleMatrix['sources'];
}

/** What of the matrix a reader asked for: zones in the order in which they decide, then present land use. */
export function arrange(matrix: RuleMatrix, choice: Choice): Arranged {
  const rank = new Map(matrix.layers.map(({ layer }, i) => [layer, i]));
  const titles = new Map(matrix.layers.map(({ layer, title }) => [layer, title]));
  const landUse = new Set(matrix.layers.filter(({ kind }) => kind === 'land_use').map(({ layer }) => layer));
  const rows = matrix.rules
    .filter((rule) => rule.activity === choice.activity && (choice.ended || rule.in_force))
    .filter(({ details }) => choice.answer === null || details === null || details.includes(choice.answer))
    .filter(({ outcome }) => choice.outcomes.size === 0 || choice.outcomes.has(outcome))
    .map((rule) => ({ rule, where: rule.classes?.map(({ name }) => name) ?? namesOf(rule.layers, titles) }))
    .filter((row) => holds(row, choice.words, matrix.land_classes));
  const isLand = ({ rule }: RuleRow) => rule.layers.every((layer) => landUse.has(layer));
  const first = ({ rule }: RuleRow) => Math.min(...rule.layers.map((layer) => rank.get(layer) ?? Infinity));
  const limits = matrix.limits.filter(
    ({ activity, in_force }) => activity === choice.activity && (choice.ended || in_force),
  );
  return {
    zones: rows.filter((row) => !isLand(row)).sort((a, b) => first(a) - first(b)),
    land: rows.filter(isLand),
    limits,
    sources: citedSources(matrix, [...rows.map(({ rule }) => rule), ...limits]),
  };
}

function namesOf(layers: string[], titles: ReadonlyMap<string, string>): string[] {
  return layers.map((layer) => titles.get(layer) ?? layer);
}

/** Whether every word stands in the rule, in a place it is about, or in the name or code of a class below that. */
function holds({ rule, where }: RuleRow, words: string, classes: RuleMatrix['land_classes']): boolean {
  const below = classes.filter(({ code }) => rule.classes?.some((entry) => code.startsWith(entry.code)));
  const named = below.flatMap(({ code, name }) => [code, name]);
  const text = [...where, ...named, rule.text].join(' ').toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function citedSources(matrix: RuleMatrix, citing: { articles: string[] }[]): RuleMatrix['sources'] {
  const cited = new Set(citing.flatMap(({ articles }) => articles));
  return matrix.sources
    .map((source) => ({ ...source, articles: source.articles.filter(({ id }) => cited.has(id)) }))
    .filter(({ articles }) => articles.length > 0);
}
