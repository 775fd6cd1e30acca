import type { Place } from '../contract/index.ts';
import { message, messageText } from '../messages/index.ts';
import { problemDetail } from '../problem_text.ts';
import { Problem } from '../problems.ts';
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

/** No shape is left of a file: the problem carries the words and the place of the first fault, or that there are none. */
export function noShapes(file: string, notes: readonly ReadNote[] = []): Problem {
  const first = notes.find(({ severity }) => severity === 'error') ?? note('error', 'no_coordinates');
  return new Problem('file_no_shapes', {
    params: { file, reason_zh: first.message.zh, reason_en: first.message.en },
    where: first.where ?? { file },
  });
}
