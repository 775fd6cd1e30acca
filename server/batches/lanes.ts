/**
 * Works on items up to `width` at once and hands the results on in the order of the items. Whoever stops listening
 * waits for what is under way; what has not begun never does.
 */
export async function* inLanes<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const ahead: Promise<R>[] = [];
  let next = 0;
  const begin = () => {
    if (next >= items.length) return;
    const result = work(items[next++]!);
    // whoever awaits it hears of the failure; until then it is not unhandled
    result.catch(() => undefined);
    ahead.push(result);
  };
  try {
    while (ahead.length < width && next < items.length) begin();
    while (ahead.length > 0) {
      const result = await ahead[0]!;
      ahead.shift();
      begin();
      yield result;
    }
  } finally {
    await Promise.allSettled(ahead);
  }
}
