import type { PlaneEdges } from './plane_edges.ts';

/** Turns that are always tried, degrees. */
export const TURN_STEP_DEG = 15;
/** So many directions of obstacles, and of the shape, are laid along each other. */
const OBSTACLE_DIRECTIONS = 6;
const SHAPE_DIRECTIONS = 2;

/** The bearing of a line, degrees from north clockwise, 0 up to 180. */
function bearing(dx: number, dy: number): number {
  return ((((Math.atan2(dx, dy) * 180) / Math.PI) % 180) + 180) % 180;
}

/**
 * The directions in which edges mostly run, degrees 0 up to 180: of each degree with much length in it the longest
 * edge's own, exactly. Only edges that come within `reach` of the origin.
 */
export function mainDirections(edges: PlaneEdges, reach: number, count: number): number[] {
  const bins = new Map<number, { total: number; longest: number; direction: number }>();
  for (let i = 0; i < edges.count; i++) {
    const [ax, ay, bx, by] = [edges.ax[i]!, edges.ay[i]!, edges.bx[i]!, edges.by[i]!];
    if (Math.min(ax, bx) > reach || Math.max(ax, bx) < -reach) continue;
    if (Math.min(ay, by) > reach || Math.max(ay, by) < -reach) continue;
    const length = Math.hypot(bx - ax, by - ay);
    const direction = bearing(bx - ax, by - ay);
    const bin = bins.get(Math.round(direction) % 180) ?? { total: 0, longest: 0, direction };
    bin.total += length;
    if (length > bin.longest) [bin.longest, bin.direction] = [length, direction];
    bins.set(Math.round(direction) % 180, bin);
  }
  return [...bins.values()]
    .sort((a, b) => b.total - a.total)
    .slice(0, count)
    .map(({ direction }) => direction);
}

/** The same turn as an angle above -180 and up to 180. */
export function normalTurn(degrees: number): number {
  const turn = ((degrees % 360) + 360) % 360;
  return turn > 180 ? turn - 360 : turn;
}

/**
 * Turns to try, degrees clockwise, the smallest first, none within 0.01° of another: steps of {@link TURN_STEP_DEG},
 * and those that lay the shape's long edges along the obstacles', since what fits only just fits so.
 */
export function turnsToTry(shape: PlaneEdges, obstacles: readonly PlaneEdges[], reach: number): number[] {
  const turns: number[] = [];
  for (let turn = 0; turn < 360; turn += TURN_STEP_DEG) turns.push(normalTurn(turn));
  for (const own of mainDirections(shape, Number.POSITIVE_INFINITY, SHAPE_DIRECTIONS))
    for (const edges of obstacles)
      for (const other of mainDirections(edges, reach, OBSTACLE_DIRECTIONS))
        turns.push(normalTurn(other - own), normalTurn(other - own + 180));
  turns.sort((a, b) => Math.abs(a) - Math.abs(b) || b - a);
  const distinct: number[] = [];
  for (const turn of turns) {
    if (!distinct.some((other) => Math.abs(normalTurn(turn - other)) < 0.01)) distinct.push(turn);
  }
  return distinct;
}
