/**
 * A planar subdivision that is refined by cutting. Faces are convex rings of vertices, counter-clockwise, in the plane
 * in which the land is drawn (metres). A cut that ends on an edge splits that edge for both of its faces: the table of
 * splits is what keeps a vertex at every junction, without any tolerance.
 */
export interface Vertex {
  id: number;
  x: number;
  y: number;
  /** where the vertex lies in the local 3° zone (metres); NaN until bent */
  east: number;
  north: number;
  /** where it lies on earth (EPSG:4490); NaN until placed */
  lon: number;
  lat: number;
}

export type Ring = Vertex[];

const MAX_VERTICES = 2 ** 26;

/** One key for an edge in either direction. */
export function edgeKey(a: Vertex, b: Vertex): number {
  return a.id < b.id ? a.id * MAX_VERTICES + b.id : b.id * MAX_VERTICES + a.id;
}

/** One key for an edge in this direction. */
export function directedKey(a: Vertex, b: Vertex): number {
  return a.id * MAX_VERTICES + b.id;
}

export class Mesh {
  #next: number;
  readonly #splits = new Map<number, Vertex>();

  constructor(firstId = 0) {
    this.#next = firstId;
  }

  get nextId(): number {
    return this.#next;
  }

  vertex(x: number, y: number): Vertex {
    if (this.#next >= MAX_VERTICES) throw new Error('mesh: too many vertices');
    return { id: this.#next++, x, y, east: Number.NaN, north: Number.NaN, lon: Number.NaN, lat: Number.NaN };
  }

  /** Puts a vertex on the edge; both faces will see it. */
  split(a: Vertex, b: Vertex, vertex: Vertex): void {
    this.#splits.set(edgeKey(a, b), vertex);
  }

  splitOf(a: Vertex, b: Vertex): Vertex | undefined {
    return this.#splits.get(edgeKey(a, b));
  }

  /** The ring with every vertex that was put on its edges since. */
  expand(ring: Ring): Ring {
    const out: Ring = [];
    for (let i = 0; i < ring.length; i++) this.#walk(ring[i]!, ring[(i + 1) % ring.length]!, out);
    return out;
  }

  /** The vertices from a (included) to b (left out). */
  edge(a: Vertex, b: Vertex): Ring {
    const out: Ring = [];
    this.#walk(a, b, out);
    return out;
  }

  #walk(a: Vertex, b: Vertex, out: Ring): void {
    const middle = this.splitOf(a, b);
    if (!middle) {
      out.push(a);
      return;
    }
    this.#walk(a, middle, out);
    this.#walk(middle, b, out);
  }
}

/** Signed area in m² of a ring in the drawing plane. */
export function areaOf(ring: Ring): number {
  let twice = 0;
  const o = ring[0]!;
  for (let i = 1; i + 1 < ring.length; i++) {
    const p = ring[i]!;
    const q = ring[i + 1]!;
    twice += (p.x - o.x) * (q.y - o.y) - (q.x - o.x) * (p.y - o.y);
  }
  return twice / 2;
}

export interface Point {
  x: number;
  y: number;
}

/** Centroid of the area of a ring. */
export function centroidOf(ring: Ring): Point {
  const o = ring[0]!;
  let twice = 0;
  let x = 0;
  let y = 0;
  for (let i = 1; i + 1 < ring.length; i++) {
    const p = ring[i]!;
    const q = ring[i + 1]!;
    const cross = (p.x - o.x) * (q.y - o.y) - (q.x - o.x) * (p.y - o.y);
    twice += cross;
    x += cross * (p.x + q.x - 2 * o.x);
    y += cross * (p.y + q.y - 2 * o.y);
  }
  return { x: o.x + x / (3 * twice), y: o.y + y / (3 * twice) };
}
