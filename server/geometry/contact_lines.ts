import type { Mover, ObstacleField } from './obstacle_field.ts';
import type { PlaneEdges } from './plane_edges.ts';

/** Less than this is parallel, radians. */
const PARALLEL = 1e-9;
/** After so many pairs looked at a search lets others work. */
const PAIRS_PER_SLICE = 100_000;

/** Segments in the plane of shifts, [ax, ay, bx, by] after each other, and how near each comes to no shift at all, m. */
export interface ContactLines {
  ends: number[];
  nearest: number[];
}

/** How near a segment comes to the origin: the point, and its distance. */
export function nearestToOrigin(ax: number, ay: number, bx: number, by: number): [number, number, number] {
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy)));
  const [x, y] = [ax + t * dx, ay + t * dy];
  return [x, y, Math.hypot(x, y)];
}

/** Whether the vertex between two edges is convex: a reflex one cannot be what touches first. */
function isConvex(px: number, py: number, x: number, y: number, nx: number, ny: number): boolean {
  const [ux, uy, vx, vy] = [x - px, y - py, nx - x, ny - y];
  return ux * vy - uy * vx > PARALLEL * Math.hypot(ux, uy) * Math.hypot(vx, vy);
}

/** Whether the point (x, y), relative to a point of an edge of direction (ux, uy) and length 1, does not lie left of it. */
function notLeft(ux: number, uy: number, x: number, y: number): boolean {
  return ux * y - uy * x <= PARALLEL * Math.hypot(x, y);
}

/**
 * All shifts at which a shape touches an obstacle with the clearance between them: a corner of one on an edge of the
 * other, where their insides lie on different sides (the convolution of the two boundaries, which holds the border of
 * their Minkowski sum). The border of the free shifts consists of parts of these segments, but for the arcs of
 * clearance around corners, which the segments' prolonged ends stand for: never inside them, and outside by at most
 * 0.42 of the clearance. Only segments that come within `radius` of no shift. In slices.
 * Source: de Berg et al., Computational Geometry, 3rd ed., ch. 13.3.
 */
export function* contactLines(
  mover: Mover,
  field: ObstacleField,
  radius: number,
): Generator<void, ContactLines> {
  const lines: ContactLines = { ends: [], nearest: [] };
  for (const { edges, clearance_m } of field.sets) {
    const add = (ax: number, ay: number, ux: number, uy: number, length: number, side: 1 | -1) => {
      // away from the obstacle by the clearance, and as far beyond both ends
      const [ox, oy] = [side * uy * clearance_m, -side * ux * clearance_m];
      const [px, py] = [ax + ox - ux * clearance_m, ay + oy - uy * clearance_m];
      const reach = length + 2 * clearance_m;
      const [qx, qy] = [px + ux * reach, py + uy * reach];
      const distance = nearestToOrigin(px, py, qx, qy)[2];
      if (distance > radius) return;
      lines.ends.push(px, py, qx, qy);
      lines.nearest.push(distance);
    };
    yield* cornersOnEdges(mover.edges, edges, (e, v, ux, uy, length) =>
      add(edges.ax[e]! - mover.edges.ax[v]!, edges.ay[e]! - mover.edges.ay[v]!, ux, uy, length, 1),
    );
    yield* cornersOnEdges(edges, mover.edges, (f, w, ux, uy, length) =>
      add(edges.ax[w]! - mover.edges.bx[f]!, edges.ay[w]! - mover.edges.by[f]!, ux, uy, length, -1),
    );
  }
  return lines;
}

/** Every pair of a convex corner of `corners` and an edge of `edges` on which it may lie from outside. */
function* cornersOnEdges(
  corners: PlaneEdges,
  edges: PlaneEdges,
  found: (edge: number, corner: number, ux: number, uy: number, length: number) => void,
): Generator<void, void> {
  const convex: number[] = [];
  for (let v = 0; v < corners.count; v++) {
    const { ax, ay, bx, by, beforeX, beforeY } = corners;
    if (isConvex(beforeX[v]!, beforeY[v]!, ax[v]!, ay[v]!, bx[v]!, by[v]!)) convex.push(v);
  }
  let pairs = 0;
  for (let e = 0; e < edges.count; e++) {
    const [dx, dy] = [edges.bx[e]! - edges.ax[e]!, edges.by[e]! - edges.ay[e]!];
    const length = Math.hypot(dx, dy);
    const [ux, uy] = [dx / length, dy / length];
    for (const v of convex) {
      if (++pairs % PAIRS_PER_SLICE === 0) yield;
      const [x, y] = [corners.ax[v]!, corners.ay[v]!];
      if (
        notLeft(ux, uy, corners.beforeX[v]! - x, corners.beforeY[v]! - y) &&
        notLeft(ux, uy, corners.bx[v]! - x, corners.by[v]! - y)
      )
        found(e, v, ux, uy, length);
    }
  }
}
