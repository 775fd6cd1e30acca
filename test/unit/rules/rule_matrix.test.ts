import { expect } from 'chai';
import { LAYER_KEYS, RuleMatrix } from '../../../server/contract/index.ts';
import { localise } from '../../../server/messages/index.ts';
import { ruleMatrix } from '../../../server/rules/index.ts';
import { detailsOf, rules, SURVEY_CODES, TODAY } from './cases.ts';

const matrix = RuleMatrix.parse(localise(ruleMatrix(rules, TODAY), 'zh'));

describe('the rule matrix', () => {
  it('is the contract’s in both languages', () => {
    for (const language of ['zh', 'en'] as const) {
      const parsed = RuleMatrix.safeParse(localise(ruleMatrix(rules, TODAY), language));
      expect(parsed.error?.issues).to.equal(undefined);
    }
  });

  it('leaves no rule of the files out', () => {
    const inFiles = [...rules.activities.values()].flatMap((activity) => activity.rules.map(({ id }) => id));
    expect(matrix.rules.map(({ id }) => id)).to.have.members(inFiles);
    expect(matrix.limits.map(({ id }) => id)).to.deep.equal(['house-henan-plot-size']);
  });

  it('cites only articles that stand in its sources, and offices that it names', () => {
    const articles = new Set(matrix.sources.flatMap((source) => source.articles.map(({ id }) => id)));
    const offices = new Set(matrix.offices.map(({ id }) => id));
    for (const { id, articles: cited, office } of [...matrix.rules, ...matrix.limits]) {
      for (const article of cited) expect(articles, `${id} cites ${article}`).to.include(article);
      expect(offices, id).to.include(office);
    }
  });

  it('has an outcome in force for every activity, detail, layer and class of the survey', () => {
    for (const { activity } of matrix.activities)
      for (const details of detailsOf(activity).slice(-3))
        for (const layer of LAYER_KEYS)
          for (const code of layer === 'land_use' ? SURVEY_CODES : ['any']) {
            const answer = details[activity as keyof typeof details];
            const found = matrix.rules.filter(
              (rule) =>
                rule.in_force &&
                rule.activity === activity &&
                rule.layers.includes(layer) &&
                (rule.classes === null || rule.classes.some((entry) => code.startsWith(entry.code))) &&
                (rule.details === null || answer === undefined || rule.details.includes(answer)),
            );
            expect(found, `${activity} ${answer} ${layer} ${code}`).not.to.have.length(0);
          }
  });

  it('names classes, never only their codes, and says what has ended', () => {
    for (const rule of matrix.rules)
      for (const { name } of rule.classes ?? []) expect(name, rule.id).to.match(/\p{Script=Han}/u);
    const ended = matrix.rules.filter(({ in_force }) => !in_force).map(({ id }) => id);
    expect(ended).to.include('facility-cropland-2019').and.not.include('facility-cropland-2025');
  });
});
