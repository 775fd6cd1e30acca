import { CheckFilter, CheckList, IndicatorFilter, Indicators } from '../contract/index.ts';
import { type Endpoint, endpoint } from '../http/index.ts';
import { today } from '../today.ts';
import { indicators } from './indicators.ts';
import { listChecksFor } from './list_checks.ts';

/** What staff see of the checks that the public has made. */
export function staffCheckRoutes(): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/checks',
      summary: 'Checks in one’s areas, newest first: what was asked and how it was answered, without shapes.',
      access: 'checks.read',
      query: CheckFilter,
      reply: CheckList,
      problems: ['forbidden'],
      handle: ({ db, areas, query }) => listChecksFor(db, areas, query),
    }),
    endpoint({
      method: 'get',
      path: '/api/indicators',
      summary: 'Numbers of checks in one’s areas, by outcome, activity, township and day.',
      access: 'indicators.read',
      query: IndicatorFilter,
      reply: Indicators,
      problems: ['forbidden'],
      handle: ({ db, areas, query }) => indicators(db, areas, query, today()),
    }),
  ];
}
