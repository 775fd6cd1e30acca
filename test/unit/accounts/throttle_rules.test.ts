import { expect } from 'chai';
import {
  type AttemptHistory,
  type Failures,
  secondsToWait,
} from '../../../server/accounts/throttle_rules.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const failures = (count: number, secondsAgo = 0): Failures => ({
  count,
  last: count === 0 ? null : new Date(NOW.getTime() - secondsAgo * 1000),
});
const history = (change: Partial<AttemptHistory>): AttemptHistory => ({
  known: false,
  here: failures(0),
  elsewhere: failures(0),
  address: failures(0),
  ...change,
});

describe('how long a sign-in has to wait', () => {
  const cases: [string, Partial<AttemptHistory>, number][] = [
    ['nothing has failed', {}, 0],
    ['four slips', { here: failures(4) }, 0],
    ['five', { here: failures(5) }, 30],
    ['six', { here: failures(6) }, 60],
    ['eight', { here: failures(8) }, 240],
    ['very many', { here: failures(4000) }, 900],
    ['five, the last 29.5 s ago', { here: failures(5, 29.5) }, 1],
    ['five, the last 30 s ago', { here: failures(5, 30) }, 0],
    ['five from where they sign in', { here: failures(5), known: true }, 30],
    ['guesses from many places, seen from a new one', { elsewhere: failures(30) }, 900],
    ['guesses from many places, seen from where they sign in', { elsewhere: failures(9999), known: true }, 0],
    ['nineteen guesses from elsewhere', { elsewhere: failures(19) }, 0],
    ['fifty slips behind the address of an office', { address: failures(50) }, 0],
    ['a guesser in the office, seen by a newcomer there', { address: failures(60) }, 10],
    ['a guesser in the office, seen by colleagues', { address: failures(9999), known: true }, 0],
    ['very many from one address', { address: failures(9999) }, 300],
    ['a failure that the clock puts a little ahead', { here: failures(5, -5) }, 35],
  ];
  for (const [title, change, seconds] of cases)
    it(`${title}: ${seconds} s`, () => {
      expect(secondsToWait(history(change), NOW)).to.equal(seconds);
    });

  it('a guesser at one login from one place gets through at most some hundred guesses a day', () => {
    let [time, guesses] = [0, 0];
    while (time < 86_400) {
      const wait = secondsToWait(history({ here: failures(guesses) }), NOW);
      time += wait;
      guesses += 1;
    }
    expect(guesses).to.be.within(50, 120);
  });
});
