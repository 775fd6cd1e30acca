import type { Activity, Details } from '../contract/index.ts';
import type { Shape } from '../geometry/index.ts';
import type { Layer } from '../layers/index.ts';
import type { Certainties, OverlayResult } from '../overlay/index.ts';
import { type Judgement, judge, type RuleBook, regionOf } from '../rules/index.ts';

export interface Asked {
  activity: Activity;
  details: Details;
}

/** What has been found out about a shape. */
export interface Overlaid {
  shape: Shape;
  result: OverlayResult;
  certainties: Certainties;
}

/**
 * The verdict on an overlay by the rules of its own day. `areaOf` tells how exactly the reader may know the area of a
 * hit, m²: the rules see no more than the reader.
 */
export function judgeOverlay(
  { activity, details }: Asked,
  { shape, result, certainties }: Overlaid,
  rules: RuleBook,
  areaOf: (area_m2: number, layer: Layer) => number = (area_m2) => area_m2,
): Judgement {
  return judge(
    {
      activity,
      details,
      on: result.asOf,
      layers: result.layers.map(({ layer, status, hits, uncovered_m2 }) => ({
        layer: layer.key,
        status,
        hits: hits.map((hit) => ({ ...hit, area_m2: areaOf(hit.area_m2, layer) })),
        uncovered_m2,
      })),
      positionUncertain: isUncertain(shape, result, certainties),
      region: regionOf(result.counties),
      area_m2: shape.point === null ? result.area_m2 : undefined,
    },
    rules,
  );
}

/** A point without an accuracy may lie anywhere; a layer that a shape only may touch must not read as free. */
function isUncertain(shape: Shape, result: OverlayResult, certainties: Certainties): boolean {
  if (shape.point !== null && shape.point.accuracy_m === null) return true;
  return result.layers.some(
    ({ layer, status }) => status === 'not_affected' && certainties.get(layer.key) === 'maybe',
  );
}
