import { expect } from 'chai';
import type { Activity, Details } from '../../../server/contract/index.ts';
import { judge, type LayerFinding } from '../../../server/rules/index.ts';
import { bareLand, hit, landWith, rules, TODAY } from './cases.ts';

function verdict(
  activity: Activity,
  layers: LayerFinding[],
  options: { details?: Details; positionUncertain?: boolean } = {},
) {
  const { details = {}, positionUncertain = false } = options;
  return judge({ activity, details, on: TODAY, layers, positionUncertain }, rules);
}

const ORCHARD = () => landWith('land_use', { hits: hit('0201', 100) });
const replace = (layers: LayerFinding[], layer: string, changes: Partial<LayerFinding>): LayerFinding[] =>
  layers.map((finding) => (finding.layer === layer ? { ...finding, ...changes } : finding));

describe('judge', () => {
  describe('names the deciding fact', () => {
    it('62 m² inside permanent basic farmland', () => {
      const { headline, deciding } = verdict(
        'house',
        landWith('permanent_basic_farmland', { hits: hit('', 62) }),
      );
      expect(headline.zh).to.equal('可能踩线：这块地有 62.00 平方米（0.09 亩）压在永久基本农田内');
      expect(headline.en).to.include('62.00 m² (0.09 mu)').and.include('Permanent basic farmland');
      expect(deciding).to.deep.equal({
        layer: 'permanent_basic_farmland',
        rule: 'house-permanent-basic-farmland',
      });
    });

    it('several hits of a layer together, two decimals, never 0 for something', () => {
      const two = landWith('permanent_basic_farmland', { hits: [...hit('a', 600.333), ...hit('a', 66.333)] });
      expect(verdict('house', two).headline.zh).to.include('666.67 平方米（1.00 亩）');
      const speck = landWith('permanent_basic_farmland', { hits: hit('', 0.004) });
      expect(verdict('house', speck).headline.zh).to.include('<0.01 平方米（<0.01 亩）');
    });

    it('classes by name where land use decides', () => {
      const layers = landWith('land_use', {
        hits: [...hit('0102', 100), ...hit('0103', 50), ...hit('0702', 10)],
      });
      const { headline } = verdict('trees', layers, { details: { trees: 'turf' } });
      expect(headline.zh).to.equal('可能踩线：这块地有 150.00 平方米（0.23 亩）现状是水浇地、旱地');
    });

    it('what is missing', () => {
      expect(verdict('trees', replace(ORCHARD(), 'geohazard', { status: 'no_data' })).headline.zh).to.match(
        /^无法判断：.*没有.*地质灾害隐患.*数据/,
      );
      expect(verdict('trees', replace(ORCHARD(), 'geohazard', { status: 'failed' })).headline.zh).to.include(
        '没有查成',
      );
      expect(verdict('trees', replace(ORCHARD(), 'land_use', { uncovered_m2: 12.5 })).headline.zh).to.include(
        '12.50 平方米',
      );
    });

    it('nothing found', () => {
      expect(verdict('trees', ORCHARD()).headline.zh).to.equal('未发现压线（以实测和审批为准）');
      expect(verdict('trees', ORCHARD()).deciding?.layer).to.equal('land_use');
    });
  });

  describe('fails closed', () => {
    const required = rules.activities.get('trees')!.requires;

    for (const status of ['no_data', 'failed'] as const)
      it(`${status} on any required layer is unknown`, () => {
        for (const layer of required) {
          const judgement = verdict('trees', replace(ORCHARD(), layer, { status, hits: [] }));
          expect(judgement.outcome, layer).to.equal('unknown');
          expect(judgement.deciding, layer).to.deep.equal({ layer, rule: null });
        }
      });

    it('a required layer that nobody asked is unknown', () => {
      for (const layer of required) {
        const judgement = verdict(
          'trees',
          ORCHARD().filter((finding) => finding.layer !== layer),
        );
        expect(judgement.outcome, layer).to.equal('unknown');
      }
      expect(verdict('trees', []).outcome).to.equal('unknown');
    });

    it('a required layer that leaves part of the shape open is unknown, measuring noise is not', () => {
      for (const layer of required) {
        expect(verdict('trees', replace(ORCHARD(), layer, { uncovered_m2: 0.02 })).outcome, layer).to.equal(
          'unknown',
        );
        expect(verdict('trees', replace(ORCHARD(), layer, { uncovered_m2: 1e-7 })).outcome, layer).to.equal(
          'clear',
        );
      }
    });

    it('affected without a hit, and land use that found nothing, are unknown', () => {
      for (const layer of required) {
        const judgement = verdict('trees', replace(ORCHARD(), layer, { status: 'affected', hits: [] }));
        expect(judgement.outcome, layer).to.equal('unknown');
      }
      expect(
        verdict('trees', replace(ORCHARD(), 'land_use', { status: 'not_affected', hits: [] })).outcome,
      ).to.equal('unknown');
    });

    it('a conflict wins over everything that is missing', () => {
      const layers = landWith('permanent_basic_farmland', { hits: hit('', 5) });
      expect(
        verdict(
          'pond',
          layers.filter(({ layer }) => layer === 'permanent_basic_farmland'),
        ).outcome,
      ).to.equal('conflict');
      expect(verdict('pond', replace(layers, 'geohazard', { status: 'failed' })).outcome).to.equal(
        'conflict',
      );
    });

    it('a layer that a city added and no rule knows is unknown where it is hit', () => {
      const layers = [
        ...ORCHARD(),
        { layer: 'city_layer', status: 'affected' as const, hits: hit('x', 9), uncovered_m2: 0 },
      ];
      const judgement = verdict('trees', layers);
      expect(judgement.outcome).to.equal('unknown');
      expect(judgement.deciding).to.deep.equal({ layer: 'city_layer', rule: null });
    });
  });

  it('an uncertain position caps clear and permit, not a conflict', () => {
    const cap = { positionUncertain: true };
    expect(verdict('trees', ORCHARD(), cap)).to.include({ outcome: 'unknown', deciding: null });
    expect(verdict('house', bareLand(), cap).outcome).to.equal('unknown');
    expect(verdict('house', bareLand(), cap).headline.zh).to.include('定位');
    expect(verdict('pond', landWith('permanent_basic_farmland', { hits: hit('', 5) }), cap).outcome).to.equal(
      'conflict',
    );
  });

  it('asks for the detail only where an answer changes the outcome', () => {
    const redLine = landWith('ecological_red_line', { hits: hit('', 5) });
    const open = verdict('house', redLine);
    expect(open.outcome).to.equal('conflict');
    expect(
      open.questions.map(({ detail, options }) => [detail, options.map(({ value }) => value)]),
    ).to.deep.equal([['house', ['old_plot', 'new_plot', 'rebuild']]]);
    expect(verdict('house', redLine, { details: { house: 'old_plot' } })).to.deep.include({
      outcome: 'permit',
      questions: [],
    });
    expect(
      verdict('house', landWith('permanent_basic_farmland', { hits: hit('', 5) })).questions,
    ).to.deep.equal([]);
  });

  it('ignores the details of other activities', () => {
    const layers = landWith('permanent_basic_farmland', { hits: hit('', 5) });
    const stray = verdict('pond', layers, { details: { trees: 'turf', facility: 'crop' } });
    expect(stray).to.deep.equal(verdict('pond', layers));
  });

  it('has a row for every layer it was given, and says what was not examined', () => {
    const judgement = verdict('house', bareLand());
    expect([...judgement.layers.keys()]).to.deep.equal(bareLand().map(({ layer }) => layer));
    expect(judgement.not_examined.length).to.be.greaterThan(5);
  });
});
