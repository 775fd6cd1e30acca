import type { Block } from './blocks.ts';
import type { Point } from './mesh.ts';
import { noise } from './noise.ts';

export interface Seed extends Point {
  /** area in m² that the region should reach */
  target: number;
}

const FREE = -1;

/**
 * Regions that grow from their seeds block by block, always the one that lacks most, until each has its area. Every
 * region is connected; a block is the cheaper the nearer it lies and the more of its neighbours belong already, and the
 * land between is uneven, so that regions are neither ragged nor round. Returns the region of each block, or -1;
 * `allowed` limits where they may grow.
 */
export function grow(blocks: Block[], seeds: Seed[], allowed: (block: Block) => boolean): Int32Array {
  const region = new Int32Array(blocks.length).fill(FREE);
  const area = seeds.map(() => 0);
  const frontier = seeds.map(() => new Set<number>());
  const cost = (block: Block, r: number): number => {
    const seed = seeds[r]!;
    const size = Math.sqrt(seed.target);
    const own = block.neighbours.filter((n) => region[n] === r).length / block.neighbours.length;
    const uneven = 1 + 0.3 * noise(r, (1.5 * block.x) / size, (1.5 * block.y) / size);
    return Math.hypot(block.x - seed.x, block.y - seed.y) * uneven - 1.6 * Math.sqrt(block.area) * own;
  };
  const take = (block: Block, r: number): void => {
    region[block.index] = r;
    area[r]! += block.area;
    for (const n of block.neighbours) if (region[n] === FREE && allowed(blocks[n]!)) frontier[r]!.add(n);
  };
  seeds.forEach((_, r) => {
    const free = blocks.filter((b) => region[b.index] === FREE && allowed(b));
    if (free.length === 0) throw new Error('regions: more seeds than blocks');
    take(
      free.reduce((best, b) => (cost(b, r) < cost(best, r) ? b : best)),
      r,
    );
  });
  const hungry = new Set(seeds.keys());
  while (hungry.size > 0) {
    const r = [...hungry].reduce((a, b) =>
      area[a]! / seeds[a]!.target <= area[b]! / seeds[b]!.target ? a : b,
    );
    const open = [...frontier[r]!].filter((n) => region[n] === FREE);
    frontier[r] = new Set(open);
    if (open.length === 0 || area[r]! >= seeds[r]!.target) {
      hungry.delete(r);
      continue;
    }
    take(
      open.map((n) => blocks[n]!).reduce((best, b) => (cost(b, r) < cost(best, r) ? b : best)),
      r,
    );
  }
  return region;
}

/** Gives every free block that `allowed` admits to a region next to it: nothing is left over between regions. */
export function fill(blocks: Block[], region: Int32Array, allowed: (block: Block) => boolean): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const block of blocks) {
      if (region[block.index] !== FREE || !allowed(block)) continue;
      const next = block.neighbours.find((n) => region[n] !== FREE);
      if (next === undefined) continue;
      region[block.index] = region[next]!;
      changed = true;
    }
  }
}

/** Gives a free block to the regions that surround most of it: closes gulfs between regions. */
export function close(blocks: Block[], region: Int32Array): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const block of blocks) {
      const taken = block.neighbours.filter((n) => region[n] !== FREE);
      if (region[block.index] !== FREE || taken.length < 0.65 * block.neighbours.length) continue;
      region[block.index] = region[taken[0]!]!;
      changed = true;
    }
  }
}

/** Blocks that cannot be reached from the edge of the board without crossing a region: holes. */
export function enclosed(
  blocks: Block[],
  region: Int32Array,
  onEdge: (block: Block) => boolean,
): Set<number> {
  const reached = new Set(blocks.filter((b) => onEdge(b) && region[b.index] === FREE).map((b) => b.index));
  for (const index of reached) {
    for (const n of blocks[index]!.neighbours) if (region[n] === FREE) reached.add(n);
  }
  return new Set(blocks.filter((b) => region[b.index] === FREE && !reached.has(b.index)).map((b) => b.index));
}

/** `count` points spread evenly over the blocks (Lloyd's algorithm from the blocks farthest apart). */
export function spread(blocks: Block[], count: number): Point[] {
  const points: Point[] = [blocks[0]!];
  const gap = (b: Point): number => Math.min(...points.map((p) => Math.hypot(p.x - b.x, p.y - b.y)));
  while (points.length < count) points.push(blocks.reduce((best, b) => (gap(b) > gap(best) ? b : best)));
  for (let round = 0; round < 12; round++) {
    const sums = points.map(() => ({ x: 0, y: 0, area: 0 }));
    for (const block of blocks) {
      const distances = points.map((p) => Math.hypot(p.x - block.x, p.y - block.y));
      const sum = sums[distances.indexOf(Math.min(...distances))]!;
      sum.x += block.x * block.area;
      sum.y += block.y * block.area;
      sum.area += block.area;
    }
    sums.forEach((sum, i) => {
      if (sum.area > 0) points[i] = { x: sum.x / sum.area, y: sum.y / sum.area };
    });
  }
  return points.map(({ x, y }) => ({ x, y }));
}
