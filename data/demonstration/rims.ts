import type { Block, BlockMesh, Corridor } from './blocks.ts';
import { areaOf, type Mesh, type Ring, type Vertex } from './mesh.ts';
import { noise } from './noise.ts';

export interface Rim {
  ring: Ring;
  corridor: Corridor;
}

/** At most so wide, in metres: as wide as it should be, or narrow where a sharp corner has no room for it. */
const LIMITS = [Number.POSITIVE_INFINITY, 3, 1.5, 0.7];
/** Sine of the sharpest corner of a rim: a needle would cross itself when the plane is bent. */
const SHARPEST = 0.03;

/**
 * Takes from a block its halves of the roads, ditches and gullies around it. They meet at their corners along a line to
 * the block's own corner, so that two villages can share a road along its middle and know nothing of each other.
 */
export function takeRims(mesh: Mesh, block: Block, blockMesh: BlockMesh): { core: Ring; rims: Rim[] } {
  const { ring } = block;
  const corridors = ring.map((a, i) => blockMesh.corridor(a, ring[(i + 1) % ring.length]!));
  let core: Ring = [];
  for (const limit of LIMITS) {
    core = coreOf(mesh, ring, corridors, limit);
    if (isUnfolded(ring, core)) break;
  }
  const rims = ring.map((a, i): Rim => {
    const j = (i + 1) % ring.length;
    return { ring: [a, ring[j]!, core[j]!, core[i]!], corridor: corridors[i]! };
  });
  return { core, rims };
}

function coreOf(mesh: Mesh, ring: Ring, corridors: Corridor[], limit: number): Ring {
  return ring.map((v, i) =>
    innerCorner(
      mesh,
      ring.at(i - 1)!,
      v,
      ring[(i + 1) % ring.length]!,
      Math.min(limit, halfAt(corridors.at(i - 1)!, v)),
      Math.min(limit, halfAt(corridors[i]!, v)),
    ),
  );
}

/** Whether every rim is a convex piece whose inner edge runs the way of its outer edge; else rims and core cross. */
function isUnfolded(ring: Ring, core: Ring): boolean {
  return ring.every((a, i) => {
    const j = (i + 1) % ring.length;
    const b = ring[j]!;
    const [p, q] = [core[i]!, core[j]!];
    const along = (b.x - a.x) * (q.x - p.x) + (b.y - a.y) * (q.y - p.y) > 0;
    return along && sine(a, b, p) > SHARPEST && sine(b, q, a) > SHARPEST && areaOf([q, p, a]) > 0;
  });
}

/** Sine of the angle at `at` from b to c, counter-clockwise. */
function sine(at: Vertex, b: Vertex, c: Vertex): number {
  return (2 * areaOf([at, b, c])) / (Math.hypot(b.x - at.x, b.y - at.y) * Math.hypot(c.x - at.x, c.y - at.y));
}

/** Half the width of a corridor at a vertex of it. */
function halfAt({ id, half, wild }: Corridor, v: Vertex): number {
  return wild ? half * (1 + 0.8 * noise(id, v.x / 110, v.y / 110)) : half;
}

/** The corner `before` metres inside the edge that comes in and `after` metres inside the one that goes out. */
function innerCorner(
  mesh: Mesh,
  from: Vertex,
  at: Vertex,
  to: Vertex,
  before: number,
  after: number,
): Vertex {
  const [ax, ay] = unit(from, at);
  const [bx, by] = unit(at, to);
  const sine = ax * by - ay * bx;
  if (sine > 0.15) {
    return mesh.vertex(at.x + (before * bx - after * ax) / sine, at.y + (before * by - after * ay) / sine);
  }
  const width = (before + after) / 2;
  const [nx, ny] = [-(ay + by), ax + bx];
  const length = Math.hypot(nx, ny);
  return mesh.vertex(at.x + (nx / length) * width, at.y + (ny / length) * width);
}

function unit(a: Vertex, b: Vertex): [number, number] {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  return [(b.x - a.x) / length, (b.y - a.y) / length];
}
