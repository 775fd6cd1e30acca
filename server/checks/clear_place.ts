import type { Knex } from 'knex';
import type { ClearPlaceRequest, Details } from '../contract/index.ts';
import { readShape, type Shape } from '../geometry/index.ts';
import {
  type ClearPlace,
  findClearPlace,
  type OverlayOptions,
  type OverlayResult,
  overlayCost,
  overlayShape,
  windowAround,
} from '../overlay/index.ts';
import { Problem } from '../problems.ts';
import { type Judgement, type RuleBook, regionOf, requiredLayers } from '../rules/index.ts';
import { demandsOf, type Gap, gapIn, uncoveredIn } from './clear_place_demands.ts';
import { publicArea } from './compose_overlay.ts';
import { judgeOverlay } from './judge_overlay.ts';
import { given } from './shape_options.ts';

/** A house or a small project; larger ones are planned, not pushed about. */
export const MAX_CLEAR_PLACE_M2 = 2000;
export const MAX_CLEAR_PLACE_VERTICES = 200;
/** Kept from what a place must not touch, m; where the engine does not confirm a place, the next one. */
const CLEARANCES_M = [0.05, 0.5, 2] as const;
/** So long one request may search, ms. */
const TIME_MS = 4000;

export type ClearPlaceQuestion = Pick<ClearPlaceRequest, 'activity' | 'details' | 'radius_m' | 'rotate'>;

export interface ClearPlaceContext {
  db: Knex.Transaction;
  rules: RuleBook;
  overlay: OverlayOptions;
  /** YYYY-MM-DD: data and rules of this day */
  today: string;
  /** fires when the caller has gone */
  signal: AbortSignal;
}

/** What is said of a place: the overlay and the verdict there. */
export interface Confirmed {
  shape: Shape;
  result: OverlayResult;
  judgement: Judgement;
}
export type Undecided = Gap | { reason: 'no_village' | 'query_failed' | 'out_of_time' | 'not_confirmed' };
export type ClearPlaceFound =
  | { kind: 'found'; details: Details; place: Confirmed; placement: Placed }
  | { kind: 'none'; details: Details }
  | { kind: 'undecided'; details: Details; why: Undecided };
export interface Placed {
  dx: number;
  dy: number;
  distance_m: number;
  rotation_deg: number;
}

const NOT_MOVED: Placed = { dx: 0, dy: 0, distance_m: 0, rotation_deg: 0 };
const isGood = ({ outcome }: Judgement): boolean => outcome === 'permit' || outcome === 'clear';

/** The shape of a request, of a house's or small project's size. Throws the problems of `readShape`. */
export function readSmallShape(request: Pick<ClearPlaceRequest, 'geometry' | 'crs' | 'datum'>): Shape {
  const shape = readShape(request.geometry, { ...given(request), path: 'geometry' });
  const where = { path: 'geometry' };
  if (shape.vertex_count > MAX_CLEAR_PLACE_VERTICES) {
    const params = { count: shape.vertex_count, limit: MAX_CLEAR_PLACE_VERTICES };
    throw new Problem('too_many_vertices', { params, where });
  }
  if (shape.area_m2 > MAX_CLEAR_PLACE_M2) {
    const params = { area: (shape.area_m2 / 1e6).toFixed(4), limit: MAX_CLEAR_PLACE_M2 / 1e6 };
    throw new Problem('area_too_large', { params, where });
  }
  return shape;
}

/** How much work a search is: its window is overlaid, merged and cut, each as costly as an overlay. */
export function clearPlaceCost(shape: Shape, { radius_m }: Pick<ClearPlaceRequest, 'radius_m'>): number {
  return 3 * overlayCost(windowAround(shape, radius_m), {});
}

/** A house that is built elsewhere stands on new land, whatever it was meant to be where it is. */
export function detailsElsewhere(details: Details): Details {
  return details.house === undefined ? details : { ...details, house: 'new_plot' };
}

/**
 * The nearest place within a radius at which an activity meets no objection: inside the same village, on land whose
 * rules allow it or let it be permitted, with every layer that the activity requires examined. Every place told has
 * passed the whole engine. Stricter than a check in one thing: not even what is too small to count is touched.
 */
export async function nearestClearPlace(
  shape: Shape,
  request: ClearPlaceQuestion,
  context: ClearPlaceContext,
): Promise<ClearPlaceFound> {
  const here = request.details ?? {};
  const stands = await confirm(shape, request, here, context);
  if (isGood(stands.judgement)) return { kind: 'found', details: here, place: stands, placement: NOT_MOVED };
  const details = detailsElsewhere(here);
  const village = stands.result.village_code;
  if (village === null) return { kind: 'undecided', details, why: { reason: 'no_village' } };
  return searchAround(shape, request, details, village, context);
}

async function confirm(
  shape: Shape,
  { activity }: ClearPlaceQuestion,
  details: Details,
  { db, rules, overlay, today }: ClearPlaceContext,
): Promise<Confirmed> {
  const result = await overlayShape(db, { shape, asOf: today }, overlay);
  const overlaid = { shape, result, certainties: new Map() };
  const judgement = judgeOverlay({ activity, details }, overlaid, rules, (area_m2, { audience }) =>
    publicArea(area_m2, audience, shape.area_m2),
  );
  return { shape, result, judgement };
}

async function searchAround(
  shape: Shape,
  request: ClearPlaceQuestion,
  details: Details,
  village: string,
  context: ClearPlaceContext,
): Promise<ClearPlaceFound> {
  const { db, rules, overlay, today } = context;
  const { activity, radius_m, rotate } = request;
  const undecided = (why: Undecided): ClearPlaceFound => ({ kind: 'undecided', details, why });
  const window = await overlayShape(db, { shape: windowAround(shape, radius_m), asOf: today }, overlay);
  const required = requiredLayers(activity, rules);
  const gap = gapIn(window, required);
  if (gap !== null) return undecided(gap);
  const question = { activity, details, on: today, region: regionOf(window.counties) };
  const end = performance.now() + TIME_MS;
  const mayGoOn = () => performance.now() < end && !context.signal.aborted;
  const search = (clearance_m: number, ifUnexamined: 'barred' | 'allowed'): Promise<ClearPlace> => {
    const demands = demandsOf(window, question, village, rules, ifUnexamined);
    const { counties } = window;
    const { onFailure } = overlay;
    const asked = { shape, radius_m, rotate, clearance_m, counties, demands };
    return findClearPlace(db, { ...asked, mayGoOn, onFailure });
  };
  for (const clearance_m of CLEARANCES_M) {
    const found = await search(clearance_m, 'barred');
    if (found.kind === 'failed') return undecided({ reason: 'query_failed' });
    if (found.kind === 'out_of_time') return undecided({ reason: 'out_of_time' });
    if (found.kind === 'none') {
      if (clearance_m !== CLEARANCES_M[0]) break;
      const open = uncoveredIn(window, required);
      const anywhere = open === null ? found : await search(clearance_m, 'allowed');
      return anywhere.kind === 'none'
        ? { kind: 'none', details }
        : undecided(open ?? { reason: 'out_of_time' });
    }
    const place = await confirm(found.shape, request, details, context);
    const same = place.result.villages.every(({ code }) => code === village);
    if (same && isGood(place.judgement)) return { kind: 'found', details, place, placement: found.placement };
  }
  return undecided({ reason: 'not_confirmed' });
}
