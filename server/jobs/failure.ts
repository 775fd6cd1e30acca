import { translateError } from '../db/index.ts';
import { LANGUAGES, localise, message, type Text } from '../messages/index.ts';
import { problemDetail } from '../problem_text.ts';
import { Problem } from '../problems.ts';
import type { JobEvent } from './machine.ts';
import type { StoredProblem } from './queries.ts';

/** What has failed may succeed a little later: a store that does not answer, a lock that somebody has. */
export class TryAgain extends Error {
  override name = 'TryAgain';
}

/** Somebody asks for the job's end. */
export class Cancelled extends Error {
  override name = 'Cancelled';
}
/** The server stops in order. */
export class Stopping extends Error {
  override name = 'Stopping';
}
/** Another worker has the job, or may have it: nothing more may be written. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

/** SQLSTATE: rolled back for another transaction's sake, out of resources (also a full disk), a lock not to be had */
const PASSING = /^(40|53|55P03)/;
const UNAVAILABLE = 503;

/** What an error out of `run` means for its job: the event, and what a user is told. */
export function failureOf(error: unknown): { event: JobEvent; problem: StoredProblem } {
  const known = translateError(error);
  const problem = known instanceof Problem ? known : new Problem(passes(known) ? 'busy' : 'internal');
  const passing = known instanceof Problem ? known.status === UNAVAILABLE : passes(known);
  return { event: passing ? 'fail_passing' : 'fail', problem: storedProblem(problem) };
}

function passes(error: unknown): boolean {
  if (error instanceof TryAgain) return true;
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && PASSING.test(code);
}

/** A Problem in both languages, as it is kept with its job. */
export function storedProblem(problem: Problem): StoredProblem {
  const inBoth = (say: (language: 'zh' | 'en') => string): Text =>
    Object.fromEntries(LANGUAGES.map((language) => [language, say(language)])) as unknown as Text;
  return {
    code: problem.code,
    status: problem.status,
    title: inBoth((language) =>
      message(language, `problems.${problem.code}.title`, localise(problem.params, language)),
    ),
    detail: inBoth((language) => problemDetail(problem, language)),
  };
}
