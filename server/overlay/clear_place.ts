import type { Knex } from 'knex';
import { inSavepoint } from '../db/index.ts';
import {
  centroidOf,
  fromEqualArea,
  fromLocalZone,
  localZone,
  movePolygons,
  nearestPlacement,
  type ObstacleSet,
  type Placement,
  type PlanePoint,
  type PlanePolygon,
  type Position,
  readShape,
  type Shape,
  shapeEwkb,
  toLocalZone,
  turnPolygons,
} from '../geometry/index.ts';
import { findObstacles, type LayerDemand, type Obstacles } from './clear_place_queries.ts';
import { inSlices } from './clear_place_slices.ts';
import { endsTransaction } from './overlay_shape.ts';

export type { LayerDemand } from './clear_place_queries.ts';

/** How much more a place keeps away from what the public may not see, m: its border is then not told to the metre. */
const HIDDEN_M = 1;
/** Room in the window beyond what a moved shape can reach, m: borders there are cut, not land. */
const MARGIN_M = 5;

export interface ClearPlaceSearch {
  shape: Shape;
  radius_m: number;
  rotate: boolean;
  /** how far a place keeps away from what it must not touch, m; coordinates are rounded to far less */
  clearance_m: number;
  counties: readonly string[];
  demands: readonly LayerDemand[];
  /** told whether the search may go on */
  mayGoOn: () => boolean;
  /** told why the land around could not be read */
  onFailure?: ((what: string, error: unknown) => void) | undefined;
}

export type ClearPlace =
  | { kind: 'found'; placement: Placement; shape: Shape }
  | { kind: 'none' }
  | { kind: 'out_of_time' }
  | { kind: 'failed' };

/** The plane of the local 3° zone with a shape's centre of gravity as its origin. By our own formulas: what is cut in the
 * database lies to the last bit where the shape was projected (docs/decisions/0003). */
function frameOf(shape: Shape) {
  const meridian = localZone((shape.bbox[0] + shape.bbox[2]) / 2);
  const eachPoint = (polygons: readonly PlanePolygon[], of: (p: PlanePoint) => Position) =>
    polygons.map((rings) => rings.map((ring) => ring.map(of)));
  const inZone = eachPoint(shape.geometry.coordinates, ([lon, lat]) => toLocalZone(lon, lat, meridian));
  const [x0, y0] = centroidOf(inZone);
  const fromPlane = (polygons: readonly PlanePolygon[]): PlanePolygon[] =>
    eachPoint(polygons, ([x, y]) => {
      const [e, n] = toLocalZone(...fromEqualArea(x, y), meridian);
      return [e - x0, n - y0];
    });
  const toLonLat = (x: number, y: number): Position => fromLocalZone(x + x0, y + y0, meridian);
  return { polygons: movePolygons(inZone, -x0, -y0), fromPlane, toLonLat };
}

/** The box in degrees (and so in EPSG:6933) that holds a shape wherever it is moved within `radius_m` and turned. */
export function windowAround(shape: Shape, radius_m: number): Shape {
  const { polygons, toLonLat } = frameOf(shape);
  const reach = radius_m + MARGIN_M + Math.max(...polygons.flat(2).map(([x, y]) => Math.hypot(x, y)));
  const corners = [-1, 0, 1].flatMap((i) => [-1, 0, 1].map((j) => toLonLat(i * reach, j * reach)));
  const [lons, lats] = [corners.map(([lon]) => lon), corners.map(([, lat]) => lat)];
  const [w, s, e, n] = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
  const ring: Position[] = [
    [w, s],
    [e, s],
    [e, n],
    [w, n],
    [w, s],
  ];
  return readShape({ type: 'Polygon', coordinates: [ring] });
}

/**
 * The nearest place within a radius at which a shape meets the demands of all layers, in the local 3° zone: distances
 * are planar there. `none` is proven, `out_of_time` is not; `failed`: the
 * land could not be read. Throws the database's error where the transaction is at its end.
 */
export async function findClearPlace(db: Knex.Transaction, search: ClearPlaceSearch): Promise<ClearPlace> {
  const { shape, radius_m, rotate, clearance_m } = search;
  const frame = frameOf(shape);
  const window = shapeEwkb(windowAround(shape, radius_m));
  let found: Obstacles[];
  try {
    const { counties, demands } = search;
    found = await inSavepoint(db, () => findObstacles(db, window, counties, demands));
  } catch (error) {
    if (endsTransaction(error)) throw error;
    search.onFailure?.('clear place', error);
    return { kind: 'failed' };
  }
  const sets = found
    .filter(({ polygons }) => polygons.length > 0)
    .map(
      ({ hidden, polygons }): ObstacleSet => ({
        polygons: frame.fromPlane(polygons),
        clearance_m: clearance_m + (hidden ? HIDDEN_M : 0),
      }),
    );
  const options = {
    radius_m,
    rotate,
    whole_metres: found.some(({ hidden, polygons }) => hidden && polygons.length > 0),
  };
  const placement = await inSlices(nearestPlacement(frame.polygons, sets, options), search.mayGoOn);
  if (placement === undefined) return { kind: 'out_of_time' };
  if (placement === null) return { kind: 'none' };
  const { dx, dy, rotation_deg } = placement;
  const moved = movePolygons(turnPolygons(frame.polygons, rotation_deg), dx, dy).map((rings) =>
    rings.map((ring) => ring.map(([x, y]) => frame.toLonLat(x, y))),
  );
  return { kind: 'found', placement, shape: readShape({ type: 'MultiPolygon', coordinates: moved }) };
}
