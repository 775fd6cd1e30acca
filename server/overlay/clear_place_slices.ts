import { setImmediate } from 'node:timers/promises';

/** So long one search may hold the process at a time, ms. */
const SLICE_MS = 8;

/** Runs a search slice by slice and lets others work in between; undefined: it was stopped before its end. */
export async function inSlices<T>(
  search: Generator<void, T>,
  mayGoOn: () => boolean,
): Promise<T | undefined> {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    while (performance.now() < until) {
      const { done, value } = search.next();
      if (done === true) return value;
    }
    await setImmediate();
    if (!mayGoOn()) return undefined;
  }
}
