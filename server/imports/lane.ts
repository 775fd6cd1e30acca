import { setImmediate } from 'node:timers/promises';

/**
 * Steps that run one after another behind their caller's back: the database works on one batch while the next is made.
 * After a step failed no other begins, and whoever pushes or drains hears of it.
 */
export class Lane {
  readonly #depth: number;
  #waiting: Promise<void>[] = [];
  #tail: Promise<void> = Promise.resolve();

  /** `depth` steps may wait; past that {@link push} does. It bounds the memory that steps hold. */
  constructor(depth: number) {
    this.#depth = depth;
  }

  async push(step: () => Promise<void>): Promise<void> {
    this.#tail = this.#tail.then(step);
    this.#tail.catch(() => undefined);
    this.#waiting.push(this.#tail);
    if (this.#waiting.length > this.#depth) await this.#waiting.shift();
    await setImmediate();
  }

  /** Waits for all steps. */
  async drain(): Promise<void> {
    this.#waiting = [];
    await this.#tail;
  }

  /** Waits until no step runs any more, however it ended. */
  async settle(): Promise<void> {
    await this.#tail.catch(() => undefined);
  }
}
