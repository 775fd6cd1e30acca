import type { Knex } from 'knex';
import {
  fromEqualArea,
  localZone,
  type Shape,
  shapeEwkb,
  stretchAt,
  toLocalZone,
} from '../geometry/index.ts';
import type { Layer, LayerVersion } from '../layers/index.ts';
import { findNearPieces, type MetClass } from './near_queries.ts';

/** A feature's class of which a shape has no land but to which it comes close. */
export interface NearMiss {
  layer: string;
  version_id: string;
  class_code: string;
  class_name: string;
  /** metres in the local 3° zone; 0: they share a border, or a point of it */
  distance_m: number;
}

/** A piece near a shape, with the ends of the shortest line between the two; metres, EPSG:6933. */
export interface NearPiece {
  layer: string;
  version_id: string;
  class_code: string;
  class_name: string;
  ax: number;
  ay: number;
  bx: number;
  by: number;
}

export interface NearLand {
  counties: readonly string[];
  versions: readonly LayerVersion[];
  layers: readonly Layer[];
  /** classes of which the shape has land: they are no near misses, and need not be looked at */
  met: readonly MetClass[];
}

/**
 * Classes of the versions named within their layer's near-miss distance of a shape, nearest first. Distances are planar
 * in the local 3° Gauss–Krüger zone. What only touches is told too: no area tells of it.
 */
export async function findNearMisses(
  db: Knex,
  shape: Shape,
  land: NearLand,
  gridSize: number,
): Promise<NearMiss[]> {
  const [west, south, east, north] = shape.bbox;
  const pieces = await findNearPieces(db, {
    ...land,
    shape: shapeEwkb(shape),
    stretch: stretchAt((south + north) / 2),
    gridSize,
  });
  return nearestOfEach(pieces, land.layers, localZone((west + east) / 2));
}

/** By layer and class the nearest piece, exactly measured in the zone of `meridian`. Pure. */
export function nearestOfEach(
  pieces: readonly NearPiece[],
  layers: readonly Layer[],
  meridian: number,
): NearMiss[] {
  const reach = new Map(layers.map(({ key, near_miss_m }) => [key, near_miss_m]));
  const nearest = new Map<string, NearMiss>();
  for (const { layer, version_id, class_code, class_name, ...line } of pieces) {
    const distance_m = lengthOf(line, meridian);
    const key = `${layer} ${class_code}`;
    if (distance_m < (nearest.get(key)?.distance_m ?? Number.POSITIVE_INFINITY))
      nearest.set(key, { layer, version_id, class_code, class_name, distance_m });
  }
  return [...nearest.values()]
    .filter(({ layer, distance_m }) => distance_m <= reach.get(layer)!)
    .sort(
      (a, b) =>
        a.distance_m - b.distance_m ||
        a.layer.localeCompare(b.layer) ||
        a.class_code.localeCompare(b.class_code),
    );
}

function lengthOf({ ax, ay, bx, by }: Pick<NearPiece, 'ax' | 'ay' | 'bx' | 'by'>, meridian: number): number {
  const [a, b] = [
    [ax, ay],
    [bx, by],
  ].map(([x, y]) => toLocalZone(...fromEqualArea(x!, y!), meridian));
  return Math.hypot(a![0] - b![0], a![1] - b![1]);
}
