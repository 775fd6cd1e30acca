import type { Place } from '../contract/index.ts';
import { message, messageText } from '../messages/index.ts';
import { problemDetail } from '../problem_text.ts';
import type { Problem } from '../problems.ts';
import type { ReadNote } from './types.ts';

type Params = Record<string, string | number>;

export function note(
  severity: ReadNote['severity'],
  code: string,
  params: Params = {},
  where?: Place,
): ReadNote {
  const message = messageText(`notes.${code}`, params);
  return where && Object.keys(where).length > 0
    ? { severity, code, message, where }
    : { severity, code, message };
}

/** A record that was left out, as a remark: the code of its problem, its words, and the place inside the file. */
export function leftOut(label: string, problem: Problem, where: Place): ReadNote {
  const reason = (language: 'zh' | 'en') => problemDetail(problem, language);
  return {
    severity: 'error',
    code: problem.code,
    message: {
      zh: message('zh', 'notes.feature_left_out', { feature: label, reason: reason('zh') }),
      en: message('en', 'notes.feature_left_out', { feature: label, reason: reason('en') }),
    },
    where: { ...where, feature: label, ...problem.where },
  };
}
