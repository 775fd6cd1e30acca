import divisions from '../divisions.json' with { type: 'json' };
import { type Block, type BlockMesh, buildBlocks } from './blocks.ts';
import type { CountyPlan } from './counties.ts';
import { hash } from './noise.ts';
import { Plane } from './plane.ts';
import { close, enclosed, fill, grow, spread } from './regions.ts';
import { type Terrain, terrainOf } from './terrain.ts';

export interface VillageTerritory {
  code: string;
  name: string;
  blocks: Block[];
}

export interface TownshipTerritory {
  code: string;
  name: string;
  villages: VillageTerritory[];
}

export interface CountyTerritory {
  plan: CountyPlan;
  terrain: Terrain;
  plane: Plane;
  blockMesh: BlockMesh;
  townships: TownshipTerritory[];
}

const SUFFIX = /(社区居民委员会|社区居委会|村民委员会|居民委员会|村委会|居委会|社区)$/;

export interface Named {
  code: string;
  name: string;
}

/** How much land a village has against the average of its township. */
export function weight(village: Named): number {
  return village.name.includes('居')
    ? 0.45
    : 0.7 + 0.6 * (hash(Number(village.code.slice(6)), 7) / 4294967296);
}

/** The village that the township is named after lies in its middle. */
function orderVillages(villages: Named[], township: Named): Named[] {
  const stem = township.name.replace(/[乡镇]$/, '');
  const seat = villages.findIndex((v) => v.name.replace(SUFFIX, '').replace(/村$/, '').endsWith(stem));
  return seat < 0 ? villages : [villages[seat]!, ...villages.toSpliced(seat, 1)];
}

export function named(parent: string): Named[] {
  return divisions.filter((d) => d.parent === parent);
}

/** Who owns which block: townships around their real places, villages inside them, with their real names and codes. */
export function buildTerritory(plan: CountyPlan, townshipCount: number): CountyTerritory {
  const terrain = terrainOf(plan.relief, plan.seed);
  const plane = new Plane(terrain, plan.seed, plan.meridian, plan.seat);
  const blockMesh = buildBlocks(plan, terrain);
  const { blocks } = blockMesh;
  const seeds = plan.townships.map((t) => ({
    ...t,
    target: t.villageArea * named(t.code).reduce((sum, v) => sum + weight(v), 0),
  }));
  const region = grow(blocks, seeds, () => true);
  close(blocks, region);
  const holes = enclosed(blocks, region, (b) => touchesBoard(b, plan));
  fill(blocks, region, (b) => holes.has(b.index));
  const townships = seeds
    .slice(0, townshipCount)
    .map((seed, i) =>
      settleTownship(blocks, region, i, { ...seed, ...named(plan.code).find((t) => t.code === seed.code)! }),
    );
  return { plan, terrain, plane, blockMesh, townships };
}

interface TownshipSite extends Named {
  x: number;
  y: number;
  villageArea: number;
}

/** The villages of the township that has the blocks of `region` number `i`; the first ones lie in its middle. */
export function settleTownship(
  blocks: Block[],
  region: Int32Array,
  i: number,
  site: TownshipSite,
): TownshipTerritory {
  const villages = orderVillages(named(site.code), site);
  const inside = (b: Block): boolean => region[b.index] === i;
  const own = blocks.filter(inside);
  const points = spread(own, villages.length).sort(
    (a, b) => Math.hypot(a.x - site.x, a.y - site.y) - Math.hypot(b.x - site.x, b.y - site.y),
  );
  const parts = grow(
    blocks,
    points.map((p, k) => ({ ...p, target: site.villageArea * weight(villages[k]!) })),
    inside,
  );
  fill(blocks, parts, inside);
  return {
    code: site.code,
    name: site.name,
    villages: villages.map((v, k) => ({
      code: v.code,
      name: v.name,
      blocks: own.filter((b) => parts[b.index] === k),
    })),
  };
}

export function touchesBoard(block: Block, plan: Pick<CountyPlan, 'board'>): boolean {
  const [west, south, east, north] = plan.board;
  return block.ring.some((v) => v.x <= west || v.x >= east || v.y <= south || v.y >= north);
}
