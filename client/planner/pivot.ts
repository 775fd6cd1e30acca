import { type CrossRow, sumM2 } from './sums.ts';

export const DIMENSIONS = ['class', 'zone', 'village', 'slope', 'ownership', 'parcel'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

const CODE: Readonly<Record<Dimension, (row: CrossRow) => string | null>> = {
  class: (row) => row.class_code,
  zone: (row) => row.zone_code,
  village: (row) => row.village_code,
  slope: (row) => row.slope_class,
  ownership: (row) => row.ownership,
  parcel: (row) => row.parcel,
};

/** Land that is the same by the dimensions that are looked at. */
export interface PivotRow {
  /** a code for each dimension, in their order */
  codes: (string | null)[];
  area_m2: number;
  net_area_m2: number;
  parcels: string[];
}

/** Rows that share their first code, with their sums. */
export interface PivotGroup {
  code: string | null;
  rows: PivotRow[];
  area_m2: number;
  net_area_m2: number;
}

export interface Sorting {
  /** place of a dimension, or a figure */
  by: number | 'area_m2' | 'net_area_m2';
  down: boolean;
}

/** Adds up cells by some dimensions; sums are exact to 0.01 m². */
export function pivot(cells: readonly CrossRow[], dimensions: readonly Dimension[]): PivotRow[] {
  const rows = new Map<string, PivotRow>();
  for (const cell of cells) {
    const codes = dimensions.map((dimension) => CODE[dimension](cell));
    const key = JSON.stringify(codes);
    const row = rows.get(key) ?? { codes, area_m2: 0, net_area_m2: 0, parcels: [] };
    row.area_m2 = sumM2([row.area_m2, cell.area_m2]);
    row.net_area_m2 = sumM2([row.net_area_m2, cell.net_area_m2]);
    if (!row.parcels.includes(cell.parcel)) row.parcels.push(cell.parcel);
    rows.set(key, row);
  }
  return [...rows.values()];
}

/** Rows in groups of the first dimension, groups and the rows in each sorted. */
export function grouped(rows: readonly PivotRow[], { by, down }: Sorting): PivotGroup[] {
  const groups = new Map<string | null, PivotRow[]>();
  for (const row of rows) {
    const code = row.codes[0] ?? null;
    groups.set(code, [...(groups.get(code) ?? []), row]);
  }
  const sign = down ? -1 : 1;
  const byFigure = (figure: 'area_m2' | 'net_area_m2') => (a: PivotSums, b: PivotSums) =>
    sign * (a[figure] - b[figure]);
  const byCode = (a: string | null, b: string | null) =>
    a === b ? 0 : a === null ? 1 : b === null ? -1 : sign * a.localeCompare(b);
  const rowOrder =
    typeof by === 'number'
      ? (a: PivotRow, b: PivotRow) => byCode(a.codes[by] ?? null, b.codes[by] ?? null)
      : byFigure(by);
  const groupOrder =
    by === 0
      ? (a: PivotGroup, b: PivotGroup) => byCode(a.code, b.code)
      : byFigure(typeof by === 'number' ? 'area_m2' : by);
  return [...groups]
    .map(([code, inside]) => ({
      code,
      rows: [...inside].sort(rowOrder),
      area_m2: sumM2(inside.map(({ area_m2 }) => area_m2)),
      net_area_m2: sumM2(inside.map(({ net_area_m2 }) => net_area_m2)),
    }))
    .sort(typeof by === 'number' && by !== 0 ? (a, b) => b.area_m2 - a.area_m2 : groupOrder);
}

type PivotSums = Pick<PivotRow, 'area_m2' | 'net_area_m2'>;
