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
export { type ClassQuestion, classOutcome, requiredLayers } from './class_outcome.ts';
export { judge } from './judge.ts';
export { type RuleMatrixText, ruleMatrix } from './matrix.ts';
export { RuleFileError } from './read_yaml.ts';
export { regionOf } from './region.ts';
export { ruleRoutes } from './routes.ts';
export type {
  AppliedRuleText,
  ArticleText,
  JudgeInput,
  Judgement,
  LayerFinding,
  LayerRegistration,
  QuestionText,
  RuleBook,
  SizeRemarkText,
} from './types.ts';
