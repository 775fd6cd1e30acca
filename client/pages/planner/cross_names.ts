import type { Dimension } from '../../planner/pivot.ts';
import type { Answered, CrossBlock } from '../../planner/sums.ts';
import type { AnyPlannerKey, PlannerT } from './planner_text.ts';

const SLOPES: Readonly<Record<string, AnyPlannerKey>> = {
  '1': 'planner.slope.1',
  '2': 'planner.slope.2',
  '3': 'planner.slope.3',
  '4': 'planner.slope.4',
  '5': 'planner.slope.5',
};
const OWNERS: Readonly<Record<string, AnyPlannerKey>> = {
  '10': 'planner.owner.10',
  '20': 'planner.owner.20',
  '30': 'planner.owner.30',
  '31': 'planner.owner.31',
  '32': 'planner.owner.32',
  '33': 'planner.owner.33',
  '34': 'planner.owner.34',
  '40': 'planner.owner.40',
};

/** How each dimension calls its codes; a code that no list has stays itself. */
export function crossNames(
  block: CrossBlock,
  parcels: readonly Answered[],
  t: PlannerT,
): Record<Dimension, (code: string | null) => string> {
  const classes = new Map(block.rows.map((row) => [row.class_code, row.class_name]));
  const zones = new Map(block.rows.map((row) => [row.zone_code, row.zone_name]));
  const villages = new Map(
    parcels.flatMap(({ answer }) => (answer.villages ?? []).map(({ code, name }) => [code, name] as const)),
  );
  const names = new Map(parcels.map(({ id, name }) => [id, name]));
  const listed = (list: Readonly<Record<string, AnyPlannerKey>>) => (code: string | null) => {
    if (code === null || code === '') return t('planner.not_given');
    const key = list[code.replace(/^0+(?=\d)/, '')];
    return key === undefined ? code : t(key);
  };
  return {
    class: (code) => `${classes.get(code ?? '') ?? ''} ${code ?? ''}`.trim(),
    zone: (code) => (code === null ? t('planner.outside_zone') : (zones.get(code) ?? code)),
    village: (code) => (code === null ? t('planner.no_village') : (villages.get(code) ?? code)),
    slope: listed(SLOPES),
    ownership: listed(OWNERS),
    parcel: (code) => names.get(code ?? '') ?? '',
  };
}
