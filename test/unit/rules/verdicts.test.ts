import { expect } from 'chai';
import type { Activity, Details, Outcome } from '../../../server/contract/index.ts';
import { judge } from '../../../server/rules/index.ts';
import { detailsOf, hit, landWith, rules, TODAY } from './cases.ts';

/** The table of citations in domain.md §6, read by hand: activity, details, layer, class, outcome, an article it must cite. */
const TABLE: [Activity, Details, string, string, Outcome, string][] = [
  ['house', { house: 'new_plot' }, 'permanent_basic_farmland', '', 'conflict', 'land-management-law-62-3'],
  [
    'house',
    { house: 'old_plot' },
    'permanent_basic_farmland',
    '',
    'conflict',
    'basic-farmland-regulation-17',
  ],
  ['house', { house: 'new_plot' }, 'land_use', '0102', 'permit', 'land-management-law-44'],
  ['house', { house: 'old_plot' }, 'land_use', '0702', 'permit', 'land-management-law-62-4'],
  ['house', { house: 'rebuild' }, 'land_use', '0702', 'permit', 'land-management-law-62-1'],
  ['house', { house: 'rebuild' }, 'land_use', '0102', 'permit', 'land-management-law-44'],
  ['house', { house: 'rebuild' }, 'permanent_basic_farmland', '', 'conflict', 'land-management-law-62-3'],
  ['house', { house: 'rebuild' }, 'geohazard', '', 'conflict', 'geohazard-regulation-43'],
  ['house', { house: 'rebuild' }, 'ecological_red_line', '', 'permit', 'red-line-notice-1'],
  ['house', { house: 'rebuild' }, 'nature_reserve', '', 'unknown', 'nature-reserve-regulation-32'],
  ['house', { house: 'rebuild' }, 'land_use', '1101', 'conflict', 'flood-control-law-22'],
  ['house', {}, 'land_use', '1101', 'conflict', 'flood-control-law-22'],
  ['house', {}, 'geohazard', '', 'conflict', 'geohazard-regulation-19'],
  ['house', { house: 'new_plot' }, 'ecological_red_line', '', 'conflict', 'red-line-notice-1'],
  ['shed', {}, 'permanent_basic_farmland', '', 'conflict', 'land-management-law-35'],
  ['shed', {}, 'land_use', '0101', 'permit', 'implementing-regulation-57'],
  ['grave', {}, 'land_use', '0103', 'conflict', 'land-management-law-37-2'],
  ['grave', {}, 'permanent_basic_farmland', '', 'conflict', 'basic-farmland-regulation-17'],
  ['excavate', {}, 'permanent_basic_farmland', '', 'conflict', 'land-management-law-37-2'],
  ['excavate', {}, 'land_use', '0102', 'permit', 'implementing-regulation-55'],
  ['pond', {}, 'permanent_basic_farmland', '', 'conflict', 'land-management-law-37-3'],
  ['pond', {}, 'permanent_basic_farmland', '', 'conflict', 'implementing-regulation-51'],
  ['pond', {}, 'land_use', '0102', 'permit', 'balance-notice-2024-general'],
  ['trees', { trees: 'fruit' }, 'permanent_basic_farmland', '', 'conflict', 'land-management-law-37-3'],
  [
    'trees',
    { trees: 'turf' },
    'permanent_basic_farmland',
    '',
    'conflict',
    'cropland-control-notice-four-bans',
  ],
  ['trees', { trees: 'fruit' }, 'land_use', '0103', 'permit', 'food-security-law-66'],
  [
    'facility',
    { facility: 'livestock' },
    'permanent_basic_farmland',
    '',
    'conflict',
    'cropland-control-notice-four-bans',
  ],
  [
    'facility',
    { facility: 'aquaculture' },
    'permanent_basic_farmland',
    '',
    'conflict',
    'cropland-control-notice-four-bans',
  ],
  ['facility', { facility: 'crop' }, 'land_use', '0102', 'permit', 'facility-notice-2019-4'],
  ['temporary', {}, 'land_use', '0102', 'permit', 'temporary-land-notice-2021'],
  ['house', {}, 'temporary_land', '', 'conflict', 'land-management-law-57'],
  ['house', {}, 'basic_tobacco_field', '', 'permit', 'mianchi-tobacco'],
];

