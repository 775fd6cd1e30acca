import type { z } from 'zod';
import { message, messageText, type Text } from '../messages/index.ts';
import { Problem } from '../problems.ts';

type Issue = z.core.$ZodIssue;
type Params = Record<string, string | number>;

const say = (key: string, params: Params = {}): Text => messageText(`requests.invalid.${key}`, params);
const TYPES = ['string', 'number', 'int', 'boolean', 'array', 'object', 'record', 'tuple'];

function typeText(expected: string): Text {
  const type = TYPES.includes(expected) ? expected : 'other';
  const fill = (language: 'zh' | 'en') =>
    message(language, 'requests.invalid.type', { type: message(language, `requests.type.${type}`) });
  return { zh: fill('zh'), en: fill('en') };
}

function sizeText(side: 'most' | 'least', origin: string, limit: number | bigint): Text {
  const kind = origin === 'string' ? 'length' : origin === 'array' ? 'count' : 'value';
  return say(`${kind}_${side}`, { limit: String(limit) });
}

/** What is wrong with a part of a request, in words of the catalogue: zod's own are English only. */
function issueText(issue: Issue, found: unknown): Text {
  switch (issue.code) {
    case 'invalid_type':
      return found === undefined ? say('missing') : typeText(issue.expected);
    case 'invalid_value':
      return found === undefined
        ? say('missing')
        : say('value', { values: issue.values.map(String).join(' | ') });
    case 'too_big':
      return sizeText('most', issue.origin, issue.maximum);
    case 'too_small':
      return sizeText('least', issue.origin, issue.minimum);
    case 'unrecognized_keys':
      return say('unknown_keys', { keys: issue.keys.join(', ').slice(0, 200) });
    default:
      return say('form');
  }
}

/** The first fault that zod found in `value`, as a Problem with its path. `prefix` stands before the path. */
export function invalidRequest(error: z.ZodError, value: unknown, prefix = ''): Problem {
  const issue = error.issues[0]!;
  const path = [prefix, ...issue.path.map(String)].filter((part) => part !== '').join('.');
  const found = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)?.[key], value);
  // JSON has no infinity, but 1e400 reads as one
  if (typeof found === 'number' && !Number.isFinite(found))
    return new Problem('coordinate_not_finite', { where: { path } });
  const message = issueText(issue, found);
  return new Problem('invalid_request', {
    params: { path: path === '' ? '.' : path, message },
    where: { path },
  });
}

/** A part of a request that breaks a rule of its own, `requests.invalid.<rule>`. */
export function brokenRule(path: string, rule: string): Problem {
  return new Problem('invalid_request', { params: { path, message: say(rule) }, where: { path } });
}
