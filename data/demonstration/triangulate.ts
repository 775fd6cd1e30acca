import type { Ring, Vertex } from './mesh.ts';

/** Twice the signed area of a triangle on the map; positive when counter-clockwise. */
function turn(a: Vertex, b: Vertex, c: Vertex): number {
  return (b.lon - a.lon) * (c.lat - a.lat) - (c.lon - a.lon) * (b.lat - a.lat);
}

function isEar(ring: Ring, i: number): boolean {
  const a = ring.at(i - 1)!;
  const b = ring[i]!;
  const c = ring[(i + 1) % ring.length]!;
  if (turn(a, b, c) <= 0) return false;
  return !ring.some(
    (p) => p !== a && p !== b && p !== c && turn(a, b, p) >= 0 && turn(b, c, p) >= 0 && turn(c, a, p) >= 0,
  );
}

/**
 * Triangles of a simple counter-clockwise ring without further vertices: ears are cut off, the one with the shortest cut
 * first. What cannot be cut any further (degenerate by rounding) is returned as it is.
 */
export function triangulate(ring: Ring): Ring[] {
  const rest = [...ring];
  const triangles: Ring[] = [];
  const length = (i: number): number => {
    const a = rest.at(i - 1)!;
    const c = rest[(i + 1) % rest.length]!;
    return Math.hypot(a.x - c.x, a.y - c.y);
  };
  while (rest.length > 3) {
    let best = -1;
    for (let i = 0; i < rest.length; i++) {
      if ((best < 0 || length(i) < length(best)) && isEar(rest, i)) best = i;
    }
    if (best < 0) break;
    triangles.push([rest.at(best - 1)!, rest[best]!, rest[(best + 1) % rest.length]!]);
    rest.splice(best, 1);
  }
  return [...triangles, rest];
}
