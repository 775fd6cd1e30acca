import { useMemo, useState } from 'react';
import type { BatchDetail, BatchMap } from '../../../server/contract/index.ts';
import { getBatchMap } from '../../api/batches.ts';
import { MANY_SHAPES, nearView } from '../../inspector/near_view.ts';
import { isActive } from '../../inspector/progress.ts';
import type { Bounds } from '../../map/types.ts';
import { useKept } from './use_kept.ts';

export interface ShownMap {
  map: BatchMap | null;
  onMoved(center: [number, number], metres_per_pixel: number): void;
}

/** The shapes of a batch for its map; of a large one a point each, and outlines where somebody looks closely. */
export function useBatchMap(batch: BatchDetail, round: number, language: string): ShownMap {
  const many = batch.counts.shapes > MANY_SHAPES;
  const [view, setView] = useState<Bounds | null>(null);
  // so many are fetched anew only at the end, not on the way
  const turn = isActive(batch.status) && many ? 0 : round;
  const key = `${batch.id} ${batch.status} ${turn} ${language}`;
  const all = useKept(`map ${key}`, (signal) => getBatchMap(batch.id, null, signal)).value;
  const wanted = many ? view : null;
  const near = useKept(`near ${key} ${wanted?.join() ?? ''}`, async (signal) =>
    wanted === null ? null : getBatchMap(batch.id, wanted, signal),
  ).value;
  const map = useMemo(() => {
    if (all === null || near === null) return all;
    const closer = new Map(near.features.map((feature) => [feature.id, feature]));
    return { ...all, features: all.features.map((feature) => closer.get(feature.id) ?? feature) };
  }, [all, near]);
  return { map, onMoved: (center, scale) => setView(nearView(center, scale)) };
}
