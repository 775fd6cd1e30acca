import { expect } from 'chai';
import fc from 'fast-check';
import { isDue, lastOccurrence } from '../../../server/jobs/schedule.ts';

describe('a daily schedule', () => {
  /** HH:MM, zone, instant → the day whose job was last due. Offsets of the zones: IANA tz database. */
  for (const [at, zone, now, expected] of [
    ['02:30', 'Asia/Shanghai', '2026-11-21T18:29:59Z', '2026-11-21'],
    ['02:30', 'Asia/Shanghai', '2026-11-21T18:30:00Z', '2026-11-22'],
    ['00:00', 'Asia/Shanghai', '2026-11-21T16:00:00Z', '2026-11-22'],
    ['23:59', 'Asia/Shanghai', '2026-11-22T15:58:59Z', '2026-11-21'],
    ['02:30', 'UTC', '2027-01-01T01:00:00Z', '2026-12-31'],
    ['02:30', 'UTC', '2024-03-01T01:00:00Z', '2024-02-29'],
    // Berlin, 29 March 2026: 02:00 CET becomes 03:00 CEST at 01:00Z, there is no 02:30
    ['02:30', 'Europe/Berlin', '2026-03-29T00:59:59Z', '2026-03-28'],
    ['02:30', 'Europe/Berlin', '2026-03-29T01:00:00Z', '2026-03-29'],
    // Berlin, 25 October 2026: 03:00 CEST becomes 02:00 CET at 01:00Z, 02:30 comes twice
    ['02:30', 'Europe/Berlin', '2026-10-25T00:29:59Z', '2026-10-24'],
    ['02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25'],
    ['02:30', 'Europe/Berlin', '2026-10-25T01:30:00Z', '2026-10-25'],
    // Samoa left out 30 December 2011 altogether
    ['12:00', 'Pacific/Apia', '2011-12-30T10:30:00Z', '2011-12-30'],
  ] as const)
    it(`${at} ${zone} at ${now}: ${expected}`, () => {
      expect(lastOccurrence(at, zone, new Date(now))).to.equal(expected);
    });

  it('reads the clock of the server where the zone is local', () => {
    const now = new Date(2026, 10, 22, 2, 30);
    expect(lastOccurrence('02:30', 'local', now)).to.equal('2026-11-22');
    expect(lastOccurrence('02:31', 'local', now)).to.equal('2026-11-21');
  });

  it('knows no such time zone', () => {
    expect(() => lastOccurrence('02:30', 'Asia/Nowhere', new Date())).to.throw(RangeError);
  });

  for (const [day, lastDay, expected] of [
    ['2026-11-22', '2026-11-22', false],
    ['2026-11-22', '2026-11-21', true],
    ['2026-11-22', '2026-10-01', true],
    // the clock has been put back a little: it was queued already
    ['2026-11-22', '2026-11-23', false],
    // the clock was years ahead for a while
    ['2026-11-22', '2036-01-01', true],
  ] as const)
    it(`the job of ${day} after that of ${lastDay}: ${expected ? 'due' : 'not due'}`, () => {
      expect(isDue(day, lastDay)).to.equal(expected);
    });

  it('queues once a day, whenever it looks', () => {
    const start = Date.parse('2026-03-25T00:00:00Z');
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 * 60 }), { minLength: 50, maxLength: 100 }),
        fc.constantFrom('Europe/Berlin', 'Asia/Shanghai', 'America/New_York'),
        (minutes, zone) => {
          let now = start;
          let lastDay = lastOccurrence('02:30', zone, new Date(now));
          const days = [lastDay];
          for (const step of minutes) {
            now += step * 60_000;
            const day = lastOccurrence('02:30', zone, new Date(now));
            if (!isDue(day, lastDay)) continue;
            days.push(day);
            lastDay = day;
          }
          expect(new Set(days).size).to.equal(days.length);
          expect([...days].sort()).to.deep.equal(days);
          expect(days.at(-1)).to.equal(lastOccurrence('02:30', zone, new Date(now)));
        },
      ),
      { numRuns: 20 },
    );
  });
});
