import type { BatchMap } from '../../server/contract/index.ts';
import type { MapShape } from '../map/types.ts';
import { type ItemTone, itemTone } from './item_view.ts';

/** What matters more is drawn over what matters less. */
const UPWARDS: readonly ItemTone[] = ['plain', 'clear', 'unknown', 'permit', 'conflict'];

/** The shapes of a batch as the map shows them: coloured by what came of each at the layer that is looked at. */
export function batchShapes(map: BatchMap, first: string): MapShape[] {
  return map.features
    .map(({ geometry, properties }) => ({
      id: String(properties.index),
      geometry: geometry as MapShape['geometry'],
      tone: itemTone(properties.status, properties.layers, first),
    }))
    .sort((a, b) => UPWARDS.indexOf(a.tone) - UPWARDS.indexOf(b.tone));
}
