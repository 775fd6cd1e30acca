import type { CrossCell, LayerAnswer, OverlayAnswer } from '../../server/contract/index.ts';

/** A parcel that the server has answered for. */
export interface Answered {
  id: string;
  name: string;
  answer: OverlayAnswer;
}

/** Sums of areas printed in m² with 2 decimals, exact: added as whole hundredths. */
export function sumM2(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + Math.round(value * 100), 0) / 100;
}

/** `values` with `decimals` places so that they add up to their rounded sum: what is left over goes to the largest remainders. */
export function roundedTo(values: readonly number[], decimals: number): number[] {
  const scale = 10 ** decimals;
  const target = Math.round(values.reduce((sum, value) => sum + value, 0) * scale);
  const floors = values.map((value) => Math.floor(value * scale));
  const missing = target - floors.reduce((sum, value) => sum + value, 0);
  const byRemainder = values
    .map((value, i) => ({ i, remainder: value * scale - floors[i]! }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of byRemainder.slice(0, Math.max(missing, 0))) floors[i]! += 1;
  return floors.map((value) => value / scale);
}

/** Areas in m² as mu and hectares, each column adding up to its rounded sum. */
export function inOtherUnits(values: readonly number[]): { mu: number[]; ha: number[] } {
  return {
    mu: roundedTo(
      values.map((value) => (value * 3) / 2000),
      2,
    ),
    ha: roundedTo(
      values.map((value) => value / 10_000),
      4,
    ),
  };
}

export interface AreaRow {
  /** null: outside the survey */
  code: string | null;
  name: string;
  area_m2: number;
  net_area_m2: number;
  /** ids of the parcels in which it lies */
  parcels: string[];
}

function gather(
  entries: readonly {
    id: string;
    code: string;
    name: string;
    area_m2: number;
    net_area_m2?: number | undefined;
  }[],
): AreaRow[] {
  const rows = new Map<string, AreaRow>();
  for (const { id, code, name, area_m2, net_area_m2 = area_m2 } of entries) {
    const row = rows.get(code) ?? { code, name, area_m2: 0, net_area_m2: 0, parcels: [] };
    row.area_m2 = sumM2([row.area_m2, area_m2]);
    row.net_area_m2 = sumM2([row.net_area_m2, net_area_m2]);
    if (!row.parcels.includes(id)) row.parcels.push(id);
    rows.set(code, row);
  }
  return [...rows.values()].sort((a, b) => b.area_m2 - a.area_m2);
}

/** Land by class, largest first; last what no survey covers. */
export function landRows(parcels: readonly Answered[]): AreaRow[] {
  const rows = gather(
    parcels.flatMap(({ id, answer }) => answer.land_use.map((share) => ({ id, ...share }))),
  );
  const open = parcels.filter(({ answer }) => answer.uncovered_m2 > 0);
  if (open.length === 0) return rows;
  const area_m2 = sumM2(open.map(({ answer }) => answer.uncovered_m2));
  return [
    ...rows,
    { code: null, name: '', area_m2, net_area_m2: area_m2, parcels: open.map(({ id }) => id) },
  ];
}

/** Land by village, largest first. */
export const villageRows = (parcels: readonly Answered[]): AreaRow[] =>
  gather(parcels.flatMap(({ id, answer }) => (answer.villages ?? []).map((village) => ({ id, ...village }))));

export interface CrossRow extends CrossCell {
  parcel: string;
}

export interface CrossBlock {
  layer: string;
  title: string;
  rows: CrossRow[];
  /** names of parcels whose land could not be counted here */
  missing: string[];
}

/**
 * A cross table per zone layer that any parcel meets, of all parcels. The land of one that a layer does not meet lies
 * outside of it; one that the layer could not answer for is missing, and never counted as outside.
 */
export function crossBlocks(parcels: readonly Answered[]): CrossBlock[] {
  const met = new Map<string, LayerAnswer>();
  for (const layer of parcels.flatMap(({ answer }) => answer.layers))
    if (layer.layer !== 'land_use' && layer.status === 'affected') met.set(layer.layer, layer);
  if (met.size === 0) for (const layer of crossed(parcels).slice(0, 1)) met.set(layer.layer, layer);
  return [...met.values()]
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ layer, title }) => {
      const found = parcels.map(({ id, name, answer }) => ({ id, name, cells: cellsOf(answer, layer) }));
      return {
        layer,
        title,
        rows: found.flatMap(({ id, cells }) => (cells ?? []).map((cell) => ({ ...cell, parcel: id }))),
        missing: found.flatMap(({ name, cells }) => (cells === null ? [name] : [])),
      };
    });
}

/** Where no layer is met, those whose tables hold the land all the same. */
function crossed(parcels: readonly Answered[]): LayerAnswer[] {
  return parcels.flatMap(({ answer }) =>
    (answer.cross ?? []).flatMap((table) => answer.layers.find(({ layer }) => layer === table.layer) ?? []),
  );
}

function cellsOf({ cross = [], layers }: OverlayAnswer, layer: string): CrossCell[] | null {
  const own = cross.find((table) => table.layer === layer);
  if (own !== undefined) return own.status === 'complete' ? own.cells : null;
  if (layers.find((each) => each.layer === layer)?.status !== 'not_affected') return null;
  const other = cross.find(({ status }) => status === 'complete');
  return other?.cells.map((cell) => ({ ...cell, zone_code: null, zone_name: null })) ?? null;
}
