/**
 * Runs each contender in turn, `rounds` times after `warm` rounds that do not count; ms per contender. `lead` runs of a
 * contender before the one that counts take away what it is to have slept while the others worked: a process that has
 * lost its place in the processor's caches.
 */
export async function interleave(
  contenders: Record<string, () => Promise<unknown>>,
  rounds: number,
  { warm = 5, lead = 0 } = {},
): Promise<Record<string, number[]>> {
  const times: Record<string, number[]> = Object.fromEntries(
    Object.keys(contenders).map((name) => [name, []]),
  );
  for (let round = -warm; round < rounds; round++) {
    for (const [name, run] of Object.entries(contenders)) {
      for (let i = 0; i < lead; i++) await run();
      const started = performance.now();
      await run();
      if (round >= 0) times[name]!.push(performance.now() - started);
    }
  }
  return times;
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;
}

export const ms = (value: number) => `${value.toFixed(2)} ms`;
