/** The least accuracy that can be typed, metres: less is no claim about land. */
export const LEAST_ACCURACY_M = 0.01;
/** The server takes no more. */
export const MOST_ACCURACY_M = 1000;

const NUMBER = /^(\d+\.?\d*|\.\d+)$/;

/** What was typed as an accuracy, in metres; null: nothing was; `wrong`: it is none, or out of bounds. */
export function readAccuracy(typed: string): number | null | 'wrong' {
  // digits of a Chinese keyboard are as wide as its characters
  const text = typed.normalize('NFKC').trim();
  if (text === '') return null;
  const accuracy = NUMBER.test(text) ? Number(text) : Number.NaN;
  return accuracy >= LEAST_ACCURACY_M && accuracy <= MOST_ACCURACY_M ? accuracy : 'wrong';
}
