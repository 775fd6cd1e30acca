import { divide, type FieldContext, type Leaf } from './fields.ts';
import type { Levels } from './levels.ts';
import { mergeLeaves } from './merge.ts';
import { Mesh, type Ring } from './mesh.ts';
import { randomOf } from './noise.ts';
import { takeRims } from './rims.ts';
import { type Settlement, settlementsOf } from './settlement.ts';
import type { CountyTerritory, VillageTerritory } from './territory.ts';
import { type Outline, outlines } from './trace.ts';

export interface Parcel {
  landClass: string;
  /** mean slope in degrees */
  slope: number;
  /** m² in the drawing plane: for decisions, not for the books */
  area: number;
  /** the pieces it was joined from, every vertex of its borders placed on earth */
  faces: Ring[];
  outline: Outline;
}

export interface VillageLand {
  code: string;
  name: string;
  settlements: Settlement[];
  /** parcels per area, 1 as in the demonstration */
  density: number;
  parcels: Parcel[];
}

/** The parcels of one village: a partition of it. Depends on nothing but the county's blocks and the village's code. */
export function buildVillage(
  county: CountyTerritory,
  levels: Levels,
  village: VillageTerritory,
  density: number,
): VillageLand {
  const { blockMesh, terrain, plane, plan } = county;
  const mesh = new Mesh(blockMesh.mesh.nextId);
  const seed = Number(village.code.slice(6));
  const settlements = settlementsOf(village.blocks, terrain, seed);
  const context: FieldContext = {
    mesh,
    terrain,
    settlements,
    levels,
    random: randomOf(plan.seed, seed),
    seed: plan.seed,
    density,
  };
  const leaves: Leaf[] = [];
  for (const block of village.blocks) {
    const { core, rims } = takeRims(mesh, block, blockMesh);
    leaves.push(...divide(core, `b${block.index}`, context));
    for (const { ring, corridor } of rims) {
      const landClass = corridor.landClass ?? '1006';
      leaves.push({
        ring,
        landClass,
        group: `c${corridor.id}`,
        area: areaOfRim(ring),
        slope: terrain.slope(ring[0]!.x, ring[0]!.y),
      });
    }
  }
  for (const leaf of leaves) leaf.ring = plane.densify(mesh, leaf.ring);
  for (const leaf of leaves) leaf.ring = mesh.expand(leaf.ring).map((v) => plane.place(v));
  return {
    code: village.code,
    name: village.name,
    settlements,
    density,
    parcels: parcelsOf(leaves, mergeLeaves(leaves, density, randomOf(plan.seed, seed, 2))),
  };
}

function areaOfRim([a, b, c, d]: Ring): number {
  return Math.abs((c!.x - a!.x) * (d!.y - b!.y) - (d!.x - b!.x) * (c!.y - a!.y)) / 2;
}

function parcelsOf(leaves: Leaf[], numbers: number[]): Parcel[] {
  const groups = new Map<number, Leaf[]>();
  leaves.forEach((leaf, i) => {
    const group = groups.get(numbers[i]!);
    if (group) group.push(leaf);
    else groups.set(numbers[i]!, [leaf]);
  });
  return [...groups.values()].flatMap((group) => {
    const faces = group.map((leaf) => leaf.ring);
    const area = group.reduce((sum, leaf) => sum + leaf.area, 0);
    const slope = group.reduce((sum, leaf) => sum + leaf.slope * leaf.area, 0) / area;
    return outlines(faces).map((outline) => ({
      landClass: group[0]!.landClass,
      slope,
      area,
      faces,
      outline,
    }));
  });
}
