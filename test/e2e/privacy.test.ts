import { expect } from 'chai';
import type { PrivacyStatement } from '../../server/contract/index.ts';
import { axeFaults } from '../support/axe.ts';
import { DESK, PHONE, screenshot } from '../support/chromium.ts';
import { findPlaces } from './accessible_pages.ts';
import { openPage, pagesUnderTest, sideScroll } from './pages_under_test.ts';

const NARROW = { ...PHONE, viewport: { width: 360, height: 740 } };

describe('privacy', function () {
  this.timeout(120_000);
  before(() => pagesUnderTest());

  for (const language of ['zh', 'en'] as const)
    it(`tells of every kind of record what, of whom, why and how long, in ${language}`, async () => {
      const { page, faults, url } = await openPage(NARROW);
      const answer = await fetch(`${url}/api/privacy`, { headers: { 'accept-language': language } });
      const statement = (await answer.json()) as PrivacyStatement;
      await page.goto(`${url}/?lang=${language}`);
      await page.getByTestId('to-privacy').click();
      await page.getByTestId('kept-record').first().waitFor();
      const text = await page.locator('main').innerText();
      expect(await page.getByTestId('kept-record').count()).to.equal(statement.records.length);
      for (const { title, of_whom, what, why, keep, legal_basis } of statement.records) {
        for (const each of [title, of_whom, what, why, keep.text]) expect(text).to.include(each);
        for (const { law, article } of legal_basis) expect(text).to.include(`${law} ${article}`);
      }
      for (const { how } of statement.rights) expect(text).to.include(how);
      for (const each of statement.not_kept) expect(text).to.include(each);
      expect(await sideScroll(page)).to.equal(0);
      await screenshot(page, `privacy_${language}`);
      expect(faults).to.deep.equal([]);
      await page.context().close();
    });

  it('deletes a check where it is shown, asked twice; its address then holds nothing', async () => {
    const { page, faults, url } = await openPage(DESK);
    const { check } = await findPlaces(url);
    await page.goto(`${url}/checks/${check}`);
    const cut = await page.locator('.verdict').evaluate((card) => card.scrollHeight - card.clientHeight);
    expect(cut, 'the answer above is not squeezed to make room').to.be.at.most(1);
    await page.getByTestId('delete-check').click();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).to.equal(
      'delete-check-keep',
    );
    expect(await axeFaults(page)).to.deep.equal([]);
    await page.getByTestId('delete-check-keep').click();
    expect((await fetch(`${url}/api/checks/${check}`)).status).to.equal(200);
    await page.getByTestId('delete-check').click();
    await page.getByTestId('delete-check-yes').scrollIntoViewIfNeeded();
    await screenshot(page, 'delete_check_desk');
    await page.getByTestId('delete-check-yes').click();
    await page.getByTestId('check-deleted').waitFor();
    expect(await axeFaults(page)).to.deep.equal([]);
    expect((await fetch(`${url}/api/checks/${check}`)).status).to.equal(404);
    await page.reload();
    await page.getByTestId('failure').waitFor();
    expect(faults).to.deep.equal([]);
    await page.context().close();
  });

  it('lets a person take along what is kept of them', async () => {
    const { page, url } = await openPage(DESK);
    await page.goto(`${url}/sign-in?next=/me`);
    await page.getByTestId('try-demo.reviewer').click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export').click()]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(JSON.stringify(JSON.parse(Buffer.concat(chunks).toString('utf8')))).to.include('demo.reviewer');
    await page.context().close();
  });
});
