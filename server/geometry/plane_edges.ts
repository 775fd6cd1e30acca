/** x, y in metres of one plane. */
export type PlanePoint = readonly [number, number];
/** Closed rings: the outer one, then holes; in either direction. */
export type PlanePolygon = readonly (readonly PlanePoint[])[];

/** The edges a→b of polygons, inside on their left, each with the vertex before a and the one after b. */
export interface PlaneEdges {
  count: number;
  ax: Float64Array;
  ay: Float64Array;
  bx: Float64Array;
  by: Float64Array;
  beforeX: Float64Array;
  beforeY: Float64Array;
  afterX: Float64Array;
  afterY: Float64Array;
}

function signedArea(ring: readonly PlanePoint[]): number {
  let twice = 0;
  const [ox, oy] = ring[0]!;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [p, q] = [ring[i]!, ring[i + 1]!];
    twice += (p[0] - ox) * (q[1] - oy) - (q[0] - ox) * (p[1] - oy);
  }
  return twice / 2;
}

/** A ring without its closing vertex and without repeated vertices, inside on the left; empty where nothing is left. */
function turned(ring: readonly PlanePoint[], hole: boolean): PlanePoint[] {
  const area = signedArea(ring);
  const distinct = ring.slice(0, -1).filter((p, i, all) => {
    const before = all[(i + all.length - 1) % all.length]!;
    return p[0] !== before[0] || p[1] !== before[1];
  });
  if (area === 0 || distinct.length < 3) return [];
  return area > 0 === hole ? distinct.reverse() : distinct;
}

/** All edges of some polygons that do not overlap. Rings without area are left out. */
export function edgesOf(polygons: readonly PlanePolygon[]): PlaneEdges {
  const rings = polygons.flatMap((polygon) => polygon.map((ring, i) => turned(ring, i > 0)));
  const count = rings.reduce((sum, ring) => sum + ring.length, 0);
  const column = () => new Float64Array(count);
  const [ax, ay, bx, by] = [column(), column(), column(), column()];
  const [beforeX, beforeY, afterX, afterY] = [column(), column(), column(), column()];
  let at = 0;
  for (const ring of rings) {
    const n = ring.length;
    for (let i = 0; i < n; i++, at++) {
      [ax[at], ay[at]] = ring[i]!;
      [bx[at], by[at]] = ring[(i + 1) % n]!;
      [beforeX[at], beforeY[at]] = ring[(i + n - 1) % n]!;
      [afterX[at], afterY[at]] = ring[(i + 2) % n]!;
    }
  }
  return { count, ax, ay, bx, by, beforeX, beforeY, afterX, afterY };
}

/** Polygons turned by `degrees` clockwise (as bearings count) around the origin. */
export function turnPolygons(polygons: readonly PlanePolygon[], degrees: number): PlanePolygon[] {
  if (degrees === 0) return [...polygons];
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  return polygons.map((rings) =>
    rings.map((ring) => ring.map(([x, y]): PlanePoint => [x * cos + y * sin, y * cos - x * sin])),
  );
}

/** Polygons moved by (dx, dy). */
export function movePolygons(polygons: readonly PlanePolygon[], dx: number, dy: number): PlanePolygon[] {
  return polygons.map((rings) => rings.map((ring) => ring.map(([x, y]): PlanePoint => [x + dx, y + dy])));
}

/** Centre of gravity of polygons that do not overlap, x, y. */
export function centroidOf(polygons: readonly PlanePolygon[]): PlanePoint {
  const edges = edgesOf(polygons);
  const [ox, oy] = [edges.ax[0]!, edges.ay[0]!];
  let [area, x, y] = [0, 0, 0];
  for (let i = 0; i < edges.count; i++) {
    const [px, py] = [edges.ax[i]! - ox, edges.ay[i]! - oy];
    const [qx, qy] = [edges.bx[i]! - ox, edges.by[i]! - oy];
    const twice = px * qy - qx * py;
    area += twice;
    x += (px + qx) * twice;
    y += (py + qy) * twice;
  }
  return [ox + x / (3 * area), oy + y / (3 * area)];
}
