import { expect } from 'chai';
import { CheckAnswer, RuleMatrix } from '../../server/contract/index.ts';
import { ruleBook } from '../../server/rules/index.ts';
import { type Served, serve } from '../support/serve.ts';
import { cells, polygon } from '../support/test_land.ts';

describe('rules over HTTP', () => {
  let served: Served;
  before(async () => {
    served = await serve();
  });
  after(() => served.close());

  const ask = async (language: string) => {
    const response = await fetch(`${served.base}/api/rules`, { headers: { 'accept-language': language } });
    expect(response.status).to.equal(200);
    return RuleMatrix.parse(await response.json());
  };

  it('gives the whole rule book, with every article that it cites', async () => {
    const matrix = await ask('zh');
    expect(matrix.rules_version).to.equal(ruleBook().version);
    const files = [...ruleBook().activities.values()].reduce((sum, { rules }) => sum + rules.length, 0);
    expect(matrix.rules).to.have.length(files);
    const articles = new Map(
      matrix.sources.flatMap((source) => source.articles.map((each) => [each.id, { source, each }])),
    );
    for (const { id, articles: cited } of [...matrix.rules, ...matrix.limits])
      for (const article of cited) {
        const found = articles.get(article);
        expect(found, `${id} cites ${article}`).not.to.equal(undefined);
        expect(found!.source.title + found!.each.article, article).to.match(/\p{Script=Han}/u);
      }
  });

  it('says which sources nobody has verified', async () => {
    const { sources } = await ask('zh');
    const henan = sources.find(({ title }) => title.includes('河南省实施'));
    expect(henan?.articles.map(({ verified }) => verified)).to.deep.equal([false]);
    const law = sources.find(({ title }) => title === '中华人民共和国土地管理法');
    expect(law?.articles.find(({ article }) => article === '第三十七条第三款')?.verified).to.equal(true);
  });

  it('speaks English, but for numbers of documents', async () => {
    const { sources, ...rest } = await ask('en');
    const untranslated = JSON.stringify([rest, sources.map(({ number: _, ...source }) => source)]);
    expect(untranslated).not.to.match(/\p{Script=Han}/u);
  });

  it('tells a house in Henan how large its plot may be, in the answer and at its address', async () => {
    const geometry = polygon(cells(2.2, 0.2, 2.5, 0.4));
    const response = await fetch(`${served.base}/api/checks`, {
      method: 'POST',
      body: JSON.stringify({ activity: 'house', details: { house: 'rebuild' }, geometry }),
      headers: { 'content-type': 'application/json', 'accept-language': 'en' },
    });
    expect(response.status).to.equal(201);
    const check = CheckAnswer.parse(await response.json());
    const [remark] = check.remarks!;
    expect(check.area_m2).to.be.greaterThan(200);
    expect(remark).to.include({ id: 'house-henan-plot-size', exceeds: 'all' });
    expect(remark!.finding).to.include(String(Number(check.area_m2.toFixed(2))));
    expect(remark!.articles.map(({ verified }) => verified)).to.include(false);
    const kept = await fetch(`${served.base}/api/checks/${check.id}`);
    expect(CheckAnswer.parse(await kept.json()).remarks![0]!.finding).to.match(/\p{Script=Han}/u);
  });
});
