import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { LAYER_KEYS } from '../../../server/contract/index.ts';
import { contacts, layerRegistry, publicPolicies, RuleFileError } from '../../../server/rules/index.ts';
import { buildRuleBook, readRuleFiles, rulesVersion } from '../../../server/rules/load.ts';
import { rules } from './cases.ts';

const FILES = readRuleFiles();

/** Loads the files with one text changed; what `find` names must be there. */
function changed(file: string, find: string, replacement: string): () => unknown {
  const text = FILES.get(file)!;
  expect(text, `${file} holds ${find}`).to.include(find);
  return () => buildRuleBook(new Map([...FILES, [file, text.replace(find, replacement)]]));
}

/** Every {zh, en} at any depth. */
function* texts(value: unknown): Generator<{ zh: unknown; en: unknown }> {
  if (value instanceof Map) for (const item of value.values()) yield* texts(item);
  else if (value !== null && typeof value === 'object') {
    if ('zh' in value || 'en' in value) yield value as { zh: unknown; en: unknown };
    else for (const item of Object.values(value)) yield* texts(item);
  }
}

function leaves(value: unknown, path = ''): Map<string, string> {
  if (typeof value === 'string') return new Map([[path, value]]);
  const entries = Object.entries(value as object).flatMap(([key, item]) => [
    ...leaves(item, `${path}.${key}`),
  ]);
  return new Map(entries);
}
const catalogue = (language: string): Map<string, string> =>
  leaves(
    JSON.parse(
      readFileSync(new URL(`../../../server/messages/${language}/answers.json`, import.meta.url), 'utf8'),
    ),
  );

const FORBIDDEN_ZH = /合法|违法|非法|不法|犯法/;
const FORBIDDEN_EN = /\b(il)?legal(ly|ity)?\b|\b(un)?lawful(ly)?\b|\boffen[cs]e\b/i;
const HAN = /\p{Script=Han}/u;

