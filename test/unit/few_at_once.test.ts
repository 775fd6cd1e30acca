import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { FewAtOnce } from '../../server/few_at_once.ts';
import { Problem } from '../../server/problems.ts';

const codeOf = (error: unknown) => (error as Problem).code;

describe('a few at once', () => {
  it('lets so many work, so many wait, and turns the rest away', async () => {
    const turns = new FewAtOnce(2, 3);
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++running);
      await nextTurn();
      running--;
    };
    const ends = await Promise.allSettled(Array.from({ length: 7 }, () => turns.take(work)));
    expect(most).to.equal(2);
    expect(ends.filter(({ status }) => status === 'fulfilled')).to.have.length(5);
    for (const end of ends) if (end.status === 'rejected') expect(codeOf(end.reason)).to.equal('busy');
  });

  it('gives a place back, also after a fault', async () => {
    const turns = new FewAtOnce(1, 0);
    expect(await turns.take(async () => 'first')).to.equal('first');
    expect(await turns.take(() => Promise.reject(new Problem('file_empty'))).catch(codeOf)).to.equal(
      'file_empty',
    );
    expect(await turns.take(async () => 'after a fault')).to.equal('after a fault');
  });
});
