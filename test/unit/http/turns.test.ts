import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { lanesFor } from '../../../server/http/lanes.ts';
import { type Lane, Turns } from '../../../server/http/turns.ts';

const LIMITS = { waiting: 6, waitingOfOne: 4, waitMs: 60_000 };
const HEAVY = 300;
const MIDDLE = 20;
const here = () => new AbortController().signal;
const code = (promise: Promise<unknown>) =>
  promise.then(() => 'ok').catch((error: { code: string }) => error.code);

/** Takes turns and writes down who got in, in order. */
class Line {
  readonly turns: Turns;
  readonly entered: string[] = [];
  /** the time, ms, which goes on where a test says so */
  now = 0;
  readonly #leave: (() => void)[] = [];

  constructor(lanes: readonly Lane[], limits: Partial<typeof LIMITS> = {}) {
    this.turns = new Turns(lanes, { ...LIMITS, ...limits }, () => this.now);
  }

  static of(atOnce: number, limits: Partial<typeof LIMITS> = {}): Line {
    return new Line([{ from: 0, atOnce }], limits);
  }

  async come(caller: string, gone = here(), cost = 1): Promise<void> {
    const leave = await this.turns.take(cost, caller, gone);
    this.entered.push(caller);
    this.#leave.push(leave);
  }

  /** Comes as another person each time. */
  async comeNew(size: 'heavy' | 'middle', who: number): Promise<void> {
    await this.come(`${size} ${who}`, here(), size === 'heavy' ? HEAVY : MIDDLE);
  }

  /** The one that got in first goes. */
  async go(): Promise<void> {
    this.#leave.shift()!();
    await nextTurn();
  }

  /** Everybody gets in and goes: who still waits keeps the process of the tests alive. */
  async close(): Promise<void> {
    while (this.turns.working > 0) await this.go();
  }
}

describe('turns of heavy work', () => {
  it('lets in as many as there are places, and the next when one leaves', async () => {
    const line = Line.of(2);
    for (const caller of ['a', 'b', 'c']) void line.come(caller);
    await nextTurn();
    expect(line.entered).to.deep.equal(['a', 'b']);
    await line.go();
    expect(line.entered).to.deep.equal(['a', 'b', 'c']);
    expect(line.turns).to.include({ working: 2, waiting: 0 });
    await line.go();
    await line.go();
    expect(line.turns).to.include({ working: 0, waiting: 0 });
  });

  it("lets callers take turns: one's many are not before another's one", async () => {
    const line = Line.of(1);
    for (const caller of ['a', 'a', 'a', 'a', 'b', 'c']) void line.come(caller);
    for (let i = 0; i < 5; i++) {
      await nextTurn();
      await line.go();
    }
    expect(line.entered).to.deep.equal(['a', 'a', 'b', 'c', 'a', 'a']);
  });

  it('turns away whom it has no room for', async () => {
    const line = Line.of(1);
    for (let i = 0; i < 5; i++) void line.come('a');
    await nextTurn();
    expect(await code(line.come('a'))).to.equal('busy');
    for (const caller of ['b', 'c']) void line.come(caller);
    expect(await code(line.come('d'))).to.equal('busy');
    await line.close();
    expect(line.turns.waiting).to.equal(0);
  });

  it('forgets who has gone, and never lets them in', async () => {
    const line = Line.of(1);
    const leaving = new AbortController();
    void line.come('a');
    const gone = code(line.come('b', leaving.signal));
    void line.come('c');
    leaving.abort();
    expect(await gone).to.equal('busy');
    expect(await code(line.come('d', AbortSignal.abort()))).to.equal('busy');
    await line.go();
    expect(line.entered).to.deep.equal(['a', 'c']);
    expect(line.turns.waiting).to.equal(0);
  });

  it('turns away whose wait is over, and goes on', async () => {
    const line = Line.of(1, { waitMs: 1 });
    void line.come('a');
    expect(await code(line.come('b'))).to.equal('busy');
    await line.go();
    expect(line.turns).to.include({ working: 0, waiting: 0 });
  });

  it('gives a place back once', async () => {
    const { turns } = Line.of(1);
    const leave = await turns.take(1, 'a', here());
    leave();
    leave();
    expect(turns.working).to.equal(0);
    await turns.take(1, 'a', here());
    expect(turns.working).to.equal(1);
  });
});

describe('sizes of work', () => {
  const lanes = [
    { from: HEAVY, atOnce: 1 },
    { from: MIDDLE, atOnce: 1 },
  ];

  it('never hold all eight connections of PostgreSQL, nor more than half of the processors but for one', () => {
    for (const processors of [1, 2, 4, 8, 64]) {
      const [heavy, middle] = lanesFor('native', processors);
      expect(heavy!.atOnce).to.be.within(1, middle!.atOnce);
      expect(middle!.atOnce).to.be.within(1, Math.max(1, Math.min(4, processors / 2)));
    }
    expect(lanesFor('embedded', 64)).to.deep.equal([{ from: MIDDLE, atOnce: 1 }]);
  });

  it('ask nobody small to wait', async () => {
    const line = new Line(lanes);
    await line.comeNew('heavy', 1);
    for (let i = 0; i < 20; i++) await line.turns.take(MIDDLE - 0.1, 'a', here());
    expect(line.turns).to.include({ working: 1, waiting: 0 });
  });

  it('count the larger among the smaller, and the smaller not among the larger', async () => {
    const line = new Line([
      { from: HEAVY, atOnce: 1 },
      { from: MIDDLE, atOnce: 2 },
    ]);
    for (const [i, size] of (['heavy', 'heavy', 'middle', 'middle'] as const).entries())
      void line.comeNew(size, i);
    await nextTurn();
    expect(line.entered).to.deep.equal(['heavy 0', 'middle 2']);
    await line.go();
    expect(line.entered.slice(2)).to.deep.equal(['heavy 1']);
    await line.close();
    expect(line.entered).to.have.length(4);
  });

  it('share the time: many of one size do not keep another out', async () => {
    const line = new Line(lanes, { waiting: 100 });
    void line.comeNew('heavy', 0);
    for (let i = 1; i < 4; i++) void line.comeNew('heavy', i);
    for (let i = 0; i < 24; i++) void line.comeNew('middle', i);
    await nextTurn();
    while (line.turns.working > 0) {
      line.now += line.entered.at(-1)!.startsWith('heavy') ? 80 : 10;
      await line.go();
    }
    // a heavy one of 80 ms, then as much of the middle
    const order = line.entered.map((name) => name[0]).join('');
    expect(order).to.equal(['h', 'm'.repeat(8), 'h', 'm'.repeat(8), 'h', 'm'.repeat(8), 'h'].join(''));
  });

  it('give nothing for the time in which nobody of a size came', async () => {
    const line = new Line(lanes, { waiting: 100 });
    for (let i = 0; i < 10; i++) {
      await line.comeNew('heavy', i);
      line.now += 100;
      await line.go();
    }
    await line.comeNew('heavy', 10);
    for (let i = 0; i < 4; i++) void line.comeNew('middle', i);
    void line.comeNew('heavy', 11);
    await nextTurn();
    const from = line.entered.length;
    while (line.turns.working > 0) {
      line.now += 100;
      await line.go();
    }
    expect(
      line.entered
        .slice(from)
        .map((name) => name[0])
        .join(''),
    ).to.equal('mhmmm');
  });
});
