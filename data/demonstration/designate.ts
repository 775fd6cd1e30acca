import { isBuiltUp, isCropland } from './classes.ts';
import type { Levels } from './levels.ts';
import { edgeKey, type Point } from './mesh.ts';
import { hash } from './noise.ts';
import type { CountyTerritory } from './territory.ts';
import type { Parcel, VillageLand } from './village.ts';

/** What whole parcels of a village are set aside for. */
export interface Designation {
  protectedFarmland: Set<Parcel>;
  tobacco: Set<Parcel>;
  fallow: Set<Parcel>;
  expansion: Set<Parcel>;
  approved: Set<Parcel>;
  temporary: Set<Parcel>;
  /** the border of this village's protected farmland also runs through parcels */
  cutsParcels: boolean;
}

/** Protected farmland keeps clear of the other control lines also where they bulge between two vertices of a parcel. */
const MARGIN = 0.05;

/** What the parcels of a village are set aside for; depends on the village alone. */
export function designate(land: VillageLand, county: CountyTerritory, levels: Levels): Designation {
  const seed = Number(land.code.slice(6));
  const luck = (i: number, k: number): number => hash(county.plan.seed, seed, i, k) / 4294967296;
  const middle = new Map<Parcel, Point>(land.parcels.map((p) => [p, middleOf(p)]));
  const touches = (p: Parcel, level: (at: Point) => number): boolean =>
    p.outline[0]!.some((v) => level(v) > -MARGIN);
  const open = land.parcels.filter((p) => isCropland(p.landClass));
  const nearHouses = (p: Parcel): boolean => land.settlements.some((s) => s.inside(middle.get(p)!) > -0.4);
  const tobacco = new Set(
    county.plan.relief === 'loess'
      ? open.filter(
          (p) =>
            p.landClass === '0103' &&
            p.slope < 15 &&
            p.area > 6000 / land.density &&
            levels.tobacco(middle.get(p)!) > 0 &&
            !touches(p, levels.ecologicalRedLine),
        )
      : [],
  );
  const expansion = new Set(
    land.parcels
      .filter(
        (p, i) => /^(01|02|03|1201)/.test(p.landClass) && p.area < 9000 && nearHouses(p) && luck(i, 1) < 0.35,
      )
      .slice(0, 4),
  );
  const approved = new Set([...expansion].slice(0, 1 + (seed % 2)));
  const temporary = new Set(
    besides(land, '1003')
      .filter((p) => isCropland(p.landClass) && p.area < 40000)
      .slice(0, seed % 4 === 0 ? 1 : 0),
  );
  const fallow = new Set(open.filter((p, i) => p.slope > 14 && !tobacco.has(p) && luck(i, 2) < 0.4));
  const cutsParcels = seed % 3 === 0;
  const taken = (p: Parcel): boolean => expansion.has(p) || temporary.has(p) || fallow.has(p);
  const crops = open.filter(
    (p) =>
      p.slope < 15 &&
      p.area > 4000 / land.density &&
      !taken(p) &&
      !touches(p, levels.urbanGrowth) &&
      !touches(p, levels.ecologicalRedLine) &&
      (cutsParcels || levels.protectedFarmland(middle.get(p)!) > 0),
  );
  const protectedFarmland = new Set([...crops, ...enclosedLanes(land, new Set(crops))]);
  return { protectedFarmland, tobacco, fallow, expansion, approved, temporary, cutsParcels };
}

function middleOf(parcel: Parcel): Point {
  const ring = parcel.outline[0]!;
  return {
    x: ring.reduce((s, v) => s + v.x, 0) / ring.length,
    y: ring.reduce((s, v) => s + v.y, 0) / ring.length,
  };
}

/** Who lies along each edge of the village. */
function edgeOwners(land: VillageLand): Map<number, Parcel[]> {
  const owners = new Map<number, Parcel[]>();
  for (const parcel of land.parcels) {
    for (const ring of parcel.outline) {
      ring.forEach((a, i) => {
        const key = edgeKey(a, ring[(i + 1) % ring.length]!);
        const known = owners.get(key);
        if (known) known.push(parcel);
        else owners.set(key, [parcel]);
      });
    }
  }
  return owners;
}

function besides(land: VillageLand, landClass: string): Parcel[] {
  const found = new Set<Parcel>();
  for (const pair of edgeOwners(land).values()) {
    if (pair.some((p) => p.landClass === landClass)) for (const p of pair) found.add(p);
  }
  return [...found];
}

/** Field roads and ditches that run nearly everywhere between the given fields: they belong to the protected block. */
function enclosedLanes(land: VillageLand, fields: Set<Parcel>): Parcel[] {
  const isLane = (p: Parcel): boolean => p.landClass === '1006' || p.landClass === '1107';
  const within = new Map<Parcel, number>();
  const total = new Map<Parcel, number>();
  const owners = edgeOwners(land);
  for (const lane of land.parcels.filter(isLane)) {
    for (const ring of lane.outline) {
      ring.forEach((a, i) => {
        const b = ring[(i + 1) % ring.length]!;
        const other = owners.get(edgeKey(a, b))!.find((p) => p !== lane);
        if (!other || isLane(other)) return;
        const length = Math.hypot(a.x - b.x, a.y - b.y);
        total.set(lane, (total.get(lane) ?? 0) + length);
        if (fields.has(other)) within.set(lane, (within.get(lane) ?? 0) + length);
      });
    }
  }
  return [...within].filter(([lane, length]) => length > 0.8 * total.get(lane)!).map(([lane]) => lane);
}

/** Parcels with houses and what belongs to them. */
export function builtUp(land: VillageLand): Parcel[] {
  return land.parcels.filter((p) => isBuiltUp(p.landClass));
}
