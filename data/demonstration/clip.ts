import { edgeKey, Mesh, type Point, type Ring, type Vertex } from './mesh.ts';
import { triangulate } from './triangulate.ts';

/** A zone with a free border: the points where it is positive. */
export type Level = (p: Point) => number;

const FIRST_OWN_ID = 2 ** 25;
const HALVINGS = 24;

/**
 * The parts of faces where `level` is positive, as pieces that share their vertices. A face that the border crosses is
 * taken apart into triangles and cut one by one, so that no cut can leave its face. On an edge the border is the same
 * point for both faces, in this village and in the next; along the faces' own edges the zone keeps their vertices.
 */
export function clipFaces(faces: Iterable<Ring>, level: Level): Ring[] {
  const mesh = new Mesh(FIRST_OWN_ID);
  const inside = new Map<Vertex, boolean>();
  const crossings = new Map<number, Vertex>();
  const isInside = (v: Vertex): boolean => {
    let found = inside.get(v);
    if (found === undefined) {
      found = level(v) > 0;
      inside.set(v, found);
    }
    return found;
  };
  const crossing = (a: Vertex, b: Vertex): Vertex => {
    const key = edgeKey(a, b);
    let found = crossings.get(key);
    if (!found) {
      found = crossingOf(mesh, a, b, level);
      crossings.set(key, found);
    }
    return found;
  };
  const pieces: Ring[] = [];
  for (const ring of faces) {
    const count = ring.filter(isInside).length;
    if (count === ring.length) pieces.push(ring);
    else if (count > 0)
      for (const triangle of triangulate(ring)) pieces.push(...clipTriangle(triangle, isInside, crossing));
  }
  return pieces;
}

/** The point of an edge where the level changes its sign; computed from the same end whichever face asks. */
function crossingOf(mesh: Mesh, a: Vertex, b: Vertex, level: Level): Vertex {
  const [p, q] = a.x < b.x || (a.x === b.x && a.y < b.y) ? [a, b] : [b, a];
  const at = (t: number): Point => ({ x: p.x + t * (q.x - p.x), y: p.y + t * (q.y - p.y) });
  const startsInside = level(p) > 0;
  let low = 0;
  let high = 1;
  for (let i = 0; i < HALVINGS; i++) {
    const t = (low + high) / 2;
    if (level(at(t)) > 0 === startsInside) low = t;
    else high = t;
  }
  const t = (low + high) / 2;
  const { x, y } = at(t);
  const vertex = mesh.vertex(x, y);
  vertex.lon = p.lon + t * (q.lon - p.lon);
  vertex.lat = p.lat + t * (q.lat - p.lat);
  return vertex;
}

function clipTriangle(
  ring: Ring,
  isInside: (v: Vertex) => boolean,
  crossing: (a: Vertex, b: Vertex) => Vertex,
): Ring[] {
  const out: Ring = [];
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length]!;
    if (isInside(a)) out.push(a);
    if (isInside(a) !== isInside(b)) out.push(crossing(a, b));
  });
  return out.length >= 3 ? [out] : [];
}
