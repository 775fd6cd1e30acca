export {
  className,
  contacts,
  landClassColour,
  landClasses,
  landClassName,
  layerRegistry,
  publicPolicies,
  ruleBook,
} from './catalogues.ts';
export { judge } from './judge.ts';
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
