import type { Level } from './clip.ts';
import type { Point } from './mesh.ts';
import { hash, noise } from './noise.ts';
import type { CountyTerritory } from './territory.ts';

/** The free borders of a county's zones, as functions on its drawing plane. */
export interface Levels {
  ecologicalRedLine: Level;
  natureReserve: Level;
  urbanGrowth: Level;
  grainProduction: Level;
  importantProduct: Level;
  tobacco: Level;
  steepSlope: Level;
  /** where a village's permanent basic farmland ends within parcels */
  protectedFarmland: Level;
}

export function levelsOf({ plan, terrain, townships }: CountyTerritory): Levels {
  const { seed } = plan;
  const wave = (n: number, size: number, p: Point): number => noise(seed + n, p.x / size, p.y / size);
  const town = townAt(
    townships.flatMap((t) => t.villages.map((v) => v.blocks[0]!)),
    plan.town ?? { x: 0, y: 0 },
  );
  const ecologicalRedLine: Level =
    plan.relief === 'foothills'
      ? (p) => (p.y - 13200) / 1500 + 0.9 * wave(31, 1500, p) + 0.35 * wave(32, 420, p)
      : (p) => wave(31, 3600, p) + 0.25 * wave(32, 500, p) - 0.27;
  return {
    ecologicalRedLine,
    natureReserve: (p) => ecologicalRedLine(p) - 0.7,
    urbanGrowth: (p) => 1 - Math.hypot(p.x - town.x, p.y - town.y) / 850 + 0.6 * wave(33, 600, p),
    grainProduction: (p) =>
      0.3 +
      wave(34, 2600, p) +
      0.2 * wave(35, 600, p) -
      1.5 * terrain.hilliness(p.x, p.y) * (plan.relief === 'loess' ? 0.35 : 1),
    importantProduct: (p) => wave(36, 1900, p) + 0.2 * wave(37, 450, p) - 0.3,
    tobacco: (p) => wave(38, 1500, p) + 0.05,
    steepSlope: (p) => terrain.slope(p.x, p.y) - 25,
    protectedFarmland: (p) => 0.34 + wave(39, 1100, p) + 0.2 * wave(40, 300, p),
  };
}

/** The loaded village nearest to the county seat: there the town grows. */
function townAt(blocks: Point[], seat: Point): Point {
  const away = (p: Point): number => Math.hypot(p.x - seat.x, p.y - seat.y);
  return blocks.reduce((best, b) => (away(b) < away(best) ? b : best));
}

export type HazardKind = 'landslide' | 'collapse' | 'subsidence';

export interface Hazard extends Point {
  number: number;
  kind: HazardKind;
  /** its border, counter-clockwise */
  border: Point[];
}

const CELL = 1300;
const CORNERS = 28;

/** Hazard points around a place: at most one per cell, far enough from its edge never to meet another. */
export function hazardsNear({ plan, terrain }: CountyTerritory, at: Point, reach: number): Hazard[] {
  const found: Hazard[] = [];
  const cells = (c: number): [number, number] => [
    Math.floor((c - reach) / CELL),
    Math.floor((c + reach) / CELL),
  ];
  const [west, east] = cells(at.x);
  const [south, north] = cells(at.y);
  for (let i = west; i <= east; i++) {
    for (let j = south; j <= north; j++) {
      const luck = (k: number): number => hash(plan.seed, 51, i, j, k) / 4294967296;
      const x = (i + 0.3 + 0.4 * luck(1)) * CELL;
      const y = (j + 0.3 + 0.4 * luck(2)) * CELL;
      const slope = terrain.slope(x, y);
      if (terrain.hilliness(x, y) < 0.25 || luck(3) > 0.7) continue;
      const kind: HazardKind = slope > 17 ? 'collapse' : slope > 8 ? 'landslide' : 'subsidence';
      const border = blob({ x, y }, 60 + 120 * luck(4), terrain.grain(x, y), hash(plan.seed, i, j));
      found.push({ x, y, number: hash(plan.seed, i, j) % 1_000_000, kind, border });
    }
  }
  return found;
}

/** An irregular oval, longer along `angle`. */
function blob(at: Point, radius: number, angle: number, seed: number): Point[] {
  return Array.from({ length: CORNERS }, (_, k) => {
    const phi = (k / CORNERS) * 2 * Math.PI;
    const r = radius * (1 + 0.35 * noise(seed, 2 + 1.5 * Math.cos(phi), 2 + 1.5 * Math.sin(phi)));
    const [u, v] = [1.25 * r * Math.cos(phi), 0.8 * r * Math.sin(phi)];
    return {
      x: at.x + u * Math.cos(angle) - v * Math.sin(angle),
      y: at.y + u * Math.sin(angle) + v * Math.cos(angle),
    };
  });
}
