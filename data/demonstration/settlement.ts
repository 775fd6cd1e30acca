import type { Block } from './blocks.ts';
import type { Point } from './mesh.ts';
import { hash, noise, type Random } from './noise.ts';
import type { Terrain } from './terrain.ts';

/** A compact cluster of houses. */
export interface Settlement extends Point {
  radius: number;
  /** above 0 inside; falls to −1 a radius beyond the edge */
  inside(p: Point): number;
}

/** The settlements of a village: one in the plain, a larger one and hamlets in the hills, on its flattest land. */
export function settlementsOf(blocks: Block[], terrain: Terrain, seed: number): Settlement[] {
  const area = blocks.reduce((sum, b) => sum + b.area, 0);
  const middle = {
    x: blocks.reduce((sum, b) => sum + b.x * b.area, 0) / area,
    y: blocks.reduce((sum, b) => sum + b.y * b.area, 0) / area,
  };
  const hills = terrain.hilliness(middle.x, middle.y);
  const unease = (b: Block): number =>
    Math.hypot(b.x - middle.x, b.y - middle.y) + 45 * terrain.slope(b.x, b.y);
  const order = [...blocks].sort((a, b) => unease(a) - unease(b));
  const count = hills > 0.5 ? Math.min(order.length, 2 + (hash(seed, 3) % 2)) : 1;
  const share = hills > 0.5 ? 0.045 : 0.11;
  return order.slice(0, count).map((block, i) => {
    const own = share * area * (i === 0 ? 1 : 0.3) * (0.8 + 0.4 * (hash(seed, i) / 4294967296));
    return settlement(block, Math.sqrt(own / Math.PI), hash(seed, 5, i));
  });
}

function settlement(at: Point, radius: number, seed: number): Settlement {
  const stretch = 1 + 0.35 * (hash(seed, 1) / 4294967296);
  return {
    x: at.x,
    y: at.y,
    radius,
    inside(p) {
      const distance = Math.hypot((p.x - at.x) / stretch, (p.y - at.y) * stretch);
      return 1 - distance / radius + 0.55 * noise(seed, p.x / 140, p.y / 140);
    },
  };
}

/** What a plot inside a settlement is used for: mostly houses, public uses near the middle, workshops at the edge. */
export function builtUpClass(settlement: Settlement, p: Point, random: Random): string {
  const depth = settlement.inside(p);
  const luck = random();
  if (depth > 0.55)
    return luck < 0.1 ? '08H2' : luck < 0.15 ? '08H1' : luck < 0.21 ? '0810' : luck < 0.25 ? '05H1' : '0702';
  if (depth > 0.2) return luck < 0.04 ? '1201' : luck < 0.06 ? '0810' : luck < 0.08 ? '0809' : '0702';
  return luck < 0.07 ? '0601' : luck < 0.11 ? '1201' : '0702';
}
