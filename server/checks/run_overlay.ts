import type { Knex } from 'knex';
import type { OverlayRequest } from '../contract/index.ts';
import { namesOf } from '../divisions/index.ts';
import { readShape } from '../geometry/index.ts';
import { affectedZones, crossShape, type OverlayOptions, overlayWithCertainty } from '../overlay/index.ts';
import { composeOverlay, type OverlayInBoth } from './compose_overlay.ts';
import { accuracyOf, given } from './shape_options.ts';

export interface OverlayContext {
  db: Knex.Transaction;
  overlay: OverlayOptions;
  /** YYYY-MM-DD, where the request names no day */
  today: string;
}

/**
 * A shape × layers → areas by class, village and, where asked, cross tables; near misses apart. Nothing is kept. Throws
 * the problems of `readShape` and `layer_unknown`.
 */
export async function runOverlay(request: OverlayRequest, context: OverlayContext): Promise<OverlayInBoth> {
  const { db, overlay } = context;
  const shape = readShape(request.geometry, { ...given(request), path: 'geometry' });
  const input = {
    shape,
    layers: request.layers,
    asOf: request.as_of ?? context.today,
    accuracy_m: accuracyOf(shape, request.accuracy_m),
    near: true,
  };
  const { result, certainties } = await overlayWithCertainty(db, input, overlay);
  const zones = request.cross === 'affected' ? affectedZones(result) : request.cross;
  const cross = zones === undefined ? undefined : await crossShape(db, input, result, zones, overlay);
  const villages = result.villages.map(({ code }) => code);
  const villageNames = await namesOf(db, villages);
  return composeOverlay(result, { certainties, villageNames, ...(cross === undefined ? {} : { cross }) });
}
