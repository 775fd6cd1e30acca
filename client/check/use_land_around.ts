import { villagesNear } from '../api/near.ts';
import { useResource } from '../api/use_resource.ts';
import { getVillageMap } from '../api/villages.ts';
import { landOf } from '../components/land_of.ts';
import type { MapLand } from '../map/types.ts';
import { useText } from '../text/use_text.tsx';

/** The land of the village at a place (lon, lat); null while it is not known, and where there is none. */
export function useLandAround(position: readonly [number, number] | null): MapLand | null {
  const { language } = useText();
  const { resource } = useResource(`${position?.join() ?? ''} ${language}`, async (signal) => {
    if (position === null) return null;
    const [village] = (await villagesNear(position, 1, signal)).villages;
    return village === undefined ? null : landOf(await getVillageMap(village.code, signal));
  });
  return resource.state === 'ready' ? resource.value : null;
}
