import { type Language, localise, message } from './messages/index.ts';
import type { Problem } from './problems.ts';

const PARTS = ['part', 'ring', 'point'] as const;

/** The place inside a shape, from what is known of it: part, ring, point, else where it stands in the request. */
function placeOf({ where, params }: Problem, language: Language): string {
  const known: Record<string, unknown> = { ...params, ...where };
  const words = PARTS.flatMap((kind) =>
    known[kind] === undefined
      ? []
      : [message(language, `requests.place.${kind}`, { name: String(known[kind]) })],
  );
  if (words.length > 0) return words.join(message(language, 'requests.place.separator'));
  if (where?.path !== undefined && where.path !== '')
    return message(language, 'requests.place.path', { name: where.path });
  return message(language, 'requests.place.shape');
}

/** What a Problem says in detail, in one language; `{spot}` of its text is the place inside the shape. */
export function problemDetail(problem: Problem, language: Language): string {
  return message(language, `problems.${problem.code}.detail`, {
    ...(problem.where as Record<string, string>),
    ...localise(problem.params, language),
    spot: placeOf(problem, language),
  });
}
