import { inForce } from './in_force.ts';
import type { AppliedRuleText, ArticleText, OfficeText, Rule, RuleBook } from './types.ts';

/** The articles named, in full; those that are not in force on `on` (YYYY-MM-DD) are left out. */
export function describeArticles(ids: readonly string[], rules: RuleBook, on: string): ArticleText[] {
  return ids
    .map((id) => rules.articles.get(id)!)
    .filter((article) => inForce(article.in_force_from, article.in_force_until, on));
}

export function describeOffice(office: string, rules: RuleBook): OfficeText {
  const { id, name, phone, phone_verified } = rules.offices.get(office)!;
  return { id, name, phone, phone_verified };
}

/** What a rule says beside its text: penalty, procedure and term, as far as it says them. */
export function furtherTexts({
  penalty,
  procedure,
  term,
}: Rule): Pick<Rule, 'penalty' | 'procedure' | 'term'> {
  return { ...(penalty && { penalty }), ...(procedure && { procedure }), ...(term && { term }) };
}

/** A rule with its articles and office in full, as it applies on `on`. */
export function describeRule(rule: Rule, rules: RuleBook, on: string): AppliedRuleText {
  return {
    id: rule.id,
    outcome: rule.outcome,
    text: rule.text,
    ...furtherTexts(rule),
    articles: describeArticles(rule.articles, rules, on),
    office: describeOffice(rule.office, rules),
  } as AppliedRuleText;
}
