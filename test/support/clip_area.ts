/** An axis-parallel rectangle: [west, south, east, north]. */
export type Box = readonly [number, number, number, number];

type Point = readonly number[];

function cut(ring: Point[], inside: (p: Point) => number): Point[] {
  return ring.flatMap((p, i) => {
    const q = ring[(i + 1) % ring.length]!;
    const [a, b] = [inside(p), inside(q)];
    const kept = a >= 0 ? [p] : [];
    if (a >= 0 === b >= 0) return kept;
    const t = a / (a - b);
    return [...kept, [p[0]! + t * (q[0]! - p[0]!), p[1]! + t * (q[1]! - p[1]!)]];
  });
}

/**
 * Area of a simple ring inside a box, by Sutherland and Hodgman's clipping (1974): no overlay engine is asked. What
 * the clip leaves on the box's sides has no area, so the area is right for rings that are not convex too.
 */
export function areaInBox(ring: readonly Point[], [west, south, east, north]: Box): number {
  let rest: Point[] = ring.slice(0, -1).map((p) => [p[0]!, p[1]!]);
  for (const inside of [
    (p: Point) => p[0]! - west,
    (p: Point) => east - p[0]!,
    (p: Point) => p[1]! - south,
    (p: Point) => north - p[1]!,
  ]) {
    rest = cut(rest, inside);
  }
  let twice = 0;
  rest.forEach((p, i) => {
    const q = rest[(i + 1) % rest.length]!;
    twice += (p[0]! - west) * (q[1]! - south) - (q[0]! - west) * (p[1]! - south);
  });
  return Math.abs(twice) / 2;
}
