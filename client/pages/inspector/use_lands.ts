import { useEffect, useMemo, useRef, useState } from 'react';
import { getVillageMap } from '../../api/villages.ts';
import { landOf } from '../../components/land_of.ts';
import { joinLands } from '../../inspector/around.ts';
import type { MapLand } from '../../map/types.ts';

/** A map that has begun to come is let come: the next page of the list may want it again. */
const NEVER = new AbortController().signal;

/**
 * The land of some villages as one map, growing as each arrives; a village whose map does not come leaves paper: the
 * land is only there to find one's way. Call with at most a handful of codes.
 */
export function useLands(codes: readonly string[], language: string): MapLand {
  const [known, setKnown] = useState<ReadonlyMap<string, MapLand>>(new Map());
  const asked = useRef(new Set<string>());
  const wanted = codes.map((code) => `${language} ${code}`).join();
  useEffect(() => {
    for (const key of wanted === '' ? [] : wanted.split(',')) {
      if (asked.current.has(key)) continue;
      asked.current.add(key);
      getVillageMap(key.split(' ')[1]!, NEVER).then(
        (map) => setKnown((before) => new Map(before).set(key, landOf(map))),
        () => asked.current.delete(key),
      );
    }
  }, [wanted]);
  return useMemo(
    () => joinLands((wanted === '' ? [] : wanted.split(',')).flatMap((code) => known.get(code) ?? [])),
    [known, wanted],
  );
}
