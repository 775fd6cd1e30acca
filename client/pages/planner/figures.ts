/** Hectares with four decimals, without the unit. */
export const hectares = (value: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: 4, maximumFractionDigits: 4 });
