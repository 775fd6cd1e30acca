import { type Accept, nearestShift, type Shift } from './nearest_shift.ts';
import { moverOf, ObstacleField, type ObstacleSet } from './obstacle_field.ts';
import { type PlanePolygon, turnPolygons } from './plane_edges.ts';
import { normalTurn, TURN_STEP_DEG, turnsToTry } from './turns.ts';

/** A place nearer by less than this is not worth turning a house for, m. */
export const TURN_GAIN_M = 0.1;
/** The best turn is refined down to this, degrees. */
const FINEST_TURN_DEG = 0.25;

export interface Placement extends Shift {
  /** clockwise, above -180 and up to 180 */
  rotation_deg: number;
}

export interface PlacementOptions {
  radius_m: number;
  /** also try the shape turned about the origin */
  rotate: boolean;
  /** places only at whole metres from where the shape stands */
  whole_metres?: boolean;
}

/**
 * The place nearest to where a shape stands at which it lies on no obstacle, or null: none within the radius. Shape and
 * obstacles in metres in one plane whose origin is the point about which the shape is turned and from which the
 * distance counts. Without turning the smallest shift there is (see `nearestShift`); with turning the best of some
 * turns, refined. In slices, as `nearestShift`.
 */
export function* nearestPlacement(
  shape: readonly PlanePolygon[],
  obstacles: readonly ObstacleSet[],
  options: PlacementOptions,
): Generator<void, Placement | null> {
  const { radius_m, rotate, whole_metres = false } = options;
  const field = new ObstacleField(obstacles);
  function* turned(rotation_deg: number, radius: number): Generator<void, Placement | null> {
    const mover = moverOf(turnPolygons(shape, rotation_deg));
    const accept: Accept = (shift) => {
      const rounded = toWholeMetres(shift);
      return field.isFree(mover, rounded.dx, rounded.dy) ? rounded : null;
    };
    const shift = yield* nearestShift(mover, field, radius, ...(whole_metres ? [accept] : []));
    return shift === null ? null : { ...shift, rotation_deg };
  }
  let best = yield* turned(0, radius_m);
  if (!rotate || best?.distance_m === 0) return best;
  const unturned = moverOf(shape);
  const size = Math.max(...unturned.box.map(Math.abs));
  const edges = field.sets.map((set) => set.edges);
  for (const turn of turnsToTry(unturned.edges, edges, radius_m + size)) {
    if (turn === 0) continue;
    const within: number = best === null ? radius_m : best.distance_m - TURN_GAIN_M;
    if (within < 0) break;
    best = (yield* turned(turn, within)) ?? best;
  }
  for (let step = TURN_STEP_DEG / 2; best !== null && step >= FINEST_TURN_DEG; step /= 2) {
    for (const turn of [best.rotation_deg - step, best.rotation_deg + step]) {
      const within: number = best.distance_m - TURN_GAIN_M;
      if (within >= 0) best = (yield* turned(normalTurn(turn), within)) ?? best;
    }
  }
  return best;
}

/** The same direction, at the next whole metre. */
function toWholeMetres({ dx, dy, distance_m }: Shift): Shift {
  if (distance_m === 0) return { dx, dy, distance_m };
  const whole = Math.ceil(distance_m);
  return { dx: (dx / distance_m) * whole, dy: (dy / distance_m) * whole, distance_m: whole };
}

/** Runs a search to its end at once. */
export function finish<T>(search: Generator<void, T>): T {
  for (;;) {
    const { done, value } = search.next();
    if (done === true) return value;
  }
}
