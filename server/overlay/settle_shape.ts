import type { Layer, LayerVersion } from '../layers/index.ts';
import type { checkLand } from './check_land.ts';
import type { MeasuredPart } from './queries.ts';
import { failedLayer, type SettledLayer, settleLayer, type Whole } from './settle_layer.ts';

export interface VillageArea {
  code: string;
  /** left out where it was not asked for, or nothing has the code now */
  name?: string;
  area_m2: number;
  net_area_m2: number;
}

/** What was measured of one shape, m². */
export interface Measured {
  parts: MeasuredPart[];
  /** by version: how much of it the data covers */
  coverage: ReadonlyMap<string, number>;
  /** by layer: how much of it two counties claim */
  overlap: ReadonlyMap<string, number>;
}

/** The versions that each layer is measured with, as {@link checkLand} found them. */
export type SoundVersions = ReturnType<typeof checkLand>;

export function versionsOf(sound: SoundVersions, { key }: Layer): LayerVersion[] {
  const versions = sound.get(key) ?? [];
  return versions === 'ambiguous' ? [] : versions;
}

/** One layer's answer for a shape, from what was measured in that layer's versions. */
export function settleMeasured(
  layer: Layer,
  sound: SoundVersions,
  { parts, coverage, overlap }: Measured,
  whole: Whole,
): SettledLayer {
  const { area_m2: shape_m2 } = whole;
  if (sound.get(layer.key) === 'ambiguous') return failedLayer(layer, [], shape_m2, 'versions_ambiguous');
  const versions = versionsOf(sound, layer);
  const covered_m2 = versions.reduce((sum, { id }) => sum + (coverage.get(id) ?? 0), 0);
  const shared_m2 = overlap.get(layer.key) ?? 0;
  return settleLayer({ layer, versions, parts: partsOf(parts, versions), covered_m2, shared_m2 }, whole);
}

function partsOf(parts: readonly MeasuredPart[], versions: readonly LayerVersion[]): MeasuredPart[] {
  const ids = new Set(versions.map(({ id }) => id));
  return parts.filter(({ version_id }) => ids.has(version_id));
}

/** Counties whose data covers some of a shape; where they are two, both might claim the same of it. */
export function countiesMet(
  versions: readonly LayerVersion[],
  coverage: ReadonlyMap<string, number>,
): Set<string> {
  const met = versions.filter(({ id }) => (coverage.get(id) ?? 0) > 0);
  return new Set(met.map(({ county_code }) => county_code));
}

/**
 * Villages by the land-use survey, largest first: zones may name them too, and would count the land again. Only from layers that add up: an area by village
 * belongs to an answer.
 */
export function villagesOf(settled: readonly SettledLayer[], parts: readonly MeasuredPart[]): VillageArea[] {
  const sound = settled
    .filter(({ layer, status }) => layer.kind === 'land_use' && status !== 'failed')
    .flatMap(({ versions }) => versions);
  const areas = new Map<string, VillageArea>();
  for (const { village_code, village_name, area_m2, net_area_m2 } of partsOf(parts, sound)) {
    if (village_code === null) continue;
    const named = village_name == null ? {} : { name: village_name };
    const entry = areas.get(village_code) ?? { code: village_code, ...named, area_m2: 0, net_area_m2: 0 };
    entry.area_m2 += area_m2;
    entry.net_area_m2 += net_area_m2;
    areas.set(village_code, entry);
  }
  return [...areas.values()].sort((a, b) => b.area_m2 - a.area_m2 || a.code.localeCompare(b.code));
}
