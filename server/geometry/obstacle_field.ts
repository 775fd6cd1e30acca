import Flatbush from 'flatbush';
import { edgesOf, type PlaneEdges, type PlanePolygon } from './plane_edges.ts';

/** Land on which a shape may not lie; polygons of one set do not overlap each other. */
export interface ObstacleSet {
  polygons: readonly PlanePolygon[];
  /** how far a shape keeps away from it, m; more than {@link TOUCH_M} */
  clearance_m: number;
}

/** What a distance may fall short of the clearance, m: a place that touches at exactly the clearance is computed. */
export const TOUCH_M = 1e-6;

/** Squared distance of a point from a segment. */
function pointSegment2(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  const [ex, ey] = [ax + t * dx - x, ay + t * dy - y];
  return ex * ex + ey * ey;
}

const side = (ax: number, ay: number, bx: number, by: number, x: number, y: number): number =>
  (bx - ax) * (y - ay) - (by - ay) * (x - ax);

/** Whether the boundary that the edges make encloses a point (even-odd), over the edges listed. */
function encloses(edges: PlaneEdges, list: Iterable<number>, x: number, y: number): boolean {
  let inside = false;
  for (const i of list) {
    const [ay, by] = [edges.ay[i]!, edges.by[i]!];
    if (ay > y === by > y) continue;
    if (edges.ax[i]! + ((y - ay) / (by - ay)) * (edges.bx[i]! - edges.ax[i]!) > x) inside = !inside;
  }
  return inside;
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** A shape that is moved about: its edges where it stands, and their box. */
export interface Mover {
  edges: PlaneEdges;
  all: readonly number[];
  box: readonly [number, number, number, number];
}

export function moverOf(polygons: readonly PlanePolygon[]): Mover {
  const edges = edgesOf(polygons);
  const box = [Infinity, Infinity, -Infinity, -Infinity] as [number, number, number, number];
  for (let i = 0; i < edges.count; i++) {
    box[0] = Math.min(box[0], edges.ax[i]!);
    box[1] = Math.min(box[1], edges.ay[i]!);
    box[2] = Math.max(box[2], edges.ax[i]!);
    box[3] = Math.max(box[3], edges.ay[i]!);
  }
  return { edges, all: range(edges.count), box };
}

/** One set of obstacles, indexed. Metres, in one plane, near the origin: doubles are then true to 1e-12 m. */
class IndexedSet {
  readonly edges: PlaneEdges;
  readonly clearance_m: number;
  readonly #index: Flatbush | null;
  readonly #east: number;

  constructor({ polygons, clearance_m }: ObstacleSet) {
    this.edges = edgesOf(polygons);
    this.clearance_m = clearance_m;
    const { count, ax, ay, bx, by } = this.edges;
    this.#index = count === 0 ? null : new Flatbush(count);
    let east = -Infinity;
    for (let i = 0; i < count; i++) {
      const [w, e] = ax[i]! < bx[i]! ? [ax[i]!, bx[i]!] : [bx[i]!, ax[i]!];
      const [s, n] = ay[i]! < by[i]! ? [ay[i]!, by[i]!] : [by[i]!, ay[i]!];
      this.#index!.add(w, s, e, n);
      east = Math.max(east, e);
    }
    this.#index?.finish();
    this.#east = east;
  }

  /** Whether an obstacle lies over a point. */
  covers(x: number, y: number): boolean {
    if (this.#index === null) return false;
    return encloses(this.edges, this.#index.search(x, y, this.#east, y), x, y);
  }

  /** Whether a shape moved by (dx, dy) keeps its distance. */
  isFree(mover: Mover, dx: number, dy: number): boolean {
    if (this.#index === null) return true;
    const { edges: shape, box } = mover;
    const c = this.clearance_m;
    const near = this.#index.search(box[0] + dx - c, box[1] + dy - c, box[2] + dx + c, box[3] + dy + c);
    const least = (c - TOUCH_M) ** 2;
    for (const i of near) if (!this.#edgeIsFree(shape, i, dx, dy, c, least)) return false;
    // the boundaries keep their distance: each ring now lies wholly inside or wholly outside the other side's land
    if (near.some((i) => encloses(shape, mover.all, this.edges.ax[i]! - dx, this.edges.ay[i]! - dy)))
      return false;
    for (let k = 0; k < shape.count; k++) {
      // the first edge of every ring stands for it
      const first = k === 0 || shape.bx[k - 1] !== shape.ax[k] || shape.by[k - 1] !== shape.ay[k];
      if (first && this.covers(shape.ax[k]! + dx, shape.ay[k]! + dy)) return false;
    }
    return true;
  }

  #edgeIsFree(shape: PlaneEdges, i: number, dx: number, dy: number, c: number, least: number): boolean {
    const [ax, ay] = [this.edges.ax[i]! - dx, this.edges.ay[i]! - dy];
    const [bx, by] = [this.edges.bx[i]! - dx, this.edges.by[i]! - dy];
    const [w, e] = ax < bx ? [ax - c, bx + c] : [bx - c, ax + c];
    const [s, n] = ay < by ? [ay - c, by + c] : [by - c, ay + c];
    for (let k = 0; k < shape.count; k++) {
      const [px, py, qx, qy] = [shape.ax[k]!, shape.ay[k]!, shape.bx[k]!, shape.by[k]!];
      if ((px < w && qx < w) || (px > e && qx > e) || (py < s && qy < s) || (py > n && qy > n)) continue;
      const crossing =
        side(ax, ay, bx, by, px, py) > 0 !== side(ax, ay, bx, by, qx, qy) > 0 &&
        side(px, py, qx, qy, ax, ay) > 0 !== side(px, py, qx, qy, bx, by) > 0;
      if (
        crossing ||
        pointSegment2(px, py, ax, ay, bx, by) < least ||
        pointSegment2(qx, qy, ax, ay, bx, by) < least ||
        pointSegment2(ax, ay, px, py, qx, qy) < least ||
        pointSegment2(bx, by, px, py, qx, qy) < least
      )
        return false;
    }
    return true;
  }
}

/** Everything that stands in the way of a shape. */
export class ObstacleField {
  readonly sets: readonly IndexedSet[];

  constructor(sets: readonly ObstacleSet[]) {
    this.sets = sets.map((set) => new IndexedSet(set));
  }

  /**
   * Whether a shape moved by (dx, dy) lies on no obstacle and keeps every set's clearance. Plain doubles will do: what
   * they may err by is a millionth of the clearance.
   */
  isFree(mover: Mover, dx: number, dy: number): boolean {
    return this.sets.every((set) => set.isFree(mover, dx, dy));
  }
}
