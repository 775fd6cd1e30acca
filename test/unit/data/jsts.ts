import { createRequire } from 'node:module';
import type { MultiPolygon, Polygon } from 'geojson';

/** The few names of JSTS (an independent geometry engine) that the tests use. */
export interface Geometry {
  getArea(): number;
  getEnvelopeInternal(): object;
}

interface Jsts {
  io: { GeoJSONReader: new () => { read(geometry: Polygon | MultiPolygon): Geometry } };
  index: {
    strtree: {
      STRtree: new () => {
        insert(box: object, item: number): void;
        query(box: object): { toArray(): number[] };
      };
    };
  };
  operation: {
    overlay: {
      OverlayOp: {
        intersection(a: Geometry, b: Geometry): Geometry;
        difference(a: Geometry, b: Geometry): Geometry;
      };
    };
    valid: {
      IsValidOp: new (
        g: Geometry,
      ) => { isValid(): boolean; getValidationError(): { toString(): string } | null };
    };
  };
}

const jsts = createRequire(import.meta.url)('jsts/dist/jsts.min.js') as Jsts;
const reader = new jsts.io.GeoJSONReader();

/** Reads a geometry moved and scaled to metres around a place, so that areas are square metres and precision is kept. */
export function read(geometry: Polygon | MultiPolygon, around: [number, number]): Geometry {
  const kx = 111320 * Math.cos((around[1] * Math.PI) / 180);
  const move = (p: number[]): number[] => [(p[0]! - around[0]) * kx, (p[1]! - around[1]) * 110950];
  if (geometry.type === 'Polygon')
    return reader.read({ type: 'Polygon', coordinates: geometry.coordinates.map((r) => r.map(move)) });
  return reader.read({
    type: 'MultiPolygon',
    coordinates: geometry.coordinates.map((p) => p.map((r) => r.map(move))),
  });
}

export const { intersection, difference } = jsts.operation.overlay.OverlayOp;

/** Why a geometry is not valid (OGC Simple Features), or null. */
export function fault(geometry: Geometry): string | null {
  const check = new jsts.operation.valid.IsValidOp(geometry);
  return check.isValid() ? null : String(check.getValidationError());
}

/** Pairs (i of a, k of b) whose envelopes meet. */
export function neighbours(a: Geometry[], b: Geometry[]): [number, number][] {
  const tree = new jsts.index.strtree.STRtree();
  b.forEach((g, k) => {
    tree.insert(g.getEnvelopeInternal(), k);
  });
  return a.flatMap((g, i) =>
    tree
      .query(g.getEnvelopeInternal())
      .toArray()
      .map((k): [number, number] => [i, k]),
  );
}
