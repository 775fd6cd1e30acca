import { discAround } from './disc.ts';
import type { Position } from './positions.ts';
import { fromLocalZone, localZone, toLocalZone } from './projection.ts';
import { readShape, type Shape } from './shape.ts';

type Plane = [number, number];

const cross = (o: Plane, a: Plane, b: Plane) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);

/** Convex hull, counter-clockwise, not closed (Andrew 1979). */
function hull(points: Plane[]): Plane[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (input: Plane[]) => {
    const chain: Plane[] = [];
    for (const p of input) {
      while (chain.length > 1 && cross(chain.at(-2)!, chain.at(-1)!, p) <= 0) chain.pop();
      chain.push(p);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

function vertices(shape: Shape, meridian: number): Plane[] {
  return shape.geometry.coordinates.flatMap((part) =>
    part[0]!.map(([lon, lat]) => toLocalZone(lon!, lat!, meridian)),
  );
}

function toShape(ring: Plane[], meridian: number): Shape {
  const lonlat: Position[] = ring.map(([x, y]) => fromLocalZone(x, y, meridian));
  return readShape({ type: 'Polygon', coordinates: [[...lonlat, lonlat[0]!]] });
}

/**
 * A shape that holds every place where `shape` may lie when each of its points is off by up to `accuracy_m` metres:
 * the hull of discs around its vertices, in the local 3° zone. Larger than needed for a shape that is not convex,
 * never smaller.
 */
export function grow(shape: Shape, accuracy_m: number): Shape {
  const meridian = localZone(shape.bbox[0]);
  const discs = shape.geometry.coordinates.flatMap((part) =>
    part[0]!.flatMap((position) => discAround(position, accuracy_m)),
  );
  return toShape(hull(discs.map(([lon, lat]) => toLocalZone(lon!, lat!, meridian))), meridian);
}

/** Part of a convex ring on the left of the line a→b moved left by `distance`. */
function clipLeft(ring: Plane[], a: Plane, b: Plane, distance: number): Plane[] {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  const depth = (p: Plane) => cross(a, b, p) / length - distance;
  return ring.flatMap((p, i) => {
    const q = ring[(i + 1) % ring.length]!;
    const [dp, dq] = [depth(p), depth(q)];
    const kept: Plane[] = dp >= 0 ? [p] : [];
    if (dp >= 0 === dq >= 0) return kept;
    const t = dp / (dp - dq);
    return [...kept, [p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])] as Plane];
  });
}

/**
 * A shape that lies inside `shape` wherever its points really are, each off by up to `accuracy_m` metres; null where
 * nothing is left, and for shapes that are not one convex ring: then nothing is claimed.
 */
export function shrink(shape: Shape, accuracy_m: number): Shape | null {
  const [part, ...others] = shape.geometry.coordinates;
  if (part === undefined || part.length > 1 || others.length > 0) return null;
  const meridian = localZone(shape.bbox[0]);
  const points = vertices(shape, meridian).slice(0, -1);
  const convex = hull(points);
  if (convex.length !== points.length) return null;
  let rest = convex;
  for (const [i, a] of convex.entries())
    rest = clipLeft(rest, a, convex[(i + 1) % convex.length]!, accuracy_m);
  const distinct = rest.filter((p, i) => {
    const q = rest[(i + 1) % rest.length]!;
    return Math.hypot(p[0] - q[0], p[1] - q[1]) > 1e-6;
  });
  return distinct.length < 3 ? null : toShape(distinct, meridian);
}
