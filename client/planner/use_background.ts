import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { villagesNear } from '../api/near.ts';
import { RequestFailed } from '../api/request.ts';
import { getVillageMap } from '../api/villages.ts';
import { landOf } from '../components/land_of.ts';
import type { MapLand } from '../map/types.ts';
import { joined, MOST_VILLAGES, villagesShown } from './background.ts';

/** From farther away than this, m per px, a village is too small to be looked at. */
const NEAR_ENOUGH = 12;
const AROUND = 3;

export interface Background {
  land: MapLand | null;
  lands: ReadonlyMap<string, MapLand>;
  /** to be told where the map has come to: lon, lat and metres per px */
  look(center: [number, number], metres_per_pixel: number): void;
}

/** Maps of the villages that the parcels lie in and of those in view, a bounded number of them. */
export function useBackground(
  affected: readonly string[],
  first: readonly string[],
  language: string,
): Background {
  const [lands, setLands] = useState<ReadonlyMap<string, MapLand>>(new Map());
  const [looked, setLooked] = useState<readonly string[]>([]);
  const asked = useRef(new Set<string>());
  const firstKey = first.join();
  useEffect(() => {
    if (firstKey !== '')
      setLooked((before) => [...new Set([...firstKey.split(','), ...before])].slice(0, MOST_VILLAGES));
  }, [firstKey]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: names on the map are in the reader's language
  useEffect(() => {
    asked.current.clear();
    setLands(new Map());
  }, [language]);
  const shown = villagesShown(affected, looked).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another language is loaded anew
  useEffect(() => {
    for (const code of shown.split(',')) {
      if (code === '' || asked.current.has(code)) continue;
      asked.current.add(code);
      getVillageMap(code, new AbortController().signal).then(
        (map) => setLands((before) => new Map(before).set(code, landOf(map))),
        (failed: unknown) => {
          // the background is no part of the answer: it is tried again when it is looked at again
          asked.current.delete(code);
          if (!(failed instanceof RequestFailed)) throw failed;
        },
      );
    }
  }, [shown, language]);
  const look = useCallback((center: [number, number], metres_per_pixel: number) => {
    if (metres_per_pixel > NEAR_ENOUGH) return;
    villagesNear(center, AROUND, new AbortController().signal).then(
      ({ villages }) => {
        const codes = villages.filter(({ has_land }) => has_land).map(({ code }) => code);
        setLooked((before) => [...new Set([...codes, ...before])].slice(0, MOST_VILLAGES));
      },
      (failed: unknown) => {
        if (!(failed instanceof RequestFailed)) throw failed;
      },
    );
  }, []);
  const land = useMemo(() => {
    const here = shown.split(',').flatMap((code) => lands.get(code) ?? []);
    return here.length === 0 ? null : joined(here);
  }, [shown, lands]);
  return { land, lands, look };
}
