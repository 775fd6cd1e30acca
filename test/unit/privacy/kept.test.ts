import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readKept, statementOf } from '../../../server/privacy/kept.ts';
import { retentionRules } from '../../../server/privacy/retention.ts';

const TEXT = readFileSync(new URL('../../../data/privacy/kept.yaml', import.meta.url), 'utf8');
const fault = (text: string): string => {
  try {
    retentionRules(readKept(text));
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the privacy statement', () => {
  it('keeps the network logs that the law asks for at least six months', () => {
    for (const { key, keep, legal_basis } of readKept().records)
      if (legal_basis.includes('csl_logs') && keep.days !== null) expect(keep.days, key).to.be.at.least(183);
  });

  it('says in words what the number says, in both languages, and why no longer time is needed', () => {
    for (const { key, keep, legal_basis } of statementOf(readKept()).records) {
      expect(legal_basis, key).not.to.deep.equal([]);
      if (keep.days !== null)
        for (const text of Object.values(keep.text))
          expect(text, key).to.match(new RegExp(`\\b${keep.days} ?(天|day)`));
      expect(JSON.stringify(keep), key).not.to.include('{days}');
    }
  });

  it('stops the start when it is wrong, and says where', () => {
    expect(fault(TEXT)).to.equal('none');
    expect(fault(TEXT.replace('tables: [land_check]', 'tables: [land_check, feature]'))).to.include(
      'feature',
    );
    expect(fault(TEXT.replace('[csl_logs, pipl_51]', '[csl_logs, no_such]'))).to.include('no_such');
    expect(fault(TEXT.replace('days: 365', 'days: soon'))).to.include('days');
    expect(fault(TEXT.replace('updated:', 'odd: {'))).to.include('kept.yaml');
  });
});
