import { ClearPlaceAnswer, ClearPlaceRequest } from '../contract/index.ts';
import type { Shape } from '../geometry/index.ts';
import { type Endpoint, endpoint, Reply } from '../http/index.ts';
import { localise } from '../messages/index.ts';
import type { RuleBook } from '../rules/index.ts';
import { today } from '../today.ts';
import { clearPlaceCost, nearestClearPlace, readSmallShape } from './clear_place.ts';
import { composeClearPlace } from './clear_place_answer.ts';
import { PRIVATE, SHAPE_PROBLEMS } from './routes.ts';

type Read = ClearPlaceRequest & { shape: Shape };

export function clearPlaceRoutes(rules: RuleBook): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/api/clear-places',
      summary:
        'The nearest place for a house or small project at which its activity meets no objection. Nothing is kept.',
      access: 'public',
      body: ClearPlaceRequest,
      reply: ClearPlaceAnswer,
      problems: SHAPE_PROBLEMS,
      snapshot: true,
      prepare: async ({ body }): Promise<Read> => ({ ...body, shape: readSmallShape(body) }),
      cost: (body) => clearPlaceCost((body as Read).shape, body as Read),
      handle: async ({ body, db, gridSize, language, warn, signal }) => {
        const overlay = {
          gridSize,
          onFailure: (layer: string, error: unknown) => warn(`overlay of ${layer}`, error),
        };
        const { shape } = body as Read;
        const day = today();
        const found = await nearestClearPlace(shape, body, { db, rules, overlay, today: day, signal });
        return new Reply(localise(composeClearPlace(found, body, day), language), { headers: PRIVATE });
      },
    }),
  ];
}
