import { expect } from 'chai';
import { ACTIVITIES, LAYER_KEYS, OUTCOMES } from '../../../server/contract/index.ts';
import { judge } from '../../../server/rules/index.ts';
import { detailsOf, hit, landWith, rules, SURVEY_CODES, strength, TODAY } from './cases.ts';

const CELLS = LAYER_KEYS.flatMap((layer) =>
  (layer === 'land_use' ? SURVEY_CODES : ['', 'anything']).map((code) => ({ layer, code })),
);

describe('every activity on every layer and land class', () => {
  for (const activity of ACTIVITIES) {
    it(`${activity} leads to an outcome that rests on articles or says why not`, () => {
      for (const details of detailsOf(activity)) {
        for (const { layer, code } of CELLS) {
          const where = `${activity} ${JSON.stringify(details)} ${layer} ${code}`;
          const layers = landWith(layer, { hits: hit(code, 50) });
          const judgement = judge({ activity, details, on: TODAY, layers, positionUncertain: false }, rules);
          expect(OUTCOMES, where).to.include(judgement.outcome);
          const applied = judgement.layers.get(layer) ?? [];
          expect(applied, `${where}: no rule speaks about it`).not.to.have.length(0);
          for (const rule of applied) {
            expect(strength(judgement.outcome), where).to.be.at.least(strength(rule.outcome));
            expect(rule.office.name.zh, where).not.to.equal('');
            if (rule.outcome === 'conflict' || rule.outcome === 'permit')
              expect(rule.articles, `${where}: ${rule.id} rests on nothing in force`).not.to.have.length(0);
            else expect(rule.text.zh.length, `${where}: ${rule.id} gives no reason`).to.be.greaterThan(15);
          }
        }
      }
    });

    it(`${activity} without the detail is as strict as its strictest answer, never more, never less`, () => {
      for (const { layer, code } of CELLS) {
        const layers = landWith(layer, { hits: hit(code, 50) });
        const [open, ...answered] = detailsOf(activity).map((details) =>
          judge({ activity, details, on: TODAY, layers, positionUncertain: false }, rules),
        );
        if (!open || answered.length === 0) continue;
        const strengths = answered.map(({ outcome }) => strength(outcome));
        expect(strength(open.outcome), `${activity} ${layer} ${code}`).to.equal(Math.max(...strengths));
        const asks = open.questions.length > 0;
        expect(asks, `${activity} ${layer} ${code}: question`).to.equal(new Set(strengths).size > 1);
      }
    });
  }

  it('asks nothing that was answered', () => {
    for (const activity of ACTIVITIES)
      for (const details of detailsOf(activity).slice(1))
        for (const { layer, code } of CELLS) {
          const layers = landWith(layer, { hits: hit(code, 50) });
          const judgement = judge({ activity, details, on: TODAY, layers, positionUncertain: false }, rules);
          expect(judgement.questions).to.deep.equal([]);
        }
  });
});
