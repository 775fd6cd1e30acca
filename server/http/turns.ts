import { Problem } from '../problems.ts';

export interface TurnLimits {
  /** that work at once */
  atOnce: number;
  /** that wait, of all callers */
  waiting: number;
  /** that wait, of one caller */
  waitingOfOne: number;
  /** how long one waits, ms */
  waitMs: number;
}

interface Waiter {
  enter: () => void;
}

/**
 * Places for heavy work. What finds none waits in line, holding nothing: callers take turns, so that somebody's hundred
 * shapes are not all in front of another's one.
 */
export class Turns {
  readonly #limits: TurnLimits;
  /** by caller; the first key has the next turn */
  readonly #lines = new Map<string, Waiter[]>();
  #working = 0;
  #waiting = 0;

  constructor(limits: TurnLimits) {
    this.#limits = limits;
  }

  get working(): number {
    return this.#working;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Waits for a place; the returned function gives it back, once. Throws `busy` where too many wait, where the wait is
   * over, and where `gone` says that nobody wants the answer any more.
   */
  async take(caller: string, gone: AbortSignal): Promise<() => void> {
    if (gone.aborted) throw new Problem('busy');
    if (this.#working < this.#limits.atOnce) this.#working++;
    else await this.#wait(caller, gone);
    let given = false;
    return () => {
      if (!given) this.#leave();
      given = true;
    };
  }

  async #wait(caller: string, gone: AbortSignal): Promise<void> {
    const line = this.#lines.get(caller) ?? [];
    if (this.#waiting >= this.#limits.waiting || line.length >= this.#limits.waitingOfOne)
      throw new Problem('busy');
    await new Promise<void>((resolve, reject) => {
      const giveUp = () => {
        this.#forget(caller, waiter);
        finish(() => reject(new Problem('busy')));
      };
      const timer = setTimeout(giveUp, this.#limits.waitMs);
      const finish = (then: () => void) => {
        clearTimeout(timer);
        gone.removeEventListener('abort', giveUp);
        then();
      };
      const waiter: Waiter = { enter: () => finish(resolve) };
      gone.addEventListener('abort', giveUp, { once: true });
      this.#lines.set(caller, [...line, waiter]);
      this.#waiting++;
    });
  }

  #forget(caller: string, waiter: Waiter): void {
    const rest = (this.#lines.get(caller) ?? []).filter((other) => other !== waiter);
    if (rest.length === 0) this.#lines.delete(caller);
    else this.#lines.set(caller, rest);
    this.#waiting--;
  }

  /** The place goes to the caller who waited longest for a turn; who has more in line goes to the end of it. */
  #leave(): void {
    const next = this.#lines.entries().next().value;
    if (next === undefined) {
      this.#working--;
      return;
    }
    const [caller, [first, ...rest]] = next;
    this.#lines.delete(caller);
    if (rest.length > 0) this.#lines.set(caller, rest);
    this.#waiting--;
    first!.enter();
  }
}
