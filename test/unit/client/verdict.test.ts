import { expect } from 'chai';
import * as fc from 'fast-check';
import { decidingRule, furtherRules, offices, sortLayers } from '../../../client/verdict/sort_layers.ts';
import { withoutOutcome } from '../../../client/verdict/verdict_head.tsx';
import { type CheckAnswer, LAYER_KEYS, LAYER_STATUSES } from '../../../server/contract/index.ts';

type Layer = CheckAnswer['layers'][number];
type Rule = Layer['rules'][number];
const rule = (id: string, office: string): Rule =>
  ({
    id,
    outcome: 'permit',
    text: id,
    articles: [],
    office: { id: office, name: office, phone: '' },
  }) as Rule;
const layer = (key: string, status: Layer['status'], rules: Rule[] = [], area_m2 = 1): Layer =>
  ({ layer: key, title: key, status, rules, area_m2 }) as Layer;
const answer = (layers: Layer[], deciding: CheckAnswer['deciding'] = null) =>
  ({ layers, deciding }) as CheckAnswer;

const anyLayers = fc
  .array(fc.constantFrom(...LAYER_STATUSES), { minLength: LAYER_KEYS.length, maxLength: LAYER_KEYS.length })
  .map((statuses) => LAYER_KEYS.map((key, i) => layer(key, statuses[i]!)));

describe('a verdict as it is read', () => {
  it('loses no layer and shows none twice', () => {
    fc.assert(
      fc.property(anyLayers, (layers) => {
        const { affected, unanswered, not_affected, land_use } = sortLayers(answer(layers));
        const all = [...affected, ...unanswered, ...not_affected, ...(land_use === null ? [] : [land_use])];
        expect(all).to.have.members(layers);
        expect(all).to.have.length(layers.length);
      }),
    );
  });

  it('never lists as answered what has no data or failed, the land-use survey included', () => {
    fc.assert(
      fc.property(anyLayers, (layers) => {
        const { affected, unanswered, not_affected, land_use } = sortLayers(answer(layers));
        for (const each of unanswered) expect(['no_data', 'failed']).to.include(each.status);
        for (const each of not_affected) expect(each.status).to.equal('not_affected');
        for (const each of affected) expect(each.status).to.equal('affected');
        expect(['no_data', 'failed']).not.to.include(land_use?.status);
      }),
    );
  });

  it('puts the largest part first', () => {
    const layers = [
      layer('a', 'affected', [], 2),
      layer('b', 'affected', [], 30),
      layer('c', 'affected', [], 9),
    ];
    expect(sortLayers(answer(layers)).affected.map((each) => each.layer)).to.deep.equal(['b', 'c', 'a']);
  });

  it('puts the zone that decides before larger ones', () => {
    const layers = [
      layer('a', 'affected', [], 2),
      layer('b', 'affected', [], 30),
      layer('c', 'affected', [], 9),
    ];
    const { affected } = sortLayers(answer(layers, { layer: 'a', rule: 'r' }));
    expect(affected.map((each) => each.layer)).to.deep.equal(['a', 'b', 'c']);
  });

  it('shows the deciding rule apart, and each office once with the deciding one first', () => {
    const layers = [
      layer('a', 'affected', [rule('r1', 'town')]),
      layer('b', 'affected', [rule('r2', 'county'), rule('r3', 'town')]),
    ];
    const found = answer(layers, { layer: 'b', rule: 'r2' });
    expect(decidingRule(found)?.rule.id).to.equal('r2');
    expect(furtherRules(found).map((each) => each.rule.id)).to.deep.equal(['r1', 'r3']);
    expect(offices(found).map(({ id }) => id)).to.deep.equal(['county', 'town']);
  });

  it('names no deciding rule where the server names none', () => {
    expect(decidingRule(answer([layer('a', 'no_data')], { layer: 'a', rule: null }))).to.equal(null);
    expect(decidingRule(answer([], null))).to.equal(null);
  });

  it('says the outcome once', () => {
    expect(withoutOutcome('可能踩线：这块地压线', '可能踩线')).to.equal('这块地压线');
    expect(withoutOutcome('这块地可能踩线', '可能踩线')).to.equal('这块地可能踩线');
    expect(withoutOutcome('无法判断', '无法判断')).to.equal('无法判断');
  });
});
