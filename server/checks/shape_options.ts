import type { Datum } from '../contract/index.ts';
import type { Shape } from '../geometry/index.ts';

interface Given {
  crs?: string | undefined;
  datum?: Datum | undefined;
  accuracy_m?: number | undefined;
}

/** What a request says of its coordinates. */
export function given({ crs, datum, accuracy_m }: Given): Given {
  return { crs, datum, accuracy_m };
}

/** How exactly the position of a shape is known, metres; null: not said. */
export function accuracyOf(shape: Shape, accuracy_m: number | undefined): number | null {
  return shape.point === null ? (accuracy_m ?? null) : shape.point.accuracy_m;
}
