type Box = readonly [number, number, number, number];

const SIDE = 1 << 16;

/**
 * The boxes' indexes in an order that follows the ground (a Hilbert curve over their middles), so that shapes that stand
 * next to each other share what the database has just read.
 */
export function groundOrder(boxes: readonly Box[]): number[] {
  const middles = boxes.map(
    ([west, south, east, north]) => [(west + east) / 2, (south + north) / 2] as const,
  );
  const [lowX, lowY] = [least(middles, 0), least(middles, 1)];
  const span =
    Math.max(
      -least(
        middles.map(([x, y]) => [-x, -y]),
        0,
      ) - lowX,
      -least(
        middles.map(([x, y]) => [-x, -y]),
        1,
      ) - lowY,
    ) || 1;
  const scaled = (value: number, low: number) =>
    Math.min(SIDE - 1, Math.floor(((value - low) / span) * SIDE));
  const keys = middles.map(([x, y]) => hilbert(scaled(x, lowX), scaled(y, lowY)));
  return keys.map((_, i) => i).sort((a, b) => keys[a]! - keys[b]! || a - b);
}

function least(points: readonly (readonly [number, number])[], axis: 0 | 1): number {
  return points.reduce((low, point) => Math.min(low, point[axis]), Number.POSITIVE_INFINITY);
}

/** Distance along the Hilbert curve that fills a square of SIDE × SIDE. */
function hilbert(x: number, y: number): number {
  let distance = 0;
  for (let side = SIDE / 2; side >= 1; side /= 2) {
    const [right, upper] = [(x & side) > 0 ? 1 : 0, (y & side) > 0 ? 1 : 0];
    distance += side * side * ((3 * right) ^ upper);
    if (upper === 0) {
      if (right === 1) [x, y] = [SIDE - 1 - x, SIDE - 1 - y];
      [x, y] = [y, x];
    }
  }
  return distance;
}
