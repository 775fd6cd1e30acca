import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { Lanes, lanesFor } from '../../../server/http/lanes.ts';
import { Turns } from '../../../server/http/turns.ts';

const LIMITS = { atOnce: 2, waiting: 6, waitingOfOne: 4, waitMs: 60_000 };
const here = () => new AbortController().signal;
const code = (promise: Promise<unknown>) =>
  promise.then(() => 'ok').catch((error: { code: string }) => error.code);

/** Takes turns and writes down who got in, in order. */
class Line {
  readonly turns: Turns;
  readonly entered: string[] = [];
  readonly #leave: (() => void)[] = [];

  constructor(limits: Partial<typeof LIMITS> = {}) {
    this.turns = new Turns({ ...LIMITS, ...limits });
  }

  async come(caller: string, gone = here()): Promise<void> {
    const leave = await this.turns.take(caller, gone);
    this.entered.push(caller);
    this.#leave.push(leave);
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
    const line = new Line();
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
    const line = new Line({ atOnce: 1 });
    for (const caller of ['a', 'a', 'a', 'a', 'b', 'c']) void line.come(caller);
    for (let i = 0; i < 5; i++) {
      await nextTurn();
      await line.go();
    }
    expect(line.entered).to.deep.equal(['a', 'a', 'b', 'c', 'a', 'a']);
  });

  it('turns away whom it has no room for', async () => {
    const line = new Line({ atOnce: 1 });
    for (let i = 0; i < 5; i++) void line.come('a');
    await nextTurn();
    expect(await code(line.come('a'))).to.equal('busy');
    for (const caller of ['b', 'c']) void line.come(caller);
    expect(await code(line.come('d'))).to.equal('busy');
    await line.close();
    expect(line.turns.waiting).to.equal(0);
  });

  it('forgets who has gone, and never lets them in', async () => {
    const line = new Line({ atOnce: 1 });
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
    const line = new Line({ atOnce: 1, waitMs: 1 });
    void line.come('a');
    expect(await code(line.come('b'))).to.equal('busy');
    await line.go();
    expect(line.turns).to.include({ working: 0, waiting: 0 });
  });

  it('gives a place back once', async () => {
    const { turns } = new Line({ atOnce: 1 });
    const leave = await turns.take('a', here());
    leave();
    leave();
    expect(turns.working).to.equal(0);
    await turns.take('a', here());
    expect(turns.working).to.equal(1);
  });
});

describe('lanes', () => {
  it('never hold all eight connections of PostgreSQL, and always let some of each size work', () => {
    for (const processors of [1, 2, 4, 8, 64]) {
      const lanes = lanesFor('native', processors);
      expect(lanes.reduce((sum, { atOnce }) => sum + atOnce, 0)).to.be.within(lanes.length, 6);
      for (const { atOnce } of lanes) expect(atOnce).to.be.greaterThan(0);
    }
    expect(lanesFor('embedded', 64)).to.have.length(1);
  });

  it('ask nobody small to wait, and the large to wait for their like only', async () => {
    const lanes = new Lanes([
      { from: 300, atOnce: 1 },
      { from: 20, atOnce: 1 },
    ]);
    const heavy = await lanes.take(300, 'a', here());
    const middle = await lanes.take(299, 'a', here());
    for (let i = 0; i < 20; i++) await lanes.take(19.9, 'a', here());
    let entered = false;
    const second = lanes.take(1e6, 'b', here()).then(() => {
      entered = true;
    });
    await nextTurn();
    middle();
    await nextTurn();
    expect(entered).to.equal(false);
    heavy();
    await second;
  });
});
