import type { LandAt, Layer, LayerVersion } from '../layers/index.ts';

/**
 * The versions that each layer may be measured with, or that what the database named is no such set: two versions for
 * one layer and county (their areas would hide a gap), one that is not in force on the day, or one of a county that is
 * not asked. Pure; layers without a version are left out. Throws where the registry came back empty or names a layer
 * twice: then nobody knows what there is to ask.
 */
export function checkLand(land: LandAt, day: string): Map<string, LayerVersion[] | 'ambiguous'> {
  refuseRegistry(land.layers);
  const found = new Map<string, LayerVersion[] | 'ambiguous'>();
  for (const { key } of land.layers) {
    const versions = land.versions.filter(({ layer }) => layer === key);
    const counties = new Set(versions.map(({ county_code }) => county_code));
    const sound =
      counties.size === versions.length &&
      versions.every((version) => land.counties.includes(version.county_code) && isInForce(version, day));
    if (versions.length > 0) found.set(key, sound ? versions : 'ambiguous');
  }
  return found;
}

function isInForce({ in_force_from, in_force_until }: LayerVersion, day: string): boolean {
  return in_force_from <= day && (in_force_until === null || in_force_until >= day);
}

function refuseRegistry(layers: readonly Layer[]): void {
  if (layers.length === 0) throw new Error('the registry of layers came back empty');
  if (new Set(layers.map(({ key }) => key)).size < layers.length)
    throw new Error('the registry names a layer twice');
}
