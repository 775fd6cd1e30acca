/**
 * The demonstration land (示意数据): real names and codes on invented geometry, the same on every machine. How it is made
 * stands in data/README.md.
 */
import { createHash } from 'node:crypto';
import type { LandCounty } from '../../server/layers/land_source.ts';
import divisions from '../divisions.json' with { type: 'json' };
import { COUNTIES, type CountyPlan } from './counties.ts';
import { demonstrationCounty } from './county.ts';
import { PREFECTURE, PREFECTURE_DENSITY, SITES } from './prefecture.ts';
import { buildPrefecture, type PrefectureTerritory, settleCounty } from './prefecture_territory.ts';
import { buildTerritory, named } from './territory.ts';

/** `demo`: a few townships; `prefecture`: all townships of Jiaozuo, near the density of a real survey, and Mianchi as in `demo`. */
export type DemonstrationScale = 'demo' | 'prefecture';

export interface DemonstrationOptions {
  /** default: demo */
  scale?: DemonstrationScale;
  /** 6-digit codes; default: all counties of the scale */
  counties?: string[];
  /** how many of each county's townships are made; default 2; nothing to a county of the prefecture, which has all */
  townshipsPerCounty?: number;
  /** parcels per area; 1 gives about 60 per km², the default of demo */
  density?: number;
}

/** A county that can be made. */
export interface DemonstrationCounty {
  code: string;
  name: string;
  villages: number;
  /** about how many features of all layers it has, good to a fifth */
  expected: number;
  /** SHA-256 (hex) over everything that the county's land follows from: equal fingerprints, equal land */
  fingerprint: string;
  build(): LandCounty;
}

/** To be raised whenever the land changes: whoever keeps a loaded copy compares it. */
const GENERATOR_VERSION = 3;

/** A village to show, 五里源村: houses by a river, a road, ditches, protected farmland with a free border, a filed facility. */
export const DEMONSTRATION_VILLAGE = '410821204201';

function fingerprint(...facts: unknown[]): string {
  return createHash('sha256')
    .update(JSON.stringify([GENERATOR_VERSION, ...facts]))
    .digest('hex');
}

function planned(plan: CountyPlan, townships: number, density: number): DemonstrationCounty {
  return {
    code: plan.code,
    ...extentOf(plan.townships.slice(0, townships).map((t) => t.code)),
    expected: Math.round(3700 * Math.min(townships, plan.townships.length) * density ** 0.8),
    fingerprint: fingerprint(plan, townships, density),
    build: () => demonstrationCounty(buildTerritory(plan, townships), density),
  };
}

function extentOf(townships: string[]): { name: string; villages: number } {
  const county = divisions.find((d) => d.code === townships[0]!.slice(0, 6))!;
  return { name: county.name, villages: townships.reduce((sum, code) => sum + named(code).length, 0) };
}

/** The counties of a scale that `counties` names, in order; nothing is made yet. */
export function demonstrationPlan(options: DemonstrationOptions = {}): DemonstrationCounty[] {
  const { scale = 'demo', counties, townshipsPerCounty = 2 } = options;
  const demo = COUNTIES.map((plan) => planned(plan, townshipsPerCounty, options.density ?? 1));
  const all = scale === 'demo' ? demo : [...prefecturePlan(options.density), ...demo.filter(isElsewhere)];
  return counties ? all.filter(({ code }) => counties.includes(code)) : all;
}

function isElsewhere({ code }: DemonstrationCounty): boolean {
  return !code.startsWith(PREFECTURE.code);
}

/** What the counties share is made with the first of them. */
function prefecturePlan(density = PREFECTURE_DENSITY): DemonstrationCounty[] {
  let shared: PrefectureTerritory | null = null;
  return SITES.map(({ code, area }) => ({
    code,
    ...extentOf(named(code).map((t) => t.code)),
    expected: Math.round((area / 1e6) * 62 * density ** 0.78),
    fingerprint: fingerprint(PREFECTURE, SITES, code, density),
    build: () => {
      shared ??= buildPrefecture();
      return demonstrationCounty(settleCounty(shared, code), density);
    },
  }));
}

/** The counties one after the other; each is built when it is reached. */
export function* demonstrationCounties(options: DemonstrationOptions = {}): Iterable<LandCounty> {
  for (const county of demonstrationPlan(options)) yield county.build();
}

/** One fingerprint over all counties of the options. */
export function demonstrationFingerprint(options: DemonstrationOptions = {}): string {
  return fingerprint(demonstrationPlan(options).map((county) => county.fingerprint));
}
