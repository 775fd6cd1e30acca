import type { Text } from '../messages/index.ts';
import { colourLandClass, nameLandClass } from './land_classes.ts';
import { loadRuleBook } from './load.ts';
import type { LayerRegistration, RuleBook } from './types.ts';

export { judge } from './judge.ts';
export { buildRuleBook, loadRuleBook, readRuleFiles } from './load.ts';
export { RuleFileError } from './read_yaml.ts';
export type {
  AppliedRuleText,
  ArticleText,
  JudgeInput,
  Judgement,
  LayerFinding,
  LayerRegistration,
  QuestionText,
  RuleBook,
} from './types.ts';

let book: RuleBook | undefined;

/** The rule book of this process, read once. Call it at start: it throws `RuleFileError` where a file is wrong. */
export function ruleBook(): RuleBook {
  book ??= loadRuleBook();
  return book;
}

/** The layers that the project ships, in the order of legends. */
export function layerRegistry(): LayerRegistration[] {
  return [...ruleBook().layers.values()].sort((a, b) => a.sort - b.sort);
}

/** Name of a land class of TD/T 1055; a code outside the catalogue is named as such. */
export function landClassName(code: string): Text {
  return nameLandClass(ruleBook().landClasses, code);
}

/** `#RRGGBB` of a land class in the third-survey map style, or null. */
export function landClassColour(code: string): string | null {
  return colourLandClass(ruleBook().landClasses, code);
}

/** Plain-language rules for the village page. */
export function publicPolicies(): { title: Text; text: Text }[] {
  return ruleBook().policies.map(({ title, text }) => ({ title, text }));
}

/** Whom to ask, for the village page; `phone` may be empty. */
export function contacts(): { name: Text; phone: string }[] {
  return [...ruleBook().offices.values()]
    .filter(({ contact }) => contact)
    .map(({ name, phone }) => ({ name, phone }));
}
