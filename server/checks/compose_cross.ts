import type { CrossTable as CrossAnswer, CrossCell } from '../contract/index.ts';
import { roundAreas } from '../geometry/index.ts';
import type { Text } from '../messages/index.ts';
import type { CrossTable } from '../overlay/index.ts';
import { className } from '../rules/index.ts';

type CellInBoth = Omit<CrossCell, 'class_name' | 'zone_name'> & { class_name: Text; zone_name: Text | null };
export type CrossInBoth = Omit<CrossAnswer, 'title' | 'cells'> & { title: Text; cells: CellInBoth[] };

/** A cross table rounded once, by largest remainder: its cells sum to its rounded whole, m² with 2 decimals. */
export function composeCross(table: CrossTable, titles: ReadonlyMap<string, Text>): CrossInBoth {
  const cells = table.cells
    .filter(({ class_code }) => class_code !== null)
    .sort((a, b) => b.area_m2 - a.area_m2);
  const rounded = (of: 'area_m2' | 'net_area_m2') => {
    const values = cells.map((cell) => cell[of]);
    return roundAreas(
      values,
      values.reduce((sum, value) => sum + value, 0),
      2,
    );
  };
  const [gross, net] = [rounded('area_m2'), rounded('net_area_m2')];
  return {
    layer: table.layer,
    title: titles.get(table.layer)!,
    status: table.status,
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