describe('verdicts that a lawyer would expect', () => {
  for (const [activity, details, layer, code, outcome, article] of TABLE) {
    it(`${activity} ${Object.values(details).join()} on ${layer} ${code}: ${outcome}, ${article}`, () => {
      const layers = landWith(layer, { hits: hit(code, 50) });
      const judgement = judge(
        { activity, details, on: TODAY, layers, positionUncertain: false, region: '411221' },
        rules,
      );
      expect(judgement.outcome).to.equal(outcome);
      const cited = (judgement.layers.get(layer) ?? []).flatMap(({ articles }) =>
        articles.map(({ id }) => id),
      );
      expect(cited).to.include(article);
      if (outcome === 'conflict') expect(judgement.deciding?.layer).to.equal(layer);
    });
  }

  it('lets fruit trees stand on an orchard, and fish live in a pond that is there', () => {
    const orchard = landWith('land_use', { hits: hit('0201', 50) });
    const pond = landWith('land_use', { hits: hit('1104A', 50) });
    expect(
      judge({ activity: 'trees', details: {}, on: TODAY, layers: orchard, positionUncertain: false }, rules)
        .outcome,
    ).to.equal('clear');
    expect(
      judge({ activity: 'pond', details: {}, on: TODAY, layers: pond, positionUncertain: false }, rules)
        .outcome,
    ).to.equal('clear');
  });

  it('never lets a house go ahead without approval', () => {
    for (const { code } of rules.landClasses.classes) {
      const layers = landWith('land_use', { hits: hit(code, 50) });
      for (const details of detailsOf('house')) {
        const { outcome } = judge(
          { activity: 'house', details, on: TODAY, layers, positionUncertain: false },
          rules,
        );
        expect(outcome, code).not.to.equal('clear');
      }
    }
  });

  it('tells who rebuilds on permanent basic farmland to have the line looked at, and still refuses', () => {
    const layers = landWith('permanent_basic_farmland', { hits: hit('', 50) });
    const { layers: applied } = judge(
      { activity: 'house', details: { house: 'rebuild' }, on: TODAY, layers, positionUncertain: false },
      rules,
    );
    expect(applied.get('permanent_basic_farmland')?.map(({ id, outcome }) => [id, outcome])).to.deep.equal([
      ['house-permanent-basic-farmland', 'conflict'],
      ['house-permanent-basic-farmland-rebuild', 'unknown'],
    ]);
  });

  it('says what the statute threatens, the steps and the term (domain.md §6)', () => {
    const told = (activity: Activity, layer: string, code: string) => {
      const layers = landWith(layer, { hits: hit(code, 50) });
      const judgement = judge({ activity, details: {}, on: TODAY, layers, positionUncertain: false }, rules);
      return judgement.layers.get(layer)![0]!;
    };
    expect(told('shed', 'land_use', '0102').penalty?.zh).to.match(/100到1000元/);
    expect(told('excavate', 'land_use', '0102').penalty?.zh).to.match(/开垦费的5到10倍.*5亩.*10亩/);
    expect(told('pond', 'permanent_basic_farmland', '').penalty?.zh).to.match(/2到5倍/);
    expect(told('house', 'geohazard', '').penalty?.zh).to.match(/个人罚1万到5万元/);
    expect(told('house', 'land_use', '0102').procedure?.zh).to.match(/公示.*乡镇联审.*不动产登记/);
    expect(told('temporary', 'land_use', '0102').term?.zh).to.match(/两年.*四年.*一年内/);
    expect(told('other', 'land_use', '0102')).not.to.have.any.keys('penalty', 'procedure', 'term');
  });

  it('treats a class that nobody knows as unknown', () => {
    for (const code of ['', '9999', '0', '04X', '10', '11', '12', '00']) {
      const layers = landWith('land_use', { hits: hit(code, 50) });
      const judgement = judge(
        { activity: 'pond', details: {}, on: TODAY, layers, positionUncertain: false },
        rules,
      );
      expect(judgement.outcome, code).to.equal('unknown');
      expect(judgement.deciding, code).to.deep.equal({ layer: 'land_use', rule: null });
    }
  });

  describe('as of a day', () => {
    const facility = (on: string, kind: Details['facility'], layer: string, code = '') =>
      judge(
        {
          activity: 'facility',
          details: kind === undefined ? {} : { facility: kind },
          on,
          layers: landWith(layer, { hits: hit(code, 50) }),
          positionUncertain: false,
        },
        rules,
      );

    it('a barn on permanent basic farmland: to be approved in 2020, out since 2021-11-27 (自然资发〔2021〕166号)', () => {
      expect(facility('2020-06-01', 'livestock', 'permanent_basic_farmland').deciding?.rule).to.match(
        /-2019$/,
      );
      const [before, after] = ['2021-11-26', '2021-11-27'].map(
        (on) =>
          facility(on, 'livestock', 'permanent_basic_farmland').layers.get('permanent_basic_farmland')?.[0]
            ?.outcome,
      );
      expect([before, after]).to.deep.equal(['permit', 'conflict']);
      expect(facility('2022-01-01', 'livestock', 'permanent_basic_farmland').outcome).to.equal('conflict');
    });

    it('a facility on cropland enters the balance since 2025', () => {
      const cited = (on: string) =>
        facility(on, 'crop', 'land_use', '0102')
          .layers.get('land_use')
          ?.flatMap(({ articles }) => articles.map(({ id }) => id));
      expect(cited('2024-12-31')).not.to.include('balance-notice-2024-general');
      expect(cited('2025-01-01')).to.include('balance-notice-2024-general');
    });

    it('before any rule that is on file the answer is unknown, and no article appears before it is in force', () => {
      expect(facility('2018-01-01', 'crop', 'land_use', '0102').outcome).to.equal('unknown');
      const layers = landWith('permanent_basic_farmland', { hits: hit('', 50) });
      const judgement = judge(
        { activity: 'house', details: {}, on: '2020-02-01', layers, positionUncertain: false },
        rules,
      );
      const cited = judgement.layers.get('permanent_basic_farmland')?.[0]?.articles.map(({ id }) => id);
      expect(cited).to.include('land-management-law-62-3').and.not.include('rural-house-eight-bans-1');
    });
  });
});
