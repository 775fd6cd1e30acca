import { RuleMatrix } from '../contract/index.ts';
import { type Endpoint, endpoint, Reply } from '../http/index.ts';
import { localise } from '../messages/index.ts';
import { today } from '../today.ts';
import { ruleMatrix } from './matrix.ts';
import type { RuleBook } from './types.ts';

export function ruleRoutes(rules: RuleBook): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/rules',
      summary:
        'Every rule with its articles, sources and dates: activity × details × layer × class → outcome.',
      access: 'public',
      reply: RuleMatrix,
      transaction: false,
      handle: async ({ language }) =>
        new Reply(localise(ruleMatrix(rules, today()), language), {
          headers: { 'Cache-Control': 'no-cache', Vary: 'Accept-Language' },
        }),
    }),
  ];
}
