import type { Details } from '../contract/index.ts';
import { type Assessment, assessLayers } from './assess.ts';
import { describeRule } from './describe.ts';
import { writeHeadline } from './headline.ts';
import { possibleAnswers, strongest } from './match.ts';
import { sizeRemarks } from './size_remarks.ts';
import type { AppliedRuleText, JudgeInput, Judgement, QuestionText, RuleBook } from './types.ts';

/**
 * The verdict: what an activity means in law on what the overlay found. Pure.
 *
 * Strongest first: conflict, unknown, permit, clear. Fail closed: a required layer that is missing, `no_data`, `failed`
 * or not covering the whole shape makes it at least `unknown`, as does a hit that no rule in force speaks about. Where
 * a detail is not given, every answer is tried and the strictest counts; where the place is not known, a rule of a
 * region counts as at least unknown. Areas in m².
 */
export function judge(input: JudgeInput, rules: RuleBook): Judgement {
  const activity = rules.activities.get(input.activity);
  if (!activity) throw new Error(`no rules for the activity ${input.activity}`);
  const answers = possibleAnswers(input.activity, input.details as Record<string, string | undefined>);
  const assessments = assessLayers(input, rules, activity, answers);
  const found = strongest(assessments.map(({ outcome }) => outcome));
  const capped = input.positionUncertain && (found === 'clear' || found === 'permit');
  const outcome = capped ? 'unknown' : found;
  const decisive = capped ? [] : decisiveAssessments(assessments, outcome, rules);
  const first = decisive[0];
  return {
    outcome,
    deciding: first ? { layer: first.layer, rule: first.rule?.id ?? null } : null,
    headline: writeHeadline(outcome, decisive, rules),
    questions: capped ? [] : openQuestions(input, rules, answers),
    not_examined: [...rules.notExamined],
    layers: appliedRules(input, assessments, rules),
    remarks: sizeRemarks(input, rules),
  };
}

/** The assessments of the layer that decided: of equal ones the layer of the lowest rank, then the largest area. */
function decisiveAssessments(
  assessments: Assessment[],
  outcome: Judgement['outcome'],
  rules: RuleBook,
): Assessment[] {
  const rank = (layer: string): number => rules.layers.get(layer)?.rank ?? Number.MAX_SAFE_INTEGER;
  const equal = assessments
    .filter((assessment) => assessment.outcome === outcome)
    .sort((a, b) => rank(a.layer) - rank(b.layer) || b.area_m2 - a.area_m2);
  const first = equal[0];
  return first ? equal.filter(({ layer, cause }) => layer === first.layer && cause === first.cause) : [];
}

/** The question about the activity's detail, if its answers lead to different outcomes. */
function openQuestions(input: JudgeInput, rules: RuleBook, answers: (string | undefined)[]): QuestionText[] {
  const activity = rules.activities.get(input.activity)!;
  const detail = input.activity as keyof Details;
  const question = activity.questions[detail];
  if (!question || answers.length < 2) return [];
  const outcomes = new Set(
    answers.map((answer) =>
      strongest(assessLayers(input, rules, activity, [answer]).map(({ outcome }) => outcome)),
    ),
  );
  if (outcomes.size < 2) return [];
  const options = answers.flatMap((value) => {
    const text = value === undefined ? undefined : question.options[value];
    return value !== undefined && text ? [{ value, text }] : [];
  });
  return [{ detail, text: question.text, options }];
}

function appliedRules(
  input: JudgeInput,
  assessments: Assessment[],
  rules: RuleBook,
): Map<string, AppliedRuleText[]> {
  const applied = new Map<string, AppliedRuleText[]>(input.layers.map(({ layer }) => [layer, []]));
  const ordered = (['conflict', 'unknown', 'permit', 'clear'] as const).flatMap((outcome) =>
    assessments.filter((assessment) => assessment.outcome === outcome),
  );
  for (const { layer, rule, outcome } of ordered) {
    const list = applied.get(layer);
    if (rule && list && !list.some(({ id }) => id === rule.id))
      list.push({ ...describeRule(rule, rules, input.on), outcome });
  }
  return applied;
}
