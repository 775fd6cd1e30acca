import { useMemo } from 'react';
import { type Answered, type AreaRow, landRows, villageRows } from '../../planner/sums.ts';

/** Land by class and by village of all parcels together. */
export function useAreas(parcels: readonly Answered[]): { land: AreaRow[]; villages: AreaRow[] } {
  return useMemo(() => ({ land: landRows(parcels), villages: villageRows(parcels) }), [parcels]);
}
