import type { Block, BlockMesh, Corridor } from './blocks.ts';
import type { Mesh, Ring, Vertex } from './mesh.ts';
import { noise } from './noise.ts';

export interface Rim {
  ring: Ring;
  corridor: Corridor;
}

/**
 * Takes from a block its halves of the roads, ditches and gullies around it. They meet at their corners along a line to
 * the block's own corner, so that two villages can share a road along its middle and know nothing of each other.
 */
export function takeRims(mesh: Mesh, block: Block, blockMesh: BlockMesh): { core: Ring; rims: Rim[] } {
  const { ring } = block;
  const corridors = ring.map((a, i) => blockMesh.corridor(a, ring[(i + 1) % ring.length]!));
  const core = ring.map((v, i) =>
    innerCorner(
      mesh,
      ring.at(i - 1)!,
      v,
      ring[(i + 1) % ring.length]!,
      halfAt(corridors.at(i - 1)!, v),
      halfAt(corridors[i]!, v),
    ),
  );
  const rims = ring.map((a, i): Rim => {
    const j = (i + 1) % ring.length;
    return { ring: [a, ring[j]!, core[j]!, core[i]!], corridor: corridors[i]! };
  });
  return { core, rims };
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
