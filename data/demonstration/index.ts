/**
 * The demonstration land (示意数据): real names and codes on invented geometry, the same on every machine. How it is made
 * stands in data/README.md.
 */
import { createHash } from 'node:crypto';
import type { LandCounty } from '../../server/layers/land_source.ts';
import { COUNTIES } from './counties.ts';
import { demonstrationCounty } from './county.ts';

export interface DemonstrationOptions {
  /** 6-digit codes; default: all counties of the demonstration */
  counties?: string[];
  /** how many of each county's townships are made; default 2 */
  townshipsPerCounty?: number;
  /** parcels per area; 1 gives about 60 per km² */
  density?: number;
}

/** To be raised whenever the land changes: whoever keeps a loaded copy compares it. */
const GENERATOR_VERSION = 2;

/** A village to show, 五里源村: houses by a river, a road, ditches, protected farmland with a free border, a filed facility. */
export const DEMONSTRATION_VILLAGE = '410821204201';

function settings(options: DemonstrationOptions) {
  return {
    counties: options.counties ?? COUNTIES.map((c) => c.code),
    townships: options.townshipsPerCounty ?? 2,
    density: options.density ?? 1,
  };
}

/** The counties one after the other; each is built when it is reached. */
export function* demonstrationCounties(options: DemonstrationOptions = {}): Iterable<LandCounty> {
  const { counties, townships, density } = settings(options);
  for (const plan of COUNTIES.filter((c) => counties.includes(c.code)))
    yield demonstrationCounty(plan, { townships, density });
}

/** SHA-256 (hex) over everything that the land follows from: equal fingerprints, equal land. */
export function demonstrationFingerprint(options: DemonstrationOptions = {}): string {
  return createHash('sha256')
    .update(JSON.stringify([GENERATOR_VERSION, settings(options), COUNTIES]))
    .digest('hex');
}
