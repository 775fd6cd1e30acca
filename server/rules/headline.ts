import type { Outcome } from '../contract/index.ts';
import { type Language, message, messageText, type Text } from '../messages/index.ts';
import type { Assessment, Cause } from './assess.ts';
import { nameLandClass } from './land_classes.ts';
import type { RuleBook } from './types.ts';

const MU_PER_M2 = 3 / 2000;

const HUNDREDTHS = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Two decimals and thousands separated, as in the tables beside it; a positive area never prints as 0. */
export function printArea(value: number): string {
  if (value > 0 && value < 0.005) return '<0.01';
  return HUNDREDTHS.format(value);
}

/** The verdict in one plain sentence. `decisive`: the assessments of the deciding layer, all of one cause. */
export function writeHeadline(outcome: Outcome, decisive: Assessment[], rules: RuleBook): Text {
  const first = decisive[0];
  if (outcome === 'clear') return messageText('answers.headline.clear');
  if (!first) return messageText('answers.headline.unknown.position');
  const landUse = rules.layers.get(first.layer)?.kind === 'land_use';
  const area = decidingArea(decisive);
  const key = `answers.headline.${outcome}.${variant(first.cause, landUse)}`;
  const text = (language: Language): string =>
    message(language, key, {
      area_m2: printArea(area),
      area_mu: printArea(area * MU_PER_M2),
      layer: rules.layers.get(first.layer)?.title[language] ?? first.layer,
      class: classNames(decisive, rules, language),
    });
  return { zh: text('zh'), en: text('en') };
}

function variant(cause: Cause, landUse: boolean): string {
  const place = landUse ? 'land_use' : 'zone';
  if (cause === 'rule') return place;
  return cause === 'no_rule' ? `no_rule_${place}` : cause;
}

/** Σ of the hits; two rules may speak about the same hit, which counts once. */
function decidingArea(decisive: Assessment[]): number {
  const hits = new Map(decisive.map(({ hit, area_m2 }) => [hit, area_m2]));
  return [...hits.values()].reduce((sum, area) => sum + area, 0);
}

function classNames(decisive: Assessment[], rules: RuleBook, language: Language): string {
  const codes = new Set(decisive.flatMap(({ code }) => (code === null ? [] : [code])));
  const names = [...codes].map((code) => nameLandClass(rules.landClasses, code)[language]);
  return names.join(message(language, 'answers.list_separator'));
}
