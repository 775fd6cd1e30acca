import type { Activity } from '../../server/contract/index.ts';
import type { WorkShape } from './shapes.ts';

/**
 * Above these areas, in m², a shape is more likely a slip of the hand than what somebody means to build: no limit of
 * any statute, only the reason to ask once more. Activities that do cover whole fields are not asked about.
 */
const USUAL_MAX_M2: Partial<Record<Activity, number>> = {
  house: 1000,
  grave: 200,
  shed: 20_000,
  facility: 100_000,
  pond: 200_000,
};

export interface Doubt {
  activity: Activity;
  shape: WorkShape;
  area_m2: number;
  most_m2: number;
}

/** The largest of the shapes where it is far too large for the activity; null where none is. */
export function doubtfulSize(activity: Activity | null, shapes: readonly WorkShape[]): Doubt | null {
  const most_m2 = activity === null ? undefined : USUAL_MAX_M2[activity];
  if (activity === null || most_m2 === undefined) return null;
  let doubt: Doubt | null = null;
  for (const shape of shapes) {
    const area_m2 = shape.area_m2 ?? 0;
    if (area_m2 > most_m2 && area_m2 > (doubt?.area_m2 ?? 0)) doubt = { activity, shape, area_m2, most_m2 };
  }
  return doubt;
}
