import { areaOf, type Mesh, type Point, type Ring, type Vertex } from './mesh.ts';

/** A straight line through a point; (dx, dy) is a unit vector. */
export interface Line {
  x: number;
  y: number;
  dx: number;
  dy: number;
}

export function lineThrough(p: Point, angle: number): Line {
  return { x: p.x, y: p.y, dx: Math.cos(angle), dy: Math.sin(angle) };
}

/** The parallel that lies `left` metres to the left. */
export function shifted(line: Line, left: number): Line {
  return { ...line, x: line.x - line.dy * left, y: line.y + line.dx * left };
}

export interface Halves {
  left: Ring;
  right: Ring;
}

/** How far a point lies to the left of a line, in metres. */
function leftOf(line: Line, p: Point): number {
  return line.dx * (p.y - line.y) - line.dy * (p.x - line.x);
}

/**
 * Cuts a convex face along a line. A vertex nearer to the line than `snap` metres serves as the end of the cut. Null
 * where the line does not cut the face clearly in two, or where `accept` refuses; then the mesh is as before.
 */
export function cut(
  mesh: Mesh,
  face: Ring,
  line: Line,
  snap: number,
  accept: (halves: Halves) => boolean = () => true,
): Halves | null {
  const ring = mesh.expand(face);
  const side = ring.map((v) => leftOf(line, v)).map((d) => (Math.abs(d) < snap ? 0 : d));
  const walk: Ring = [];
  const ends: number[] = [];
  const splits: [Vertex, Vertex, Vertex][] = [];
  for (let i = 0; i < ring.length; i++) {
    const j = (i + 1) % ring.length;
    const [a, b] = [ring[i]!, ring[j]!];
    if (side[i] === 0) ends.push(walk.length);
    walk.push(a);
    if (side[i]! * side[j]! < 0) {
      const t = side[i]! / (side[i]! - side[j]!);
      const vertex = mesh.vertex(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y));
      splits.push([a, b, vertex]);
      ends.push(walk.length);
      walk.push(vertex);
    }
  }
  if (ends.length !== 2) return null;
  const [p, q] = ends as [number, number];
  const one = walk.slice(p, q + 1);
  const two = [...walk.slice(q), ...walk.slice(0, p + 1)];
  if (one.length < 3 || two.length < 3 || areaOf(one) < 1 || areaOf(two) < 1) return null;
  const oneIsLeft = one.reduce((sum, v) => sum + leftOf(line, v), 0) > 0;
  const halves = oneIsLeft ? { left: one, right: two } : { left: two, right: one };
  if (!accept(halves)) return null;
  for (const [a, b, vertex] of splits) mesh.split(a, b, vertex);
  return halves;
}

/**
 * Cuts a strip of `width` metres (a lane, a ditch) out of a convex face. Null where there is no room for it; where only
 * one of its banks could be cut the strip is empty and the face is cut once.
 */
export function cutStrip(
  mesh: Mesh,
  face: Ring,
  line: Line,
  width: number,
): { left: Ring; right: Ring; strip: Ring | null } | null {
  const first = cut(mesh, face, shifted(line, width / 2), 0.8);
  if (!first) return null;
  const second = cut(mesh, first.right, shifted(line, -width / 2), 0.8);
  if (!second) return { left: first.left, right: first.right, strip: null };
  return { left: first.left, right: second.right, strip: second.left };
}
