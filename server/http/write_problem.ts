import type { Response } from 'express';
import type { Place, ProblemBody } from '../contract/index.ts';
import { type Language, localise, message } from '../messages/index.ts';
import { problemDetail } from '../problem_text.ts';
import type { Problem } from '../problems.ts';

/** A Problem in words (RFC 9457). */
export function problemBody(problem: Problem, language: Language, requestId?: string): ProblemBody {
  const place: Place | undefined = problem.where;
  return {
    type: `urn:cunma:problem:${problem.code}`,
    title: message(language, `problems.${problem.code}.title`, localise(problem.params, language)),
    status: problem.status,
    detail: problemDetail(problem, language),
    code: problem.code,
    ...(place === undefined ? {} : { where: place }),
    ...(requestId === undefined ? {} : { request_id: requestId }),
  };
}

export function writeProblem(
  response: Response,
  problem: Problem,
  language: Language,
  requestId?: string,
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (problem.status === 503) response.setHeader('Retry-After', '2');
  response
    .status(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify(problemBody(problem, language, requestId)));
}
