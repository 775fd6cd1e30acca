import { Problem } from '../problems.ts';

/** Lets a few callers work at once; a bounded number waits for a turn, in order. */
export class Turns {
  #working = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly atMostWaiting: number,
  ) {}

  /** Throws `busy` where too many wait already. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#working >= this.atOnce) {
      if (this.#waiting.length >= this.atMostWaiting) throw new Problem('busy');
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#working += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#working -= 1;
    }
  }
}
