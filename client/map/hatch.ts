import { parseColour } from './colour.ts';

export const HATCH_SIZE = 16;
const DIRECTIONS = 4;

/** Whether a pixel lies on a stripe; `direction` 0 rising, 1 falling, 2 crossed, 3 dots. */
function onStripe(x: number, y: number, direction: number): boolean {
  const rising = (x + y) % HATCH_SIZE < 3;
  const falling = (x - y + HATCH_SIZE) % HATCH_SIZE < 3;
  if (direction === 0) return rising;
  if (direction === 1) return falling;
  if (direction === 2) return (x + y) % HATCH_SIZE < 2 || (x - y + HATCH_SIZE) % HATCH_SIZE < 2;
  return (x - 8) ** 2 + (y - 8) ** 2 < 7;
}

/**
 * A square image (RGBA, {@link HATCH_SIZE} px) that tiles into a hatch, so that zones can be told apart
 * without their colours. `index` picks one of four directions.
 */
export function hatchImage(
  colour: string,
  index: number,
): { width: number; height: number; data: Uint8Array } {
  const [red, green, blue] = parseColour(colour) ?? [0, 0, 0];
  const data = new Uint8Array(HATCH_SIZE * HATCH_SIZE * 4);
  for (let y = 0; y < HATCH_SIZE; y += 1) {
    for (let x = 0; x < HATCH_SIZE; x += 1) {
      if (!onStripe(x, y, index % DIRECTIONS)) continue;
      data.set([red, green, blue, 255], (y * HATCH_SIZE + x) * 4);
    }
  }
  return { width: HATCH_SIZE, height: HATCH_SIZE, data };
}
