import type { SizeRemark } from '../contract/index.ts';
import { type Language, message, type Text } from '../messages/index.ts';
import { describeArticles, describeOffice } from './describe.ts';
import { printArea } from './headline.ts';
import { inForce } from './in_force.ts';
import { belongs } from './match.ts';
import { reachOf } from './region.ts';
import type { JudgeInput, Limit, RuleBook, SizeRemarkText } from './types.ts';

/**
 * The sizes that the law sets for the activity where the shape lies, beside the shape's area in m². They never change
 * the outcome: which size holds is for the township to say, and a plot is surveyed.
 */
export function sizeRemarks(input: JudgeInput, rules: RuleBook): SizeRemarkText[] {
  const limits = rules.activities.get(input.activity)?.limits ?? [];
  return limits.flatMap((limit) => {
    const reach = reachOf(limit.region, input.region);
    if (reach === 'outside' || !inForce(limit.valid.from, limit.valid.until, input.on)) return [];
    return [remark(limit, reach === 'unknown', input, rules)];
  });
}

function remark(limit: Limit, elsewhere: boolean, input: JudgeInput, rules: RuleBook): SizeRemarkText {
  const taken = input.layers
    .filter(({ layer, status }) => rules.layers.get(layer)?.kind === 'land_use' && status !== 'not_affected')
    .flatMap(({ hits }) => hits.map(({ code }) => code));
  const sizes = limit.sizes.map(({ title, max_m2, not_on = [] }) => {
    const excluded = taken.some((code) => not_on.some((entry) => belongs(rules.landClasses, code, entry)));
    return { title, max_m2, applies: !excluded };
  });
  const exceeds = compare(
    input.area_m2,
    sizes.filter(({ applies }) => applies).map(({ max_m2 }) => max_m2),
  );
  return {
    id: limit.id,
    text: limit.text,
    finding: finding(exceeds, input.area_m2, sizes, elsewhere ? limit.region : undefined, rules),
    exceeds,
    sizes,
    articles: describeArticles(limit.articles, rules, input.on),
    office: describeOffice(limit.office, rules),
  };
}

function compare(area_m2: number | undefined, maxima: number[]): SizeRemark['exceeds'] {
  if (area_m2 === undefined || maxima.length === 0) return 'not_compared';
  const over = maxima.filter((max_m2) => area_m2 > max_m2).length;
  if (over === 0) return 'none';
  return over === maxima.length ? 'all' : 'some';
}

function finding(
  exceeds: SizeRemark['exceeds'],
  area_m2: number | undefined,
  sizes: { max_m2: number; applies: boolean }[],
  region: string | undefined,
  rules: RuleBook,
): Text {
  const maxima = sizes.filter(({ applies }) => applies).map(({ max_m2 }) => max_m2);
  const write = (language: Language): string => {
    const said = message(language, `answers.size.${exceeds}`, {
      area_m2: area_m2 === undefined ? '' : printArea(area_m2),
      least: Math.min(...maxima),
      most: Math.max(...maxima),
    });
    if (region === undefined) return said;
    const name = rules.regions.get(region)!.name[language];
    return said + message(language, 'answers.size.region_unknown', { region: name });
  };
  return { zh: write('zh'), en: write('en') };
}
