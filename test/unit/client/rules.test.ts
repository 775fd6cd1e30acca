import { expect } from 'chai';
import { arrange, type Choice } from '../../../client/rules/arrange.ts';
import { OUTCOMES, RuleMatrix } from '../../../server/contract/index.ts';
import { localise } from '../../../server/messages/index.ts';
import { ruleBook, ruleMatrix } from '../../../server/rules/index.ts';

const matrix = RuleMatrix.parse(localise(ruleMatrix(ruleBook(), '2026-11-22'), 'zh'));
const ask = (changes: Partial<Choice>) => {
  const choice: Choice = { activity: 'house', answer: null, outcomes: new Set(), words: '', ended: false };
  const { zones, land, ...rest } = arrange(matrix, { ...choice, ...changes });
  return { ...rest, zones, land, ids: [...zones, ...land].map(({ rule }) => rule.id) };
};

describe('the page of rules', () => {
  it('shows every rule of an activity once, zones before present land use, in the order in which they decide', () => {
    for (const { activity } of matrix.activities) {
      const { ids, zones, land } = ask({ activity, ended: true });
      expect(ids).to.have.members(
        matrix.rules.filter((rule) => rule.activity === activity).map(({ id }) => id),
      );
      expect(land.every(({ rule }) => rule.layers.join() === 'land_use')).to.equal(true);
      expect(zones[0]?.rule.layers[0]).to.equal('permanent_basic_farmland');
    }
  });

  it('leaves what has ended to those who ask for it', () => {
    expect(ask({ activity: 'facility' }).ids).not.to.include('facility-cropland-2021');
    expect(ask({ activity: 'facility', ended: true }).ids).to.include('facility-cropland-2021');
  });

  it('keeps a rule that holds for any answer whatever was answered', () => {
    const { ids } = ask({ answer: 'rebuild' });
    expect(ids).to.include.members(['house-permanent-basic-farmland', 'house-rebuild-homestead']);
    expect(ids).not.to.include('house-red-line-new');
  });

  it('finds words in names and codes of the classes below, too', () => {
    expect(ask({ words: '果园' }).ids).to.include('house-other-farmland');
    expect(ask({ words: '0201' }).ids).to.include('house-other-farmland');
    expect(ask({ words: '果园 没有这个词' }).ids).to.deep.equal([]);
  });

  it('shows the outcomes asked for, together all of them', () => {
    const parts = OUTCOMES.flatMap((outcome) => ask({ outcomes: new Set([outcome]) }).ids);
    expect(parts).to.have.members(ask({}).ids);
  });

  it('lists each source once, with the articles cited by what is shown and no others', () => {
    const { sources, zones, land, limits } = ask({ words: '宅基地' });
    const cited = [...zones, ...land].flatMap(({ rule }) => rule.articles);
    const all = new Set([...cited, ...limits.flatMap(({ articles }) => articles)]);
    expect(sources.flatMap(({ articles }) => articles.map(({ id }) => id))).to.have.members([...all]);
  });
});
