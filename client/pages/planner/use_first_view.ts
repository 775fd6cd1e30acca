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

/** Where the map opens: on the parcels, else on the first villages of one's area. Null until that is known. */
export function useFirstView(
  parcels: readonly Parcel[],
  areas: readonly string[],
): { bounds: Bounds | null; villages: readonly string[] } {
  const [own] = useState(() => {
    const bounds = boundsOf(parcels.map(({ geometry }) => geometry));
    return bounds === null ? null : padded(bounds, ROOM);
  });
  const { resource } = useResource(areas.join(), async (signal) => {
    if (own !== null) return { bounds: own, villages: [] };
    const lists = await Promise.all(areas.slice(0, FIRST).map((area) => villagesIn(area, FIRST, signal)));
    const villages = lists
      .flatMap((list) => list.villages)
      .filter(({ has_land }) => has_land)
      .map(({ code }) => code)
      .slice(0, FIRST);
    const [first] = villages;
    const bbox = first === undefined ? null : (await getVillage(first, signal)).bbox;
    return { bounds: bbox ?? CHINA, villages };
  });
  if (resource.state === 'ready') return resource.value;
  return { bounds: resource.state === 'failed' ? (own ?? CHINA) : own, villages: NONE };
}

const NONE: readonly string[] = [];
