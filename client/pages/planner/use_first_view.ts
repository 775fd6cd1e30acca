import { useState } from 'react';
import { useResource } from '../../api/use_resource.ts';
import { getVillage, villagesIn } from '../../api/villages.ts';
import { boundsOf, padded } from '../../map/bounds.ts';
import type { Bounds } from '../../map/types.ts';
import type { Parcel } from '../../planner/proposal.ts';

/** The whole country, where nothing is known of somebody's area. */
const CHINA: Bounds = [73, 18, 135, 54];
const FIRST = 3;
const ROOM = 0.6;

/**
 * Where the map opens: on the parcels, else on the first village of one's area, which is its home where there is no
 * parcel any more. Null until that is known.
 */
export function useFirstView(
  parcels: readonly Parcel[],
  areas: readonly string[],
): { bounds: Bounds | null; home: Bounds | null; villages: readonly string[] } {
  const [own] = useState(() => {
    const bounds = boundsOf(parcels.map(({ geometry }) => geometry));
    return bounds === null ? null : padded(bounds, ROOM);
  });
  const { resource } = useResource(areas.join(), async (signal) => {
    const lists = await Promise.all(areas.slice(0, FIRST).map((area) => villagesIn(area, FIRST, signal)));
    const villages = lists
      .flatMap((list) => list.villages)
      .filter(({ has_land }) => has_land)
      .map(({ code }) => code)
      .slice(0, FIRST);
    const [first] = villages;
    const bbox = first === undefined ? null : (await getVillage(first, signal)).bbox;
    const home = bbox ?? CHINA;
    return { bounds: own ?? home, home, villages };
  });
  if (resource.state === 'ready') return resource.value;
  const home = resource.state === 'failed' ? CHINA : null;
  return { bounds: own ?? home, home, villages: NONE };
}

const NONE: readonly string[] = [];
