import { expect } from 'chai';
import * as fc from 'fast-check';
import {
  advanceFix,
  type FixEvent,
  type FixState,
  failureOfCode,
  fixOf,
  quality,
  WAIT_S,
} from '../../../client/check/fix.ts';
import { standShape } from '../../../client/check/shapes.ts';
import { advance, EMPTY_WORKSPACE, toCheck } from '../../../client/check/workspace.ts';
import { CheckRequest } from '../../../server/contract/index.ts';

const at = (accuracy_m: number, lon = 113): FixEvent => ({
  type: 'position',
  fix: { position: [lon, 35], accuracy_m },
});
const IDLE: FixState = { phase: 'idle' };
const run = (...events: FixEvent[]) => events.reduce(advanceFix, IDLE);
const seconds = (n: number): FixEvent[] => Array.from({ length: n }, () => ({ type: 'second' }));

describe('waiting for a position', () => {
  it('keeps the best one, and of equals the latest', () => {
    const state = run({ type: 'start' }, at(80), at(20, 113.1), at(60), at(20, 113.2));
    expect(state.phase).to.equal('waiting');
    expect(fixOf(state)).to.deep.equal({ position: [113.2, 35], accuracy_m: 20 });
  });

  it('ends early when no phone could do better', () => {
    expect(run({ type: 'start' }, at(4)).phase).to.equal('done');
  });

  it('counts down to its end, with a position or without one', () => {
    expect(run({ type: 'start' }, ...seconds(WAIT_S - 1))).to.include({ phase: 'waiting', seconds_left: 1 });
    expect(run({ type: 'start' }, ...seconds(WAIT_S))).to.deep.equal({ phase: 'failed', failure: 'timeout' });
    expect(run({ type: 'start' }, at(30), ...seconds(WAIT_S)).phase).to.equal('done');
  });

  it('ends at once when somebody stops it', () => {
    expect(fixOf(run({ type: 'start' }, at(30), { type: 'stop' }))?.accuracy_m).to.equal(30);
    expect(run({ type: 'start' }, { type: 'stop' }).phase).to.equal('idle');
  });

  it('does not throw a position away for a failure that comes after it', () => {
    const lost = run({ type: 'start' }, at(30), { type: 'refused', failure: 'unavailable' });
    expect(lost.phase).to.equal('waiting');
    expect(fixOf(advanceFix(lost, at(8)))?.accuracy_m).to.equal(8);
    expect(run({ type: 'start' }, at(30), { type: 'refused', failure: 'denied' }).phase).to.equal('done');
    const failed = run({ type: 'start' }, { type: 'refused', failure: 'denied' });
    expect(failed).to.deep.equal({ phase: 'failed', failure: 'denied' });
  });

  it('takes no position that is none, and none after the end', () => {
    for (const broken of [at(Number.NaN), at(-1), at(0), at(10, Number.NaN), at(Infinity)]) {
      expect(fixOf(run({ type: 'start' }, broken))).to.equal(null);
    }
    expect(fixOf(run(at(10)))).to.equal(null);
    expect(fixOf(run({ type: 'start' }, at(30), { type: 'stop' }, at(10)))?.accuracy_m).to.equal(30);
    expect(run({ type: 'start' }, at(30), { type: 'forget' })).to.deep.equal(IDLE);
  });

  it('ends whatever happens, once its time is over', () => {
    const event: fc.Arbitrary<FixEvent> = fc.oneof(
      fc.double().map((accuracy) => at(accuracy)),
      fc.constant<FixEvent>({ type: 'second' }),
    );
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const state = run({ type: 'start' }, ...events, ...seconds(WAIT_S));
        expect(state.phase).to.be.oneOf(['done', 'failed']);
      }),
    );
  });

  it('knows the errors of the W3C by their numbers', () => {
    expect([1, 2, 3].map(failureOfCode)).to.deep.equal(['denied', 'unavailable', 'timeout']);
  });

  it('warns from 50 m on, and refuses what the contract refuses', () => {
    const judge = (accuracy_m: number) => quality({ position: [113, 35], accuracy_m });
    expect([12, 50, 50.1, 1000, 1000.1].map(judge)).to.deep.equal([
      'good',
      'good',
      'poor',
      'poor',
      'useless',
    ]);
  });
});

describe('where one stands', () => {
  it('is asked as a point of WGS 84 with its own accuracy, whatever was said of the points of a file', () => {
    const shape = standShape({ position: [113.2, 35.2], accuracy_m: 12.4 });
    const work = advance(advance(EMPTY_WORKSPACE, { do: 'put_shape', shape }), {
      do: 'set_accuracy',
      accuracy_m: 1,
    });
    const [asked] = toCheck(work);
    expect(asked).to.deep.equal({
      id: 'stand',
      geometry: { type: 'Point', coordinates: [113.2, 35.2] },
      accuracy_m: 12.4,
      datum: 'wgs84',
    });
    const { id: _id, ...request } = asked!;
    expect(CheckRequest.safeParse({ ...request, activity: 'house' }).success).to.equal(true);
  });
});