describe('rule files', () => {
  it('say everything in both languages, Chinese in Chinese and English in English', () => {
    const all = [...texts(rules)];
    expect(all.length).to.be.greaterThan(300);
    for (const { zh, en } of all) {
      expect(zh, `${en}`).to.be.a('string').and.match(HAN);
      expect(en, `${zh}`)
        .to.be.a('string')
        .and.match(/[A-Za-z]/)
        .and.not.match(HAN);
    }
  });

  it('never call anything legal or illegal', () => {
    const printed = [...texts(rules)].flatMap(({ zh, en }) => [String(zh), String(en)]);
    for (const text of [...printed, ...catalogue('zh').values(), ...catalogue('en').values()]) {
      expect(text).not.to.match(FORBIDDEN_ZH);
      expect(text).not.to.match(FORBIDDEN_EN);
    }
  });

  it('hold the same messages with the same placeholders in both languages', () => {
    const [zh, en] = [catalogue('zh'), catalogue('en')];
    expect([...en.keys()]).to.deep.equal([...zh.keys()]);
    const holes = (text: string) => new Set(text.match(/\{\w+\}/g) ?? []);
    for (const [key, text] of zh) expect(holes(en.get(key)!), key).to.deep.equal(holes(text));
  });

  it('claim to be verified only where the statute was read (domain.md, F:Law)', () => {
    const read =
      /^(land-management-law|implementing-regulation|basic-farmland-regulation|food-security-law|geohazard-regulation|criminal-law)-/;
    for (const { id, verified } of rules.articles.values()) if (verified) expect(id).to.match(read);
    expect(rules.articles.get('facility-notice-2019-4')?.verified).to.equal(false);
  });

  it('register every layer of the contract, each with its own place, rank and colour', () => {
    const registry = layerRegistry();
    expect(registry.map(({ key }) => key)).to.have.members([...LAYER_KEYS]);
    for (const property of ['position', 'rank', 'colour'] as const)
      expect(new Set(registry.map((layer) => layer[property])).size, property).to.equal(registry.length);
    expect(registry.map(({ position }) => position)).to.deep.equal(
      registry.map(({ position }) => position).toSorted((a, b) => a - b),
    );
  });

  it('keep house plots and other filings from the public', () => {
    for (const key of ['approved_land', 'facility_filing', 'temporary_land'])
      expect(rules.layers.get(key)?.audience, key).to.equal('none');
    for (const { audience } of rules.layers.values()) expect(audience).not.to.equal('exact');
  });

  it('have the four bans, houses, facilities and whom to ask for the village page', () => {
    const told = publicPolicies()
      .map(({ title, text }) => title.zh + text.zh)
      .join();
    for (const word of ['四严禁', '挖湖造景', '一户一宅', '备案', '先问']) expect(told).to.include(word);
    expect(
      contacts()
        .map(({ name }) => name.zh)
        .join(),
    )
      .to.include('自然资源局')
      .and.include('乡镇');
  });

  describe('that are wrong', () => {
    const cases: [string, () => unknown, RegExp][] = [
      [
        'an unquoted class code',
        changed('activities/house.yaml', '["0702"]', '[0702]'),
        /activities\/house\.yaml:\n {2}line \d+, rules\.\d+\.when\.classes/,
      ],
      [
        'an outcome that does not exist',
        changed('activities/pond.yaml', 'outcome: conflict', 'outcome: forbidden'),
        /pond\.yaml:\n {2}line \d+, rules\.0\.outcome/,
      ],
      [
        'a misspelt key',
        changed('layers.yaml', 'threshold_m2: 1', 'treshold_m2: 1'),
        /layers\.yaml:\n {2}line \d+/,
      ],
      [
        'a missing translation',
        changed('not_examined.yaml', ', en: Drinking water protection areas', ''),
        /not_examined\.yaml:\n {2}line \d+.*en/,
      ],
      ['broken YAML', changed('offices.yaml', 'offices:', 'offices: ['), /offices\.yaml:/],
      [
        'an article that does not exist',
        changed('activities/house.yaml', 'rural-house-eight-bans-1', 'rural-house-nine-bans'),
        /house\.yaml:\n.*rural-house-nine-bans does not exist/,
      ],
      [
        'an office that does not exist',
        changed('activities/grave.yaml', 'office: civil_affairs', 'office: heaven'),
        /grave\.yaml:\n.*heaven does not exist/,
      ],
      [
        'a layer that does not exist',
        changed('activities/trees.yaml', 'layer: geohazard', 'layer: geohazards'),
        /trees\.yaml:\n.*geohazards does not exist/,
      ],
      [
        'a conflict on a layer that is not required',
        changed('activities/house.yaml', '  - geohazard\n', ''),
        /house\.yaml:\n.*geohazard can lead to conflict but is not required/,
      ],
      [
        'an objection that a clear answer would not need to know',
        changed('activities/trees.yaml', '  - steep_slope\n', ''),
        /trees\.yaml:\n.*steep_slope can object but is not required/,
      ],
      [
        'a permit that rests on nothing',
        changed('activities/grave.yaml', 'outcome: unknown', 'outcome: permit'),
        /grave\.yaml:\n.*rests on no article/,
      ],
      [
        'a rule older than what it cites',
        changed('activities/house.yaml', 'from: 2023-10-08', 'from: 2001-01-01'),
        /house\.yaml:\n.*no cited article is in force/,
      ],
      [
        'a rule that ends before it begins',
        changed('activities/facility.yaml', 'until: 2021-11-26', 'until: 2001-11-26'),
        /facility\.yaml:\n.*ends before it begins/,
      ],
      [
        'a detail that the contract does not know',
        changed('activities/house.yaml', '[old_plot, rebuild]', '[older_plot]'),
        /house\.yaml:\n.*older_plot does not exist/,
      ],
      [
        'a region that does not exist',
        changed('activities/house.yaml', 'region: "41"', 'region: "47"'),
        /house\.yaml:\n.*house-henan-plot-size: region 47 does not exist/,
      ],
      [
        'a penalty that rests on no article',
        changed(
          'activities/house.yaml',
          '    articles: []',
          '    penalty: {zh: 罚一只羊, en: A sheep}\n    articles: []',
        ),
        /house\.yaml:\n.*threatens and rests on no article/,
      ],
      [
        'a size on a class group that does not exist',
        changed('activities/house.yaml', 'not_on: [cropland]', 'not_on: [meadow]'),
        /house\.yaml:\n.*class group meadow does not exist/,
      ],
      [
        'a size where something is clear without it',
        changed('activities/house.yaml', 'outcome: permit', 'outcome: clear'),
        /house\.yaml:\n.*sizes are of no use where there are clear rules/,
      ],
      [
        'a day that does not exist',
        changed('activities/house.yaml', 'from: 2023-10-08', 'from: 2023-02-30'),
        /house\.yaml:\n {2}line \d+, rules\.\d+\.valid\.from/,
      ],
    ];
    for (const [name, load, complaint] of cases)
      it(`${name}: refused with file and place`, () => {
        expect(load).to.throw(RuleFileError).with.property('message').that.matches(complaint);
      });

    it('a file that is missing', () => {
      const without = (name: string) => () =>
        buildRuleBook(new Map([...FILES].filter(([file]) => file !== name)));
      expect(without('offices.yaml')).to.throw(RuleFileError, /offices\.yaml/);
      expect(without('activities/pond.yaml')).to.throw(RuleFileError, /pond/);
    });

    it('the line is the right one', () => {
      const text = FILES.get('activities/pond.yaml')!;
      const line = text.split('\n').findIndex((row) => row.includes('outcome: conflict')) + 1;
      const load = changed('activities/pond.yaml', 'outcome: conflict', 'outcome: forbidden');
      expect(load).to.throw(RuleFileError, new RegExp(`line ${line},`));
    });
  });

  it('have a version that changes with any letter and not with line ends', () => {
    const version = rulesVersion(FILES);
    expect(version)
      .to.match(/^[0-9a-f]{64}$/)
      .and.equal(rules.version);
    const text = FILES.get('not_examined.yaml')!;
    expect(rulesVersion(new Map([...FILES, ['not_examined.yaml', `${text} `]]))).not.to.equal(version);
    expect(rulesVersion(new Map([...FILES, ['not_examined.yaml', text.replaceAll('\n', '\r\n')]]))).to.equal(
      version,
    );
  });
});
