import { expect } from 'chai';
import { judge, type LayerFinding } from '../../../server/rules/index.ts';
import { buildRuleBook, readRuleFiles } from '../../../server/rules/load.ts';
import { reachOf, regionOf } from '../../../server/rules/region.ts';
import { hit, landWith, rules, TODAY } from './cases.ts';

describe('rules of a region', () => {
  it('reach the divisions whose code begins with theirs', () => {
    expect(reachOf(undefined, undefined)).to.equal('inside');
    expect(reachOf('41', '410821')).to.equal('inside');
    expect(reachOf('41', '410821101200')).to.equal('inside');
    expect(reachOf('41', '140105')).to.equal('outside');
    expect(reachOf('411221', '410821')).to.equal('outside');
  });

  it('are not known to hold where the place is not known, or not finely enough', () => {
    expect(reachOf('41', undefined)).to.equal('unknown');
    expect(reachOf('411221', '41')).to.equal('unknown');
    expect(reachOf('411221', '4112')).to.equal('unknown');
  });

  it('are those of the smallest region that holds every county of the shape', () => {
    expect(regionOf(['410821'])).to.equal('410821');
    expect(regionOf(['410821', '410823'])).to.equal('4108');
    expect(regionOf(['410821', '411221'])).to.equal('41');
    expect(regionOf(['410821', '140525'])).to.equal(undefined);
    expect(regionOf([])).to.equal(undefined);
  });

  it('keep a county’s tobacco rules in that county; elsewhere nobody knows', () => {
    const outcome = (region: string) => {
      const layers = landWith('basic_tobacco_field', { hits: hit('core', 50) });
      const input = { details: {}, on: TODAY, layers, positionUncertain: false, region } as const;
      return judge({ activity: 'house', ...input }, rules).outcome;
    };
    expect(outcome('411221')).to.equal('permit');
    expect(outcome('410821')).to.equal('unknown');
  });

  describe('one permit that only Henan has', () => {
    const files = readRuleFiles();
    const grave = files.get('activities/grave.yaml')!;
    const spoken = '    outcome: unknown\n';
    const elsewhere = grave.lastIndexOf(spoken);
    const regional =
      grave.slice(0, elsewhere) +
      grave
        .slice(elsewhere)
        .replace(spoken, '    region: "41"\n    outcome: permit\n')
        .replace('articles: []', 'articles: [funeral-regulation-10]')
        .replace('from: null', 'from: 2020-01-01');
    const book = buildRuleBook(new Map([...files, ['activities/grave.yaml', regional]]));
    const outcome = (region?: string) => {
      const layers = landWith('land_use', { hits: hit('0702', 50) });
      return judge(
        { activity: 'grave', details: {}, on: TODAY, layers, positionUncertain: false, region },
        book,
      );
    };

    it('holds in Henan', () => {
      expect(outcome('410821').outcome).to.equal('permit');
    });

    it('says nothing elsewhere: no rule is unknown', () => {
      expect(outcome('140105')).to.deep.include({
        outcome: 'unknown',
        deciding: { layer: 'land_use', rule: null },
      });
    });

    it('is no better than unknown where nobody knows the place', () => {
      const { outcome: found, deciding, layers } = outcome();
      expect(found).to.equal('unknown');
      expect(deciding?.rule).to.equal('grave-elsewhere');
      expect(layers.get('land_use')?.[0]?.outcome).to.equal('unknown');
    });
  });
});

/** 河南省实施《土地管理法》办法 §53: 134, 167 and 200 m², the last not where cropland is taken. */
describe('sizes of house plots in Henan', () => {
  const remarks = (area_m2: number | undefined, code = '0702', region: string | undefined = '410821') =>
    judge(
      {
        activity: 'house',
        details: {},
        on: TODAY,
        layers: landWith('land_use', { hits: hit(code, 50) }),
        positionUncertain: false,
        region,
        area_m2,
      },
      rules,
    ).remarks;

  it('are told with their article, which nobody has verified', () => {
    const [remark] = remarks(100);
    expect(remark?.sizes.map(({ max_m2 }) => max_m2)).to.deep.equal([134, 167, 200]);
    const article = remark?.articles.find(({ id }) => id === 'henan-land-measures-53');
    expect(article?.verified).to.equal(false);
    expect(article?.article.zh).to.equal('第五十三条');
  });

  for (const [area, code, exceeds] of [
    [134, '0702', 'none'],
    [134.01, '0702', 'some'],
    [167.01, '0702', 'some'],
    [200, '0702', 'some'],
    [200.01, '0702', 'all'],
    [134, '0102', 'none'],
    [167, '0102', 'some'],
    [167.01, '0102', 'all'],
  ] as const)
    it(`${area} m² on ${code} exceeds ${exceeds}`, () => {
      const [remark] = remarks(area, code);
      expect(remark?.exceeds).to.equal(exceeds);
      expect(remark?.finding.zh).to.include(`${area.toFixed(2)} 平方米`);
      expect(remark?.sizes[2]?.applies).to.equal(code === '0702');
    });

  it('are not compared with what was not measured', () => {
    expect(remarks(undefined)[0]).to.include({ exceeds: 'not_compared' });
    expect(remarks(undefined)[0]?.finding.zh).not.to.match(/\d/);
  });

  it('do not hold outside Henan, and say so where the place is not known', () => {
    expect(remarks(100, '0702', '140105')).to.deep.equal([]);
    const layers: LayerFinding[] = landWith('land_use', { hits: hit('0702', 50) });
    const [unplaced] = judge(
      { activity: 'house', details: {}, on: TODAY, layers, positionUncertain: false, area_m2: 500 },
      rules,
    ).remarks;
    expect(unplaced?.finding.zh).to.include('河南省').and.include('没有查到');
    expect(unplaced?.finding.en).to.include('Henan');
  });

  it('never change the outcome, and are no matter of other activities', () => {
    const judged = (area_m2: number) =>
      judge(
        {
          activity: 'shed',
          details: {},
          on: TODAY,
          layers: landWith('land_use', { hits: hit('0102', 50) }),
          positionUncertain: false,
          region: '410821',
          area_m2,
        },
        rules,
      );
    expect(judged(100)).to.deep.equal(judged(5000));
    expect(judged(100).remarks).to.deep.equal([]);
  });
});
