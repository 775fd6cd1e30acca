import type { Knex } from 'knex';
import type { Village } from '../contract/index.ts';
import { findDivision } from '../divisions/index.ts';
import { roundAreas, toMu } from '../geometry/index.ts';
import { type Layer, type LayerVersion, listLayers, versionsInForce } from '../layers/index.ts';
import type { Text } from '../messages/index.ts';
import { tolerance } from '../overlay/index.ts';
import { Problem } from '../problems.ts';
import { className, contacts, publicPolicies } from '../rules/index.ts';
import { type ClassTotal, divisionTotals, findPlace } from './queries.ts';

type LayerRow = Omit<Village['layers'][number], 'title'> & { title: Text };

export interface VillageInBoth extends Omit<Village, 'land' | 'layers' | 'policies' | 'contacts'> {
  land: (Omit<Village['land'][number], 'name'> & { name: Text })[];
  layers: LayerRow[];
  policies: { title: Text; text: Text }[];
  contacts: { name: Text; phone: string; phone_verified: boolean }[];
}

/** The class of what lies outside every feature of a layer. */
const OUTSIDE = '';

const sum = (totals: readonly ClassTotal[]) => totals.reduce((all, { area_m2 }) => all + area_m2, 0);
const round2 = (value: number) => Number(value.toFixed(2));

/** A village's page: what lies in it, from totals that were summed at publication. Throws `village_unknown`. */
export async function showVillage(db: Knex, code: string, day: string): Promise<VillageInBoth> {
  const division = await findDivision(db, code);
  if (division === null || code.length !== 12) throw new Problem('village_unknown', { params: { code } });
  const place = await findPlace(db, code);
  const county = code.slice(0, 6);
  const versions = division.has_land ? await versionsInForce(db, day, [county]) : [];
  const ids = versions.map(({ id }) => id);
  const totals = await divisionTotals(db, county, code, ids);
  const layers = (await listLayers(db)).filter(({ audience }) => audience !== 'none');
  const landUse = versions.find(({ layer }) => layer === 'land_use');
  return {
    ...division,
    bbox: place.bbox,
    area_m2: place.area_m2 === null ? null : round2(place.area_m2),
    area_mu: place.area_m2 === null ? null : round2(toMu(place.area_m2)),
    land: landTable(totals.filter(({ version_id, code }) => version_id === landUse?.id && code !== OUTSIDE)),
    layers: layers.map((layer) =>
      layerRow(
        layer,
        versions.find((version) => version.layer === layer.key),
        totals,
        place.area_m2,
      ),
    ),
    policies: publicPolicies(),
    contacts: contacts(),
    demonstration: versions.some(({ demonstration }) => demonstration),
  };
}

function landTable(totals: ClassTotal[]): VillageInBoth['land'] {
  const whole = sum(totals);
  const m2 = roundAreas(
    totals.map(({ area_m2 }) => area_m2),
    whole,
    2,
  );
  const mu = roundAreas(
    totals.map(({ area_m2 }) => toMu(area_m2)),
    toMu(whole),
    2,
  );
  return totals.map(({ code, name }, i) => ({
    code,
    name: className('land_use', { code, name }),
    area_m2: m2[i]!,
    area_mu: mu[i]!,
  }));
}

function layerRow(
  layer: Layer,
  version: LayerVersion | undefined,
  totals: ClassTotal[],
  village_m2: number | null,
): LayerRow {
  const own = totals.filter(({ version_id }) => version_id === version?.id);
  const area = sum(own.filter(({ code }) => code !== OUTSIDE));
  // inside and outside must fill the village: a lost row, or a village that is not covered, is no "nothing here"
  const complete = village_m2 !== null && Math.abs(sum(own) - village_m2) <= tolerance(village_m2);
  return {
    layer: layer.key,
    title: layer.title,
    status: area >= layer.threshold_m2 && area > 0 ? 'affected' : complete ? 'not_affected' : 'no_data',
    area_m2: round2(area),
    area_mu: round2(toMu(area)),
    version:
      version === undefined
        ? null
        : { label: version.label, in_force_from: version.in_force_from, source: version.source },
  };
}
