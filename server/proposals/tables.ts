import type { CrossCell, LayerAnswer, Outcome } from '../contract/index.ts';
import { sumM2 } from './cents.ts';
import type { Parcel, Proposal } from './run_proposal.ts';

export interface LandRow {
  /** null: outside the survey */
  code: string | null;
  name: string;
  area_m2: number;
  net_area_m2: number;
}

/** The land of all parcels by class, largest first; last what no survey covers. */
export function landRows({ parcels }: Proposal): LandRow[] {
  const rows = new Map<string, LandRow>();
  for (const { code, name, area_m2, net_area_m2 = area_m2 } of parcels.flatMap(
    ({ answer }) => answer.land_use,
  )) {
    const row = rows.get(code) ?? { code, name, area_m2: 0, net_area_m2: 0 };
    row.area_m2 = sumM2([row.area_m2, area_m2]);
    row.net_area_m2 = sumM2([row.net_area_m2, net_area_m2]);
    rows.set(code, row);
  }
  const sorted = [...rows.values()].sort((a, b) => b.area_m2 - a.area_m2);
  const uncovered = sumM2(parcels.map(({ answer }) => answer.uncovered_m2));
  if (uncovered > 0) sorted.push({ code: null, name: '', area_m2: uncovered, net_area_m2: uncovered });
  return sorted;
}

export interface ConflictRow {
  parcel: string;
  /** of the whole parcel: its name may be another's too */
  parcel_m2: number;
  layer: LayerAnswer;
  /** null: no activity was asked about */
  outcome: Outcome | null;
  /** null: land use, to which a rule objects; its areas stand among the land classes */
  hit: { code: string; name: string; area_m2: number } | null;
}

const ORDER: readonly (Outcome | null)[] = ['conflict', 'unknown', 'permit', 'clear', null];

/** The gravest of what the rules say of a layer; null: they were not asked, or say nothing. */
export const outcomeOf = (layer: LayerAnswer): Outcome | null => layer.rules?.[0]?.outcome ?? null;

/** What is met, by parcel and class: the gravest by the rules first, then by rank, then the largest. */
export function conflictRows({ parcels }: Proposal): ConflictRow[] {
  return parcels
    .flatMap(({ name, answer }) =>
      answer.layers
        .filter(({ status }) => status === 'affected')
        .flatMap((layer) =>
          hitsOf(layer).map((hit) => ({
            parcel: name,
            parcel_m2: answer.area_m2,
            layer,
            outcome: outcomeOf(layer),
            hit,
          })),
        ),
    )
    .sort(
      (a, b) =>
        ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome) ||
        (a.layer.rank ?? 0) - (b.layer.rank ?? 0) ||
        (b.hit?.area_m2 ?? 0) - (a.hit?.area_m2 ?? 0),
    );
}

function hitsOf(layer: LayerAnswer): ConflictRow['hit'][] {
  if (layer.layer !== 'land_use') return layer.hits;
  const outcome = outcomeOf(layer);
  return outcome === null || outcome === 'clear' ? [] : [null];
}

/** Layers that gave no answer for a parcel, or not for all of it. */
export function unansweredRows({ parcels }: Proposal): { parcel: string; layer: LayerAnswer }[] {
  return parcels.flatMap(({ name, answer }) =>
    answer.layers
      .filter(({ status, uncovered_m2 }) => status === 'no_data' || status === 'failed' || uncovered_m2 > 0)
      .map((layer) => ({ parcel: name, layer })),
  );
}

export interface CrossRow extends CrossCell {
  parcel: string;
}

export interface CrossBlock {
  layer: string;
  title: string;
  rows: CrossRow[];
  /** parcels whose land could not be counted here */
  missing: string[];
}

/**
 * A cross table per zone layer that any parcel meets, of all parcels: one that a layer does not meet has its land outside
 * of that layer; one that the layer could not answer for is named as missing, never counted as outside.
 */
export function crossBlocks({ parcels }: Proposal): CrossBlock[] {
  const met = new Map<string, LayerAnswer>();
  for (const layer of parcels.flatMap(({ answer }) => answer.layers))
    if (layer.layer !== 'land_use' && layer.status === 'affected') met.set(layer.layer, layer);
  if (met.size === 0) for (const layer of crossed(parcels).slice(0, 1)) met.set(layer.layer, layer);
  const layers = [...met.values()].sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  return layers.map(({ layer, title }) => {
    const found = parcels.map((parcel) => ({ name: parcel.name, cells: cellsOf(parcel, layer) }));
    return {
      layer,
      title,
      rows: found.flatMap(({ name, cells }) => (cells ?? []).map((cell) => ({ ...cell, parcel: name }))),
      missing: found.flatMap(({ name, cells }) => (cells === null ? [name] : [])),
    };
  });
}

/** Where no layer is met, those whose tables hold the land all the same. */
function crossed(parcels: readonly Parcel[]): LayerAnswer[] {
  return parcels.flatMap(({ answer }) =>
    (answer.cross ?? []).flatMap((table) => answer.layers.find(({ layer }) => layer === table.layer) ?? []),
  );
}

function cellsOf({ answer }: Parcel, layer: string): CrossCell[] | null {
  const tables = answer.cross ?? [];
  const own = tables.find((table) => table.layer === layer);
  if (own !== undefined) return own.status === 'complete' ? own.cells : null;
  if (answer.layers.find((each) => each.layer === layer)?.status !== 'not_affected') return null;
  const other = tables.find(({ status }) => status === 'complete');
  return other === undefined ? null : withoutZones(other.cells);
}

/** The same land without the zones that cut it. */
function withoutZones(cells: readonly CrossCell[]): CrossCell[] {
  const land = new Map<string, CrossCell>();
  for (const cell of cells) {
    const key = [cell.class_code, cell.village_code, cell.slope_class, cell.ownership].join('\u0000');
    const before = land.get(key);
    land.set(key, {
      ...cell,
      zone_code: null,
      zone_name: null,
      area_m2: sumM2([before?.area_m2 ?? 0, cell.area_m2]),
      net_area_m2: sumM2([before?.net_area_m2 ?? 0, cell.net_area_m2]),
    });
  }
  return [...land.values()];
}

/** Name of each village that any parcel has land in, by code. */
export function villageNames({ parcels }: Proposal): Map<string, string> {
  return new Map(
    parcels.flatMap(({ answer }) => (answer.villages ?? []).map(({ code, name }) => [code, name])),
  );
}
