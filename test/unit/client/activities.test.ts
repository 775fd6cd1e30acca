import { expect } from 'chai';
import { ACTIVITIES, DETAILS, withDetail } from '../../../client/check/activities.ts';
import * as contract from '../../../server/contract/index.ts';

describe('activities of the client', () => {
  it('are the contract’s', () => {
    expect(ACTIVITIES).to.have.members([...contract.ACTIVITIES]);
    expect(DETAILS).to.deep.equal(contract.DETAILS);
  });

  it('take an answer and take it back', () => {
    const answered = withDetail({ trees: 'fruit' }, 'house', 'old_plot');
    expect(answered).to.deep.equal({ trees: 'fruit', house: 'old_plot' });
    expect(withDetail(answered, 'trees', null)).to.deep.equal({ house: 'old_plot' });
  });

  it('never send what the contract does not know', () => {
    expect(withDetail({}, 'house', 'castle')).to.deep.equal({});
    expect(withDetail({}, 'moat', 'deep')).to.deep.equal({});
    expect(contract.Details.safeParse(withDetail({}, 'facility', 'crop')).success).to.equal(true);
  });
});
