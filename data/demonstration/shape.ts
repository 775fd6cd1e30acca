import type { Point, Ring } from './mesh.ts';

/** Extent of a ring along the direction `angle`. */
export function extent(ring: Ring, angle: number): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const v of ring) {
    const d = v.x * Math.cos(angle) + v.y * Math.sin(angle);
    if (d < low) low = d;
    if (d > high) high = d;
  }
  return high - low;
}

/**
 * The direction of the next cut: across the longer side, where a face counts as long along `grain` only beyond `aspect`
 * times its width.
 */
export function cutAngle(ring: Ring, grain: number, aspect: number): number {
  const along = extent(ring, grain);
  const across = extent(ring, grain + Math.PI / 2);
  return along / aspect > across ? grain + Math.PI / 2 : grain;
}

/** No corner sharper than `sharpest` radians, no side shorter than `shortest` metres. */
export function isWellShaped(ring: Ring, sharpest: number, shortest: number): boolean {
  const corners = ring.filter(
    (v, i) => Math.abs(turn(ring.at(i - 1)!, v, ring[(i + 1) % ring.length]!)) > 0.15,
  );
  return corners.every((v, i) => {
    const next = corners[(i + 1) % corners.length]!;
    const side = Math.hypot(next.x - v.x, next.y - v.y);
    return side > shortest && turn(corners.at(i - 1)!, v, next) < Math.PI - sharpest;
  });
}

function turn(a: Point, b: Point, c: Point): number {
  const angle = Math.atan2(c.y - b.y, c.x - b.x) - Math.atan2(b.y - a.y, b.x - a.x);
  return angle > Math.PI ? angle - 2 * Math.PI : angle < -Math.PI ? angle + 2 * Math.PI : angle;
}
