import type { MultiPolygon } from 'geojson';
import { LAYER_KEYS, type LayerKey } from '../../server/contract/index.ts';
import type {
  LandCounty,
  LandDivision,
  LandFeature,
  LandPart,
  LandVersion,
} from '../../server/layers/land_source.ts';
import { landUseFeature } from './attributes.ts';
import { designate } from './designate.ts';
import { EDITIONS } from './editions.ts';
import { type Levels, levelsOf } from './levels.ts';
import { Mesh } from './mesh.ts';
import type { CountyTerritory, TownshipTerritory, VillageTerritory } from './territory.ts';
import { coordinates, outlines } from './trace.ts';
import { buildVillage } from './village.ts';
import { type VillageCase, ZONES } from './zones.ts';

/**
 * So many parcels stay in memory after their villages were built, so that fifteen layers need not build them fifteen
 * times. More land than that costs the time, not the memory.
 */
const KEPT_PARCELS = 50_000;

/**
 * A county as a land source. Nothing is built before it is asked for; layers stream village by village, and
 * a part is a village with all its layers.
 */
export function demonstrationCounty(county: CountyTerritory, density: number): LandCounty {
  const { plan } = county;
  const cases = caseReader(county, density);
  const divisions = divisionsOf(county);
  const shapeOf = (code: string): MultiPolygon => divisions.find((d) => d.code === code)!.geometry;
  const versions = LAYER_KEYS.map((layer): LandVersion => {
    const edition = EDITIONS[layer];
    const covered = county.townships.filter(
      (t) => !plan.missing.some((m) => m.layer === layer && m.township === t.code),
    );
    const whole = covered.length === county.townships.length;
    const declaredEmpty = plan.declaredEmpty.includes(layer);
    return {
      layer,
      label: `${edition.label}（示意数据）`,
      source: `${edition.source}（示意数据，非真实成果）`,
      in_force_from: edition.from,
      in_force_until: null,
      coverage: whole
        ? shapeOf(plan.code)
        : unionOf(
            county,
            covered.flatMap((t) => t.villages),
          ),
      declared_empty: declaredEmpty,
      features: () => (declaredEmpty ? [] : featuresOf(layer, covered, cases)),
    };
  });
  const levels = levelsOf(county);
  function* parts(): Iterable<LandPart> {
    for (const township of county.townships) {
      const layers = LAYER_KEYS.filter(
        (layer) =>
          !plan.declaredEmpty.includes(layer) &&
          !plan.missing.some((m) => m.layer === layer && m.township === township.code),
      );
      for (const village of township.villages) {
        const found = caseOf(county, levels, village, density);
        yield {
          name: `${township.name} ${village.name}`,
          features: new Map(layers.map((layer) => [layer, featuresIn(layer, found)])),
        };
      }
    }
  }
  return { code: plan.code, divisions, versions, parts };
}

function* featuresOf(
  layer: LayerKey,
  townships: TownshipTerritory[],
  cases: (v: VillageTerritory) => VillageCase,
): Iterable<LandFeature> {
  for (const village of townships.flatMap((t) => t.villages)) yield* featuresIn(layer, cases(village));
}

function featuresIn(layer: LayerKey, found: VillageCase): LandFeature[] {
  return layer === 'land_use'
    ? found.land.parcels.map((parcel, i) => landUseFeature(found.land, parcel, i + 1))
    : ZONES[layer](found);
}

function caseOf(
  county: CountyTerritory,
  levels: Levels,
  village: VillageTerritory,
  density: number,
): VillageCase {
  const land = buildVillage(county, levels, village, density);
  return { county, levels, land, designation: designate(land, county, levels) };
}

/** Builds villages and keeps the latest ones. */
function caseReader(county: CountyTerritory, density: number): (village: VillageTerritory) => VillageCase {
  const levels = levelsOf(county);
  const kept = new Map<string, VillageCase>();
  let parcels = 0;
  return (village) => {
    let found = kept.get(village.code);
    if (!found) {
      found = caseOf(county, levels, village, density);
      kept.set(village.code, found);
      parcels += found.land.parcels.length;
      for (const [code, oldest] of kept) {
        if (parcels <= KEPT_PARCELS || code === village.code) break;
        kept.delete(code);
        parcels -= oldest.land.parcels.length;
      }
    }
    return found;
  };
}

/** The union of villages from the blocks alone; its border has the same vertices as the parcels along it. */
function unionOf({ blockMesh, plane }: CountyTerritory, villages: VillageTerritory[]): MultiPolygon {
  const mesh = new Mesh(blockMesh.mesh.nextId);
  const rings = villages.flatMap((v) => v.blocks.map((b) => plane.densify(mesh, b.ring)));
  const faces = rings.map((ring) => mesh.expand(ring).map((v) => plane.place(v)));
  return { type: 'MultiPolygon', coordinates: outlines(faces).map(coordinates) };
}

function divisionsOf(county: CountyTerritory): LandDivision[] {
  const { townships } = county;
  const villages = townships.flatMap((t) => t.villages);
  return [
    { code: county.plan.code, geometry: unionOf(county, villages) },
    ...townships.map((t) => ({ code: t.code, geometry: unionOf(county, t.villages) })),
    ...villages.map((v) => ({ code: v.code, geometry: unionOf(county, [v]) })),
  ];
}
