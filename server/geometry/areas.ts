const MU_M2 = 10_000 / 15;

/** Square metres → mu (市亩, 1/15 hectare); not rounded. */
export function toMu(m2: number): number {
  return m2 / MU_M2;
}

/**
 * `values` rounded to `decimals` places so that they add up to the rounded `total` (largest remainder, Hamilton's
 * method). Where remainders are equal the earlier value gets the unit. Values that do not add up to `total` in the
 * first place are not forced: the difference beyond one unit per value is left standing.
 * Unit-free; every value must be finite and not negative.
 */
export function roundAreas(values: readonly number[], total: number, decimals: number): number[] {
  const scale = 10 ** decimals;
  const target = Math.round(total * scale);
  const floors = values.map((value) => Math.floor(value * scale));
  let missing = target - floors.reduce((sum, value) => sum + value, 0);
  const order = values
    .map((value, index) => ({ index, remainder: value * scale - floors[index]! }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of order) {
    if (missing <= 0) break;
    floors[index]! += 1;
    missing -= 1;
  }
  return floors.map((value) => value / scale);
}
