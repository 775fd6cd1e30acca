import type { CrossTable as CrossAnswer, CrossCell } from '../contract/index.ts';
import { roundAreas } from '../geometry/index.ts';
import type { Text } from '../messages/index.ts';
import type { CrossTable } from '../overlay/index.ts';
import { className } from '../rules/index.ts';

type CellInBoth = Omit<CrossCell, 'class_name' | 'zone_name'> & { class_name: Text; zone_name: Text | null };
export type CrossInBoth = Omit<CrossAnswer, 'title' | 'cells'> & { title: Text; cells: CellInBoth[] };

type Printed = ReadonlyMap<string, { area_m2: number; net_area_m2: number }>;

/**
 * A cross table rounded once, by largest remainder, m² with 2 decimals: the cells of a land class sum to what the overlay
 * prints of it (`printed`, by class code), or where the zone layer does not cover all of that, to their own sum.
 */
export function composeCross(
  table: CrossTable,
  titles: ReadonlyMap<string, Text>,
  printed: Printed,
): CrossInBoth {
  const cells = table.cells
    .filter(({ class_code }) => class_code !== null)
    .sort((a, b) => b.area_m2 - a.area_m2);
  const gross = roundByClass(cells, 'area_m2', printed);
  const net = roundByClass(cells, 'net_area_m2', printed);
  return {
    layer: table.layer,
    title: titles.get(table.layer)!,
    status: table.status,
    uncovered_m2: Number(table.uncovered_m2.toFixed(2)),
    cells: cells.map((cell, i) => ({
      class_code: cell.class_code!,
      class_name: className('land_use', { code: cell.class_code!, name: cell.class_name ?? '' }),
      village_code: cell.village_code,
      slope_class: cell.slope_class,
      ownership: cell.ownership,
      zone_code: cell.zone_code,
      zone_name:
        cell.zone_code === null
          ? null
          : className(table.layer, { code: cell.zone_code, name: cell.zone_name ?? '' }),
      area_m2: gross[i]!,
      net_area_m2: net[i]!,
    })),
  };
}

/** More than this, m², is no rounding any more. */
const CENT = 0.01;

function roundByClass(
  cells: readonly CrossTable['cells'][number][],
  of: 'area_m2' | 'net_area_m2',
  printed: Printed,
): number[] {
  const rounded: number[] = [];
  for (const code of new Set(cells.map(({ class_code }) => class_code!))) {
    const at = cells.flatMap(({ class_code }, i) => (class_code === code ? [i] : []));
    const values = at.map((i) => cells[i]![of]);
    const sum = values.reduce((total, value) => total + value, 0);
    const whole = printed.get(code)?.[of] ?? sum;
    const parts = roundAreas(values, Math.abs(whole - sum) <= CENT ? whole : sum, 2);
    at.forEach((i, k) => {
      rounded[i] = parts[k]!;
    });
  }
  return rounded;
}
