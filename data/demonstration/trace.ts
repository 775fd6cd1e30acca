import type { Position } from 'geojson';
import { directedKey, type Ring, type Vertex } from './mesh.ts';

/** A polygon as rings of vertices, the outer one first and counter-clockwise; not closed. */
export type Outline = Ring[];

/**
 * The outline of a set of faces that share vertices: edges that two faces have in opposite directions cancel, what is
 * left is chained. Purely combinatorial but for the choice at a vertex where two corners touch; there the ring stays
 * with the corner it came from, so that touching parts become polygons of their own. One outline per connected part.
 */
export function outlines(faces: Iterable<Ring>): Outline[] {
  const edges = new Map<number, [Vertex, Vertex]>();
  for (const ring of faces) {
    for (let i = 0; i < ring.length; i++) {
      const a = ring[i]!;
      const b = ring[(i + 1) % ring.length]!;
      if (!edges.delete(directedKey(b, a))) edges.set(directedKey(a, b), [a, b]);
    }
  }
  const leaving = new Map<Vertex, Vertex[]>();
  for (const [a, b] of edges.values()) {
    const out = leaving.get(a);
    if (out) out.push(b);
    else leaving.set(a, [b]);
  }
  const loops: Ring[] = [];
  for (const [a, b] of edges.values()) {
    if (!edges.has(directedKey(a, b))) continue;
    loops.push(...simpleLoops(walk(edges, leaving, a, b)));
  }
  return nest(loops);
}

/** The ring that starts with the edge a → b; its edges are taken out of the set. */
function walk(
  edges: Map<number, [Vertex, Vertex]>,
  leaving: Map<Vertex, Vertex[]>,
  a: Vertex,
  b: Vertex,
): Ring {
  const ring: Ring = [];
  let from = a;
  let to = b;
  while (edges.delete(directedKey(from, to))) {
    ring.push(from);
    const choices = leaving.get(to)!;
    const next = choices.length === 1 ? choices[0]! : firstClockwise(from, to, choices);
    from = to;
    to = next;
  }
  return ring;
}

/** Of the vertices to go on to from `at`, the first one clockwise from where the ring came. */
function firstClockwise(from: Vertex, at: Vertex, choices: Vertex[]): Vertex {
  const back = Math.atan2(from.lat - at.lat, from.lon - at.lon);
  const turn = (v: Vertex): number => {
    const angle = back - Math.atan2(v.lat - at.lat, v.lon - at.lon);
    return angle <= 1e-12 ? angle + 2 * Math.PI : angle;
  };
  return choices.reduce((best, v) => (turn(v) < turn(best) ? v : best));
}

/** A ring that comes twice through one vertex, taken apart there. */
function simpleLoops(ring: Ring): Ring[] {
  const loops: Ring[] = [];
  const path: Ring = [];
  const place = new Map<Vertex, number>();
  for (const v of ring) {
    const start = place.get(v);
    if (start !== undefined) {
      const loop = path.splice(start);
      for (const w of loop) place.delete(w);
      loops.push(loop);
    }
    place.set(v, path.length);
    path.push(v);
  }
  loops.push(path);
  return loops.filter((loop) => loop.length >= 3);
}

/** Twice the signed area in degrees²: only its sign and order matter. */
function turning(ring: Ring): number {
  const o = ring[0]!;
  let sum = 0;
  for (let i = 1; i + 1 < ring.length; i++) {
    const p = ring[i]!;
    const q = ring[i + 1]!;
    sum += (p.lon - o.lon) * (q.lat - o.lat) - (q.lon - o.lon) * (p.lat - o.lat);
  }
  return sum;
}

/** Puts every hole (clockwise) into the smallest outer ring around it. */
function nest(loops: Ring[]): Outline[] {
  const sized = loops.map((ring) => ({ ring, size: turning(ring) }));
  const shells = sized.filter((l) => l.size > 0).sort((a, b) => a.size - b.size);
  const outlinesOf = new Map(shells.map((shell) => [shell.ring, [shell.ring]]));
  for (const hole of sized.filter((l) => l.size < 0)) {
    const around =
      shells.length === 1
        ? shells[0]
        : shells.find((shell) => shell.size > -hole.size && isInside(hole.ring, shell.ring));
    if (around) outlinesOf.get(around.ring)!.push(hole.ring);
  }
  return [...outlinesOf.values()];
}

/** Whether a ring lies in another that it may touch but not cross: decided by a vertex that is not shared. */
function isInside(ring: Ring, shell: Ring): boolean {
  const shared = new Set(shell);
  const probe = ring.find((v) => !shared.has(v));
  if (!probe) return true;
  let inside = false;
  for (let i = 0, j = shell.length - 1; i < shell.length; j = i++) {
    const a = shell[i]!;
    const b = shell[j]!;
    if (
      a.lat > probe.lat !== b.lat > probe.lat &&
      probe.lon < ((b.lon - a.lon) * (probe.lat - a.lat)) / (b.lat - a.lat) + a.lon
    )
      inside = !inside;
  }
  return inside;
}

/** GeoJSON coordinates of an outline: closed rings of lon, lat. */
export function coordinates(outline: Outline): Position[][] {
  return outline.map((ring) => [...ring, ring[0]!].map((v) => [v.lon, v.lat]));
}
