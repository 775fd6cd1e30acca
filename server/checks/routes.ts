import { z } from 'zod';
import {
  CheckAnswer,
  CheckRequest,
  OverlayAnswer,
  OverlayRequest,
  ShapeAnswer,
  ShapeRequest,
} from '../contract/index.ts';
import type { Shape } from '../geometry/index.ts';
import { type Endpoint, endpoint, Reply } from '../http/index.ts';
import { localise } from '../messages/index.ts';
import { overlayCost } from '../overlay/index.ts';
import { Problem } from '../problems.ts';
import type { RuleBook } from '../rules/index.ts';
import { today } from '../today.ts';
import { areaPair } from './compose_overlay.ts';
import { deleteCheck } from './delete_check.ts';
import { findAnswer } from './queries.ts';
import { readFootprint } from './read_footprint.ts';
import { overlayOf, readOverlayShape } from './run_overlay.ts';
import { checkOf, readCheckShape } from './submit_check.ts';

/** A body with its shape read, before a connection is taken for it. */
type Read<Body> = Body & { shape: Shape };
const costOf = (body: unknown): number => {
  const read = body as Read<OverlayRequest>;
  return overlayCost(read.shape, read);
};

/** What a submitted shape can be refused for. */
export const SHAPE_PROBLEMS = [
  'geometry_invalid',
  'geometry_empty',
  'coordinate_not_finite',
  'coordinates_swapped',
  'outside_china',
  'too_few_points',
  'ring_not_closed',
  'self_intersection',
  'rings_cross',
  'hole_outside',
  'parts_overlap',
  'area_too_small',
  'area_too_large',
  'too_many_vertices',
  'crs_unknown',
  'crs_datum_refused',
] as const;

/** Answers about a person's plot: never kept by caches, never found by search engines. */
export const PRIVATE = { 'Cache-Control': 'private, no-store', 'X-Robots-Tag': 'noindex, nofollow' };

export function checkRoutes(rules: RuleBook): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/api/checks',
      summary: 'May I do this here? Overlay, rules and verdict, kept under an address of its own.',
      access: 'public',
      body: CheckRequest,
      reply: CheckAnswer,
      status: 201,
      problems: SHAPE_PROBLEMS,
      snapshot: true,
      prepare: async ({ body }): Promise<Read<CheckRequest>> => ({ ...body, shape: readCheckShape(body) }),
      cost: costOf,
      handle: async ({ body, db, gridSize, language, warn }) => {
        const { shape } = body as Read<CheckRequest>;
        const overlay = {
          gridSize,
          onFailure: (layer: string, error: unknown) => warn(`overlay of ${layer}`, error),
        };
        const check = await checkOf(shape, body, { db, rules, overlay, today: today() });
        const headers = { ...PRIVATE, Location: `/api/checks/${check.id}` };
        return new Reply(localise(check, language), { status: 201, headers });
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/checks/{id}',
      summary: 'The answer of a check, as it was given.',
      access: 'public',
      params: z.object({ id: z.string().max(64) }),
      reply: CheckAnswer,
      problems: ['check_unknown'],
      handle: async ({ params, db, language }) => {
        const answer = await findAnswer(db, params.id);
        if (answer === null) throw new Problem('check_unknown', { params: { id: params.id } });
        return new Reply(localise(answer, language), { headers: PRIVATE });
      },
    }),
    endpoint({
      method: 'delete',
      path: '/api/checks/{id}',
      summary: 'Deletes a check: whoever holds its id may.',
      access: 'public',
      params: z.object({ id: z.string().max(64) }),
      reply: 'application/json',
      status: 204,
      problems: ['check_unknown'],
      handle: ({ params, db, who }) => deleteCheck(db, who, params.id),
    }),
    endpoint({
      method: 'post',
      path: '/api/shapes',
      summary:
        'A shape or a footprint as the server understands it: lon/lat on CGCS2000, official area. Nothing is kept.',
      access: 'public',
      body: ShapeRequest,
      reply: ShapeAnswer,
      transaction: false,
      problems: SHAPE_PROBLEMS,
      handle: async ({ body }) => {
        const shape = readFootprint(body);
        const { geometry, bbox, area_m2 } = shape;
        return new Reply({ geometry, bbox, ...areaPair(area_m2) }, { headers: PRIVATE });
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/overlays',
      summary:
        'A shape × layers → areas; with an activity also what the rules of the day say. Nothing is kept.',
      access: 'overlays.run',
      openOnLoopback: true,
      body: OverlayRequest,
      reply: OverlayAnswer,
      problems: [...SHAPE_PROBLEMS, 'layer_unknown', 'forbidden'],
      snapshot: true,
      prepare: async ({ body }): Promise<Read<OverlayRequest>> => ({
        ...body,
        shape: readOverlayShape(body),
      }),
      cost: costOf,
      handle: async ({ body, db, gridSize, language, warn }) => {
        const { shape } = body as Read<OverlayRequest>;
        const overlay = {
          gridSize,
          onFailure: (layer: string, error: unknown) => warn(`overlay of ${layer}`, error),
        };
        const answer = await overlayOf(shape, body, { db, rules, overlay, today: today() });
        return new Reply(localise(answer, language), { headers: PRIVATE });
      },
    }),
  ];
}
