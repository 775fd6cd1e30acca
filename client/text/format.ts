const decimals = (value: number, digits: number) =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A figure with `digits` decimals; a positive one never reads as zero. */
function figure(value: number, digits: number): string {
  const least = 10 ** -digits;
  if (value > 0 && value < least / 2) return `<${least.toFixed(digits)}`;
  return decimals(value, digits);
}

/** Square metres with two decimals, without the unit. */
export const squareMetres = (value: number) => figure(value, 2);
/** Mu (2000/3 m²) with two decimals, without the unit. */
export const mu = (value: number) => figure(value, 2);
/** Square metres of an estimate: whole numbers, it knows no better. */
export const roughSquareMetres = (value: number) => figure(value, 0);
/** Square metres → mu. */
export const toMu = (square_metres: number) => (square_metres * 3) / 2000;

/** 0 to 1 → per cent; a positive share never reads as zero, an incomplete one never as 100 %. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return '<0.1%';
  if (share < 1 && share > 0.999) return '>99.9%';
  return `${decimals(share * 100, 1)}%`;
}

/** The day of a date or time as it was written, YYYY-MM-DD. */
export const day = (written: string) => written.slice(0, 10);

/** Date and minute in the reader's time. */
export function moment(written: string, language: string): string {
  const time = new Date(written);
  if (Number.isNaN(time.getTime())) return written;
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  return time.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
}

/** Metres of an accuracy: whole ones, rounded up, since it promises no more than it holds. */
export const metres = (value: number) => decimals(Math.ceil(value), 0);
