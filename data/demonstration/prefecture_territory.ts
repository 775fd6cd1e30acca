import { type Block, type BlockMesh, buildBlocks } from './blocks.ts';
import { FINE, Plane } from './plane.ts';
import { PREFECTURE, SITES } from './prefecture.ts';
import { close, enclosed, fill, grow, spread } from './regions.ts';
import { type Terrain, terrainOf } from './terrain.ts';
import {
  type CountyTerritory,
  type Named,
  named,
  settleTownship,
  touchesBoard,
  weight,
} from './territory.ts';

/** What all counties of the prefecture share. Some 40,000 blocks, about 100 MB; nothing of it is a parcel. */
export interface PrefectureTerritory {
  terrain: Terrain;
  plane: Plane;
  blockMesh: BlockMesh;
  /** number in SITES of the county of each block, or -1 */
  region: Int32Array;
}

export function buildPrefecture(): PrefectureTerritory {
  const { relief, seed, meridian, seat } = PREFECTURE;
  const terrain = terrainOf(relief, seed);
  const blockMesh = buildBlocks(PREFECTURE, terrain);
  const { blocks } = blockMesh;
  const region = grow(
    blocks,
    SITES.map(({ x, y, area }) => ({ x, y, target: area })),
    () => true,
  );
  close(blocks, region);
  const holes = enclosed(blocks, region, (b) => touchesBoard(b, PREFECTURE));
  fill(blocks, region, (b) => holes.has(b.index));
  return { terrain, plane: new Plane(terrain, seed, meridian, seat, FINE), blockMesh, region };
}

/** All townships and villages of a county of the prefecture; its border is its neighbours' border. */
export function settleCounty(prefecture: PrefectureTerritory, code: string): CountyTerritory {
  const { blockMesh, region, terrain, plane } = prefecture;
  const { blocks } = blockMesh;
  const number = SITES.findIndex((s) => s.code === code);
  const { x, y, declaredEmpty } = SITES[number]!;
  const inside = (b: Block): boolean => region[b.index] === number;
  const own = blocks.filter(inside);
  const townships = orderTownships(named(code));
  const weights = townships.map((t) => named(t.code).reduce((sum, v) => sum + weight(v), 0));
  const perWeight = own.reduce((sum, b) => sum + b.area, 0) / weights.reduce((a, b) => a + b, 0);
  const points = spread(own, townships.length).sort(
    (a, b) => Math.hypot(a.x - x, a.y - y) - Math.hypot(b.x - x, b.y - y),
  );
  const parts = grow(
    blocks,
    points.map((p, i) => ({ ...p, target: perWeight * weights[i]! })),
    inside,
  );
  fill(blocks, parts, inside);
  return {
    plan: { ...PREFECTURE, code, town: { x, y }, townships: [], declaredEmpty, missing: [] },
    terrain,
    plane,
    blockMesh,
    townships: townships.map((t, i) =>
      settleTownship(blocks, parts, i, {
        ...t,
        ...points[i]!,
        villageArea: villageArea(blocks, parts, i, weights[i]!),
      }),
    ),
  };
}

function villageArea(blocks: Block[], parts: Int32Array, i: number, weights: number): number {
  return blocks.reduce((sum, b) => (parts[b.index] === i ? sum + b.area : sum), 0) / weights;
}

/** Streets (街道) lie around the seat. */
function orderTownships(townships: Named[]): Named[] {
  const urban = (t: Named): number => (/街道|城关/.test(t.name) ? 0 : 1);
  return [...townships].sort((a, b) => urban(a) - urban(b) || (a.code < b.code ? -1 : 1));
}
