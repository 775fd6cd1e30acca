import { expect } from 'chai';
import type { RuleMatrix } from '../../server/contract/index.ts';
import { DESK, PHONE, screenshot } from '../support/chromium.ts';
import { findPlaces } from './accessible_pages.ts';
import { openPage, pagesUnderTest, sideScroll } from './pages_under_test.ts';

const NARROW = { ...PHONE, viewport: { width: 360, height: 740 } };

describe('rules page', function () {
  this.timeout(120_000);
  before(() => pagesUnderTest());

  for (const [name, options] of [
    ['phone', NARROW],
    ['desk', DESK],
  ] as const)
    it(`shows each rule in force of an activity with outcome, words and articles, on a ${name}`, async () => {
      const { page, faults, url } = await openPage(options);
      const matrix = (await (await fetch(`${url}/api/rules`)).json()) as RuleMatrix;
      await page.goto(`${url}/rules`);
      await page.getByTestId('rules-activity').selectOption('facility');
      const inForce = matrix.rules.filter((rule) => rule.activity === 'facility' && rule.in_force);
      expect(inForce.length).to.be.greaterThan(20);
      for (const rule of inForce) {
        const row = page.locator(`#rule-${rule.id}`);
        const text = await row.innerText();
        expect(text, rule.id).to.include(rule.text);
        expect(await row.locator('.cited a').count(), rule.id).to.equal(rule.articles.length);
        expect(await row.locator(`.outcome-${rule.outcome} svg`).count(), rule.id).to.equal(1);
        for (const id of rule.articles) expect(await page.locator(`#article-${id}`).count(), id).to.equal(1);
      }
      expect(await page.locator('.rule-table tbody tr').count()).to.equal(inForce.length);
      expect(await page.getByTestId('rule-sources').innerText())
        .to.include('自然资发〔2024〕204号')
        .and.include('效力待核')
        .and.include('2024-09-30');
      expect(await sideScroll(page)).to.equal(0);
      await page.locator('.rule-table').first().scrollIntoViewIfNeeded();
      await screenshot(page, `rules_${name}`);
      expect(faults).to.deep.equal([]);
      await page.context().close();
    });

  it('filters by case, outcome and word, and shows what has ended only when asked', async () => {
    const { page, url } = await openPage(DESK);
    await page.goto(`${url}/rules?activity=facility`);
    const rows = page.locator('.rule-table tbody tr');
    await rows.first().waitFor();
    const ended = page.locator('#rule-facility-cropland-2019');
    expect(await ended.count()).to.equal(0);
    await page.getByTestId('rules-ended').check();
    expect(await ended.innerText())
      .to.include('现在不适用')
      .and.include('2021-11-26');
    await page.getByTestId('rules-ended').uncheck();
    await page.getByTestId('rules-answer').selectOption('crop');
    expect(await page.locator('#rule-facility-red-line-animals').count()).to.equal(0);
    await page.getByTestId('rules-conflict').click();
    for (const tag of await page.locator('.rule-table .outcome-tag').allInnerTexts())
      expect(tag.trim()).to.equal('可能踩线');
    await page.getByTestId('rules-conflict').click();
    await page.getByTestId('rules-words').fill('果园');
    expect(await rows.count()).to.be.within(1, 3);
    expect(await page.getByTestId('rules-count').innerText()).to.include(String(await rows.count()));
    await page.context().close();
  });

  it('shows Henan’s house plots with their source, nobody having verified it', async () => {
    const { page, url } = await openPage(DESK);
    await page.goto(`${url}/rules?activity=house`);
    const limits = await page.getByTestId('rule-limits').innerText();
    for (const word of ['134', '167', '200', '仅河南省', '第五十三条', '效力待核'])
      expect(limits).to.include(word);
    await page.context().close();
  });

  it('can be printed: filters gone, every rule there', async () => {
    const { page, url } = await openPage(DESK);
    await page.goto(`${url}/rules?activity=house`);
    await page.getByTestId('rule-sources').waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.rule-filter').isVisible()).to.equal(false);
    expect(await page.locator('#rule-house-rebuild-homestead').isVisible()).to.equal(true);
    await page.context().close();
  });

  it('is reached from a verdict, at the rule that decided', async () => {
    const { page, url } = await openPage(DESK);
    const { check } = await findPlaces(url);
    const { deciding } = (await (await fetch(`${url}/api/checks/${check}`)).json()) as {
      deciding: { rule: string };
    };
    await page.goto(`${url}/checks/${check}`);
    await page.getByTestId('to-rules').click();
    const row = page.locator(`#rule-${deciding.rule}`);
    await row.waitFor();
    expect(await row.getAttribute('class')).to.include('is-marked');
    await page.waitForFunction(() => window.scrollY > 0);
    await page.context().close();
  });

  it('tells the size of a house plot in the verdict', async () => {
    const { page, url } = await openPage(DESK);
    const { check } = await findPlaces(url);
    await page.goto(`${url}/checks/${check}`);
    const remarks = await page.getByTestId('size-remarks').textContent();
    expect(remarks).to.include('不超过 134 m²').and.include('第五十三条').and.include('效力待核');
    await page.context().close();
  });
});
