import type { Knex } from 'knex';
import type { Certainty } from '../contract/index.ts';
import { grow, type Shape, shrink } from '../geometry/index.ts';
import { type OverlayInput, type OverlayOptions, type OverlayResult, overlayShape } from './overlay_shape.ts';
import { type SettledLayer, tolerance } from './settle_layer.ts';

export type Certainties = ReadonlyMap<string, Certainty>;

/** A disc around a point holds every place where it may be: all of it inside, none of it, or something between. */
export function pointCertainty(row: SettledLayer, disc_m2: number): Certainty {
  if (row.status === 'not_affected' && row.below_threshold_m2 === 0) return 'surely_outside';
  return row.status === 'affected' && row.area_m2 >= disc_m2 - tolerance(disc_m2) ? 'surely_inside' : 'maybe';
}

/**
 * A shape is surely touched where what is left of it at worst is, or where all that it may grow to lies inside; and
 * surely free where what it may grow to is. How little counts goes for all three by the shape that was given.
 */
export function shapeCertainty(
  shrunk: SettledLayer | undefined,
  grown: SettledLayer,
  grown_m2: number,
): Certainty {
  if (grown.status === 'not_affected' && grown.below_threshold_m2 === 0) return 'surely_outside';
  const engulfed = pointCertainty(grown, grown_m2) === 'surely_inside';
  return engulfed || shrunk?.status === 'affected' ? 'surely_inside' : 'maybe';
}

/**
 * An overlay, and for a shape whose position is known to `accuracy_m` metres, how sure each layer's answer is.
 * No certainty is claimed for a shape without an accuracy: the map is then empty.
 */
export async function overlayWithCertainty(
  db: Knex.Transaction,
  input: OverlayInput & { accuracy_m: number | null },
  options: OverlayOptions,
): Promise<{ result: OverlayResult; certainties: Certainties }> {
  const { shape, accuracy_m } = input;
  const result = await overlayShape(db, input, options);
  if (accuracy_m === null) return { result, certainties: new Map() };
  if (shape.point !== null) {
    return { result, certainties: collect(result, (row) => pointCertainty(row, shape.area_m2)) };
  }
  const overlay = async (other: Shape | null) =>
    other === null
      ? null
      : overlayShape(db, { ...input, shape: other, given_m2: shape.area_m2, near: false }, options);
  const around = grow(shape, accuracy_m);
  const grown = await overlay(around);
  const shrunk = await overlay(shrink(shape, accuracy_m));
  const rowOf = (other: OverlayResult | null, key: string) =>
    other?.layers.find(({ layer }) => layer.key === key);
  const certainties = collect(result, ({ layer }) =>
    shapeCertainty(rowOf(shrunk, layer.key), rowOf(grown, layer.key)!, around.area_m2),
  );
  return { result, certainties };
}

function collect(result: OverlayResult, decide: (row: SettledLayer) => Certainty): Certainties {
  return new Map(result.layers.map((row) => [row.layer.key, decide(row)]));
}
