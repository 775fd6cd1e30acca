import { cornerClass, openLandClass } from './classes.ts';
import { cut, cutStrip, type Halves, lineThrough } from './cut.ts';
import type { Levels } from './levels.ts';
import { areaOf, centroidOf, type Mesh, type Point, type Ring } from './mesh.ts';
import type { Random } from './noise.ts';
import { builtUpClass, type Settlement } from './settlement.ts';
import { cutAngle, extent, isWellShaped } from './shape.ts';
import type { Terrain } from './terrain.ts';

/** A piece of land that is not divided any further. */
export interface Leaf {
  ring: Ring;
  landClass: string;
  /** only leaves of one group may become one parcel */
  group: string;
  /** m² in the drawing plane */
  area: number;
  slope: number;
}

export interface FieldContext {
  mesh: Mesh;
  terrain: Terrain;
  settlements: Settlement[];
  levels: Levels;
  random: Random;
  seed: number;
  /** parcels per area, 1 as in the demonstration */
  density: number;
}

const LANE = 5;
const HOUSES = 5500;

/** Divides the inside of a block into fields and, where a settlement reaches into it, lanes and rows of houses. */
export function divide(core: Ring, group: string, context: FieldContext): Leaf[] {
  const leaves: Leaf[] = [];
  const todo: Ring[] = [core];
  const base = centroidOf(core);
  const hilliness = context.terrain.hilliness(base.x, base.y);
  if (hilliness < 0.4 && areaOf(core) > 15e4) splitByDitch(core, base, context, leaves, todo, group);
  for (let face = todo.pop(); face; face = todo.pop()) {
    const middle = centroidOf(face);
    const area = areaOf(face);
    const settlement = nearest(face, context.settlements);
    const slope = context.terrain.slope(middle.x, middle.y);
    if (settlement && settlement.inside(middle) > 0 && area < (1.9 * HOUSES) / context.density) {
      leaves.push(leafOf(face, builtUpClass(settlement, middle, context.random), `${group}s`, slope));
      continue;
    }
    if (settlement ? area < HOUSES / context.density : area < fieldArea(hilliness, slope, context)) {
      leaves.push(...fieldLeaves(face, group, settlement !== null, hilliness, slope, context));
      continue;
    }
    if (settlement && settlement.inside(middle) > -0.1) {
      const lane = cutStrip(context.mesh, face, lineFor(face, context, 1.6, 0.03), LANE);
      if (lane) {
        if (lane.strip)
          leaves.push(leafOf(lane.strip, settlement.inside(middle) > 0 ? '1004' : '1006', 'lanes', slope));
        todo.push(lane.left, lane.right);
        continue;
      }
    }
    const halves = cutField(face, hilliness, settlement !== null, context);
    if (halves) todo.push(halves.left, halves.right);
    else leaves.push(...fieldLeaves(face, group, settlement !== null, hilliness, slope, context));
  }
  return leaves;
}

function leafOf(ring: Ring, landClass: string, group: string, slope: number): Leaf {
  return { ring, landClass, group, area: areaOf(ring), slope };
}

function splitByDitch(
  core: Ring,
  base: Point,
  context: FieldContext,
  leaves: Leaf[],
  todo: Ring[],
  group: string,
): void {
  const angle = cutAngle(core, context.terrain.grain(base.x, base.y), 1);
  const halves = cutStrip(context.mesh, core, lineThrough(base, angle), 3.5);
  if (!halves) return;
  todo.pop();
  todo.push(halves.left, halves.right);
  if (halves.strip)
    leaves.push(leafOf(halves.strip, context.random() < 0.6 ? '1107' : '1006', `${group}d`, 0));
}

/** The settlement that reaches into a face, if any. */
function nearest(face: Ring, settlements: Settlement[]): Settlement | null {
  const middle = centroidOf(face);
  const size = Math.sqrt(areaOf(face)) / 2;
  return (
    settlements.find(
      (s) => s.inside(middle) > 0 || Math.hypot(middle.x - s.x, middle.y - s.y) < s.radius * 0.8 + size,
    ) ?? null
  );
}

/** Target area of a field in m². */
function fieldArea(hilliness: number, slope: number, context: FieldContext): number {
  const base = hilliness < 0.3 ? 42000 : slope > 15 ? 30000 : 19000;
  return (base * (0.6 + 0.9 * context.random())) / context.density;
}

function lineFor(face: Ring, context: FieldContext, aspect: number, jitter: number) {
  const middle = centroidOf(face);
  const angle = cutAngle(face, context.terrain.grain(middle.x, middle.y), aspect);
  const reach = 0.1 * extent(face, angle + Math.PI / 2) * (context.random() * 2 - 1);
  const through = { x: middle.x - Math.sin(angle) * reach, y: middle.y + Math.cos(angle) * reach };
  return lineThrough(through, angle + jitter * (context.random() * 2 - 1));
}

function cutField(face: Ring, hilliness: number, nearHouses: boolean, context: FieldContext): Halves | null {
  const aspect = nearHouses ? 1.5 : hilliness < 0.3 ? 2.6 : 4;
  for (let attempt = 0; attempt < 8; attempt++) {
    const line = lineFor(face, context, aspect, 0.02 + 0.12 * hilliness + 0.05 * attempt);
    const fits = ({ left, right }: Halves): boolean =>
      attempt === 7
        ? isNoNeedle(left, context) && isNoNeedle(right, context)
        : isWellShaped(left, 0.6, 15) && isWellShaped(right, 0.6, 15);
    const halves = cut(context.mesh, face, line, attempt < 6 ? 8 : 2, fits);
    if (halves) return halves;
  }
  return null;
}

/** Denser land is cut so often that needles would appear, and cross themselves when the plane is bent. */
function isNoNeedle(ring: Ring, { density }: FieldContext): boolean {
  return density <= 1 || isWellShaped(ring, 0.2, 2);
}

/** One field, or a field and what stands at its end. */
function fieldLeaves(
  face: Ring,
  group: string,
  nearHouses: boolean,
  hilliness: number,
  slope: number,
  context: FieldContext,
): Leaf[] {
  const { random, terrain, seed } = context;
  const middle = centroidOf(face);
  const area = areaOf(face);
  const open = openLandClass({
    ...middle,
    area,
    slope,
    hilliness: terrain.hilliness(middle.x, middle.y),
    seed,
    wildness: context.levels.ecologicalRedLine(middle),
    luck: random(),
  });
  if (!nearHouses && area > 9000 / context.density && slope < 15 && random() < 0.16) {
    const angle = cutAngle(face, terrain.grain(middle.x, middle.y), 1);
    const across = angle + Math.PI / 2;
    const reach = extent(face, across) * (0.2 + 0.15 * random()) * (random() < 0.5 ? 1 : -1);
    const line = lineThrough(
      { x: middle.x + Math.cos(across) * reach, y: middle.y + Math.sin(across) * reach },
      angle,
    );
    const halves = cut(
      context.mesh,
      face,
      line,
      3,
      ({ left, right }) => isNoNeedle(left, context) && isNoNeedle(right, context),
    );
    if (halves) {
      const [small, large] =
        areaOf(halves.left) < areaOf(halves.right)
          ? [halves.left, halves.right]
          : [halves.right, halves.left];
      return [
        leafOf(small, cornerClass(hilliness, random()), `${group}c`, slope),
        leafOf(large, open, group, slope),
      ];
    }
  }
  if (nearHouses && random() < 0.3) return [leafOf(face, random() < 0.5 ? '0301' : '0201', group, slope)];
  return [leafOf(face, open, group, slope)];
}
