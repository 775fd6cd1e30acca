import { Problem } from '../problems.ts';

/** Work of a size takes turns; what costs less than every lane asks for never waits. */
export interface Lane {
  /** from this cost on, up to the next larger lane */
  from: number;
  /** that work at once, in this lane and all larger ones together */
  atOnce: number;
}

export interface TurnLimits {
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

interface Line {
  readonly from: number;
  readonly atOnce: number;
  /** by caller; the first key has the next turn */
  readonly callers: Map<string, Waiter[]>;
  working: number;
  /** time this size has had, ms; a size that comes back after a rest starts with what the others had meanwhile */
  spent: number;
}

/**
 * Places for work of more than the least size. What finds none waits in line, holding nothing. Sizes share the time: of
 * those that wait, the one that has had the least is next, so that neither many large ones nor many middle ones keep the
 * other out (start-time fair queueing: Goyal, Vin, Cheng 1997). Within a size, callers take turns, so that somebody's
 * hundred shapes are not all in front of another's one.
 */
export class Turns {
  readonly #limits: TurnLimits;
  readonly #now: () => number;
  /** the largest first */
  readonly #lines: readonly Line[];
  #waiting = 0;
  /** what the size that was let in last had had then, ms */
  #reached = 0;

  constructor(lanes: readonly Lane[], limits: TurnLimits, now = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
    this.#lines = [...lanes]
      .sort((a, b) => b.from - a.from)
      .map((lane) => ({ ...lane, callers: new Map(), working: 0, spent: 0 }));
  }

  get working(): number {
    return this.#lines.reduce((sum, { working }) => sum + working, 0);
  }

  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Waits for a place; the returned function gives it back, once. Throws `busy` where too many wait, where the wait is
   * over, and where `gone` says that nobody wants the answer any more.
   */
  async take(cost: number, caller: string, gone: AbortSignal): Promise<() => void> {
    const line = this.#lines.find(({ from }) => cost >= from);
    if (line === undefined) return () => undefined;
    if (gone.aborted) throw new Problem('busy');
    if (this.#hasPlace(line)) this.#enter(line);
    else await this.#wait(line, caller, gone);
    const since = this.#now();
    let given = false;
    return () => {
      if (given) return;
      given = true;
      line.working--;
      line.spent += this.#now() - since;
      this.#letIn();
    };
  }

  /** A place is for a line where neither its own bound nor that of a smaller size, which counts it too, is reached. */
  #hasPlace(line: Line): boolean {
    let working = 0;
    let within = false;
    for (const each of this.#lines) {
      working += each.working;
      within ||= each === line;
      if (within && working >= each.atOnce) return false;
    }
    return true;
  }

  #enter(line: Line): void {
    if (line.working === 0) line.spent = Math.max(line.spent, this.#reached);
    this.#reached = line.spent;
    line.working++;
  }

  async #wait(line: Line, caller: string, gone: AbortSignal): Promise<void> {
    const own = line.callers.get(caller) ?? [];
    if (this.#waiting >= this.#limits.waiting || own.length >= this.#limits.waitingOfOne)
      throw new Problem('busy');
    await new Promise<void>((resolve, reject) => {
      const giveUp = () => {
        this.#forget(line, caller, waiter);
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
      if (line.callers.size === 0 && line.working === 0) line.spent = Math.max(line.spent, this.#reached);
      line.callers.set(caller, [...own, waiter]);
      this.#waiting++;
    });
  }

  #forget(line: Line, caller: string, waiter: Waiter): void {
    const rest = (line.callers.get(caller) ?? []).filter((other) => other !== waiter);
    if (rest.length === 0) line.callers.delete(caller);
    else line.callers.set(caller, rest);
    this.#waiting--;
  }

  #letIn(): void {
    for (;;) {
      const able = this.#lines.filter((line) => line.callers.size > 0 && this.#hasPlace(line));
      const [first] = able.sort((a, b) => a.spent - b.spent);
      if (first === undefined) return;
      this.#enter(first);
      this.#callNext(first);
    }
  }

  /** The turn is the caller's who waited longest for one; who has more in line goes to the end of it. */
  #callNext(line: Line): void {
    const [caller, [first, ...rest]] = line.callers.entries().next().value!;
    line.callers.delete(caller);
    if (rest.length > 0) line.callers.set(caller, rest);
    this.#waiting--;
    first!.enter();
  }
}
