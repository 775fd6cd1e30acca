import { roundAreas } from '../geometry/index.ts';

/** Sums of areas that are printed in m² with 2 decimals, exact: binary fractions are added as whole hundredths. */
export function sumM2(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + Math.round(value * 100), 0) / 100;
}

/** Areas in m² as mu with 2 decimals, and in hectares with 4, each column adding up to its rounded sum. */
export function inOtherUnits(values: readonly number[]): { mu: number[]; ha: number[] } {
  const sum = sumM2(values);
  return {
    mu: roundAreas(
      values.map((value) => (value * 3) / 2000),
      (sum * 3) / 2000,
      2,
    ),
    ha: roundAreas(
      values.map((value) => value / 10_000),
      sum / 10_000,
      4,
    ),
  };
}
