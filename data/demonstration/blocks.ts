import type { CountyPlan } from './counties.ts';
import { cut, type Halves, lineThrough } from './cut.ts';
import { areaOf, centroidOf, edgeKey, Mesh, type Ring, type Vertex } from './mesh.ts';
import { type Random, randomOf } from './noise.ts';
import { cutAngle, extent, isWellShaped } from './shape.ts';
import type { Terrain } from './terrain.ts';

/** What lies along a line between blocks: half of it on either side. */
export interface Corridor {
  id: number;
  /** land class, or null at the edge of the board */
  landClass: string | null;
  half: number;
  /** its width varies: a stream or a gully, not something built */
  wild: boolean;
}

export interface Block {
  index: number;
  ring: Ring;
  area: number;
  x: number;
  y: number;
  neighbours: number[];
}

export interface BlockMesh {
  mesh: Mesh;
  blocks: Block[];
  /** the corridor along an edge of a block's ring */
  corridor(a: Vertex, b: Vertex): Corridor;
}

function corridorOf(id: number, area: number, hills: number, random: Random): Corridor {
  const pick = random();
  const [landClass, half] = ((): [string, number] => {
    if (area > 250e6) return ['1101', 16 + 6 * random()];
    if (area > 40e6) return ['1003', 9];
    if (area > 9e6)
      return hills > 0.6
        ? pick < 0.5
          ? ['1101', 6]
          : ['1003', 5]
        : pick < 0.5
          ? ['1003', 6]
          : ['1107', 5.5];
    if (area > 1.5e6)
      return hills > 0.6
        ? pick < 0.55
          ? ['1006', 3]
          : ['0404', 6 + 9 * random()]
        : pick < 0.6
          ? ['1006', 3.5]
          : ['1107', 3];
    if (hills > 0.6)
      return pick < 0.45 ? ['1006', 2] : pick < 0.8 ? ['0404', 3 + 6 * random()] : ['0301', 3 + 4 * random()];
    return pick < 0.7 ? ['1006', 2.2] : ['1107', 1.8];
  })();
  return { id, landClass, half, wild: ['1101', '0404', '0301'].includes(landClass) };
}

/**
 * The blocks of a county: its drawing board cut again and again by the river, roads, canals and gullies until a block is
 * 10 to 30 hectares. About 50 blocks per 10 km²; the only thing held in memory for a whole county.
 */
export function buildBlocks(plan: Pick<CountyPlan, 'board' | 'seed'>, terrain: Terrain): BlockMesh {
  const mesh = new Mesh();
  const random = randomOf(plan.seed, 1);
  const corridors: Corridor[] = [{ id: 0, landClass: null, half: 2, wild: false }];
  const edges = new Map<number, Corridor>();
  const [west, south, east, north] = plan.board;
  const board = [
    mesh.vertex(west, south),
    mesh.vertex(east, south),
    mesh.vertex(east, north),
    mesh.vertex(west, north),
  ];
  const done: Ring[] = [];
  const todo: Ring[] = [board];
  for (let face = todo.pop(); face; face = todo.pop()) {
    const area = areaOf(face);
    const middle = centroidOf(face);
    const hills = terrain.hilliness(middle.x, middle.y);
    const enough = (27e4 - 8e4 * hills) * (0.6 + 0.8 * random());
    const halves = area > enough ? cutBlock(mesh, face, terrain, hills, random) : null;
    if (!halves) {
      done.push(face);
      continue;
    }
    const corridor = corridorOf(corridors.length, area, hills, random);
    corridors.push(corridor);
    edges.set(edgeKey(halves.left.at(-1)!, halves.left[0]!), corridor);
    todo.push(halves.left, halves.right);
  }
  return finish(mesh, done, edges, corridors[0]!);
}

function cutBlock(mesh: Mesh, face: Ring, terrain: Terrain, hills: number, random: Random): Halves | null {
  const middle = centroidOf(face);
  const grain = terrain.grain(middle.x, middle.y);
  const jitter = 0.1 + 0.35 * hills;
  for (let attempt = 0; attempt < 40; attempt++) {
    const wild = jitter + 0.02 * attempt;
    const angle = cutAngle(face, grain, 1.3) + wild * (random() * 2 - 1);
    const reach = 0.16 * extent(face, angle + Math.PI / 2) * (random() * 2 - 1);
    const through = { x: middle.x - Math.sin(angle) * reach, y: middle.y + Math.cos(angle) * reach };
    const sharpest = attempt < 12 ? 0.8 : attempt < 25 ? 0.6 : 0.4;
    const fits = ({ left, right }: Halves): boolean =>
      isWellShaped(left, sharpest, 85) && isWellShaped(right, sharpest, 85);
    const halves = cut(mesh, face, lineThrough(through, angle), attempt % 2 ? 45 : 60, fits);
    if (halves) return halves;
  }
  return null;
}

/** About so often, in metres, the width of a stream or gully changes. */
const BEND = 40;

/** Rings with all their junctions, the corridor of every edge, and who borders on whom. */
function finish(mesh: Mesh, faces: Ring[], cuts: Map<number, Corridor>, outside: Corridor): BlockMesh {
  const edges = new Map<number, Corridor>();
  const inherit = (a: Vertex, b: Vertex, corridor: Corridor): void => {
    const length = Math.hypot(a.x - b.x, a.y - b.y);
    if (corridor.wild && length > 2 * BEND && !mesh.splitOf(a, b)) {
      mesh.split(a, b, mesh.vertex((a.x + b.x) / 2, (a.y + b.y) / 2));
    }
    const middle = mesh.splitOf(a, b);
    if (!middle) {
      edges.set(edgeKey(a, b), corridor);
      return;
    }
    inherit(a, middle, corridor);
    inherit(middle, b, corridor);
  };
  const byId = new Map<number, Vertex>();
  for (const face of faces) for (const v of mesh.expand(face)) byId.set(v.id, v);
  for (const [key, corridor] of cuts) {
    const high = key % 2 ** 26;
    inherit(byId.get((key - high) / 2 ** 26)!, byId.get(high)!, corridor);
  }
  const owner = new Map<number, number>();
  const blocks = faces.map((face, index): Block => {
    const ring = mesh.expand(face);
    return { index, ring, area: areaOf(ring), ...centroidOf(ring), neighbours: [] };
  });
  for (const block of blocks) {
    block.ring.forEach((a, i) => {
      const key = edgeKey(a, block.ring[(i + 1) % block.ring.length]!);
      const other = owner.get(key);
      owner.set(key, block.index);
      if (other === undefined) return;
      block.neighbours.push(other);
      blocks[other]!.neighbours.push(block.index);
    });
  }
  return { mesh, blocks, corridor: (a, b) => edges.get(edgeKey(a, b)) ?? outside };
}
