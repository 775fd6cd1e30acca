import type { Outcome } from '../contract/index.ts';
import { assessLayers } from './assess.ts';
import { possibleAnswers, strongest } from './match.ts';
import type { JudgeInput, RuleBook } from './types.ts';

/** What decides about one class, wherever it lies. */
export type ClassQuestion = Pick<JudgeInput, 'activity' | 'details' | 'on' | 'region'>;

/**
 * What an activity means on one class of one layer, by the same rules and as strictly as `judge`: `unknown` where no
 * rule speaks of it. A shape is no better off than the worst class it meets.
 */
export function classOutcome(question: ClassQuestion, layer: string, code: string, rules: RuleBook): Outcome {
  const activity = rules.activities.get(question.activity);
  if (!activity) throw new Error(`no rules for the activity ${question.activity}`);
  const finding = { layer, status: 'affected', hits: [{ code, area_m2: 1 }], uncovered_m2: 0 } as const;
  const input: JudgeInput = {
    ...question,
    layers: [{ ...finding, hits: [...finding.hits] }],
    positionUncertain: false,
  };
  const answers = possibleAnswers(question.activity, question.details as Record<string, string | undefined>);
  const onClass = assessLayers(input, rules, activity, answers).filter(({ hit }) => hit >= 0);
  return strongest(onClass.map(({ outcome }) => outcome));
}

/** The layers that must have been examined before an activity can be answered. */
export function requiredLayers(activity: JudgeInput['activity'], rules: RuleBook): readonly string[] {
  return rules.activities.get(activity)?.requires ?? [];
}
