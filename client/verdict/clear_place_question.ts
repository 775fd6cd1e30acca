import type { CheckAnswer, ClearPlaceAnswer } from '../../server/contract/index.ts';
import type { ClearPlaceQuestion } from '../api/clear_places.ts';

/** What the server takes: a house or a small project. */
const MAX_AREA_M2 = 2000;
const MAX_CORNERS = 200;
/** Closed ring of the polygon that stands for the disc around a point. */
const DISC_POSITIONS = 65;

/** Metres within which people look; the first is what they begin with. */
export const RADII_M = [100, 200, 300] as const;

export type FoundPlace = Extract<ClearPlaceAnswer, { found: true }>;

/**
 * What to ask for a check's shape, or null where another place makes no sense: it meets no conflict, it is a point (its
 * disc can lie anywhere), or it is too large to be pushed about.
 */
export function clearPlaceQuestion(answer: CheckAnswer): ClearPlaceQuestion | null {
  const { geometry, activity, details, outcome, area_m2 } = answer;
  if (outcome !== 'conflict' || geometry.type === 'Point' || area_m2 > MAX_AREA_M2) return null;
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const rings = polygons.flat();
  if (rings.length === 1 && rings[0]!.length === DISC_POSITIONS) return null;
  const corners = rings.reduce((sum, ring) => sum + ring.length - 1, 0);
  return corners > MAX_CORNERS ? null : { geometry, activity, details };
}

/** Metres with one decimal, rounded up: a way is never told shorter than it is. */
export function wayMetres(distance_m: number): string {
  return (Math.ceil(distance_m * 10 - 1e-6) / 10).toFixed(1);
}

/** Which sentence tells a turn: whole degrees, clockwise or not; null: not turned. */
export function turnOf(rotation_deg: number): { way: 'right' | 'left'; degrees: number } | null {
  const degrees = Math.round(Math.abs(rotation_deg));
  if (degrees === 0) return null;
  return { way: rotation_deg > 0 ? 'right' : 'left', degrees };
}
