import { expect } from 'chai';
import fc from 'fast-check';
import { backupsToRemove } from '../../../server/recovery/retention.ts';

const at = (created_at: string) => ({ created_at });
const nights = (count: number, from = Date.UTC(2026, 10, 22, 2, 30)) =>
  Array.from({ length: count }, (_, i) => at(new Date(from - i * 86_400_000).toISOString()));
const kept = (all: { created_at: string }[]) => {
  const removed = new Set(backupsToRemove(all));
  return all.filter((backup) => !removed.has(backup)).map(({ created_at }) => created_at.slice(0, 10));
};

describe('retention of backups', () => {
  it('keeps seven nights and the newest of four weeks', () => {
    // 2026-11-22 is a Sunday: its week begins on the 16th, so the seven nights are that week
    expect(kept(nights(60))).to.deep.equal([
      '2026-11-22',
      '2026-11-21',
      '2026-11-20',
      '2026-11-19',
      '2026-11-18',
      '2026-11-17',
      '2026-11-16',
      '2026-11-15',
      '2026-11-08',
      '2026-11-01',
    ]);
  });

  it('keeps the newest of a day', () => {
    const morning = at('2026-11-20T02:30:00.000Z');
    const evening = at('2026-11-20T20:00:00.000Z');
    expect(backupsToRemove([morning, evening])).to.deep.equal([morning]);
  });

  it('removes nothing because of time alone', () => {
    const old = [at('2019-01-01T00:00:00.000Z'), at('2020-05-05T00:00:00.000Z')];
    expect(backupsToRemove(old)).to.deep.equal([]);
  });

  it('always keeps the newest, and does the same again to what it kept', () => {
    const moment = fc.date({
      min: new Date('2020-01-01T00:00:00Z'),
      max: new Date('2030-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(fc.array(moment, { minLength: 1, maxLength: 40 }), (dates) => {
        const all = dates.map((date) => at(date.toISOString()));
        const removed = new Set(backupsToRemove(all));
        const left = all.filter((backup) => !removed.has(backup));
        const newest = Math.max(...dates.map((date) => date.getTime()));
        expect(left.some(({ created_at }) => Date.parse(created_at) === newest)).to.equal(true);
        expect(left.length).to.be.at.most(11);
        expect(backupsToRemove(left)).to.deep.equal([]);
      }),
    );
  });
});
