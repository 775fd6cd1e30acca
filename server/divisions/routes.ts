import { z } from 'zod';
import { DivisionList } from '../contract/index.ts';
import { type Endpoint, endpoint } from '../http/index.ts';
import { searchDivisions } from './search_queries.ts';

const CODE = String.raw`(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})`;
const MOST_AREAS = 50;

const Search = z.object({
  q: z.string().max(64).default(''),
  within: z
    .string()
    .regex(new RegExp(`^${CODE}(,${CODE}){0,${MOST_AREAS - 1}}$`), 'division codes with commas')
    .optional()
    .meta({ description: 'division codes with commas: only these and what lies below them' }),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  lang: z.string().optional(),
});

export function divisionRoutes(): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/divisions',
      summary: 'Divisions of every level by name, pinyin, initials or code; the wider first.',
      access: 'public',
      query: Search,
      reply: DivisionList,
      handle: ({ query, db }) =>
        searchDivisions(db, { q: query.q, within: query.within?.split(',') ?? [], limit: query.limit }),
    }),
  ];
}
