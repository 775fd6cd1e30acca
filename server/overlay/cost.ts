import type { Shape } from '../geometry/index.ts';

/** One parcel or piece of a zone, m², of a survey of the density of Jiaozuo (1.44 million parcels). */
const PIECE_M2 = 2500;
/** Cutting this many vertices takes as long as looking at one piece. */
const VERTICES_PER_PIECE = 8;

/** What makes an overlay more than one measuring. */
export interface CostOptions {
  /** overlaid as given, grown and shrunk */
  accuracy_m?: number | null | undefined;
  /** with cross tables */
  cross?: unknown;
}

/**
 * How much work an overlay is, in pieces to look at: those that the shape's area holds, those along its border, and its
 * own vertices. An estimate, good to a factor of three; it decides nothing but who waits. Pure.
 */
export function overlayCost(
  shape: Pick<Shape, 'area_m2' | 'vertex_count'>,
  { accuracy_m, cross }: CostOptions,
): number {
  const pieces = shape.area_m2 / PIECE_M2 + 4 * Math.sqrt(shape.area_m2 / PIECE_M2);
  const once = pieces + shape.vertex_count / VERTICES_PER_PIECE;
  return once * (accuracy_m == null ? 1 : 3) * (cross === undefined ? 1 : 1.5);
}
