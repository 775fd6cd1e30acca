import { expect } from 'chai';
import { csvLine } from '../../../server/audit/csv.ts';

describe('CSV of the trail', () => {
  for (const formula of [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    ' =1',
    '\r=1',
    '\u0000=1',
    '\u200b=1',
    '＝1',
    '\n=1',
  ])
    it(`makes a text of ${JSON.stringify(formula)}`, () =>
      expect(csvLine([formula])).to.equal(`"'${formula}"\r\n`));

  it('quotes what RFC 4180 asks for, and leaves the rest', () =>
    expect(csvLine(['a,b', 'say "x"', 'two\nlines', null, '村', '1-2'])).to.equal(
      '"a,b","say ""x""","two\nlines","","村","1-2"\r\n',
    ));
});
