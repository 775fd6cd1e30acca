import { expect } from 'chai';
import type { BrowserContextOptions } from 'playwright-core';
import { axeFaults } from '../support/axe.ts';
import { DESK, screenshot } from '../support/chromium.ts';
import { findPlaces, focused, PAGE_CASES, type Places, visit } from './accessible_pages.ts';
import { openPage, pagesUnderTest, sideScroll } from './pages_under_test.ts';

const LAPTOP: BrowserContextOptions = { ...DESK, viewport: { width: 1366, height: 768 } };
const PHONE_SIZE = { width: 360, height: 740 };
/** More stops than any page has: a walk that does not come to its end is a trap. */
const STOPS = 200;

describe('accessibility', function () {
  this.timeout(240_000);
  let places: Places;
  before(async () => {
    const { server } = await pagesUnderTest();
    places = await findPlaces(server.url);
  });

  for (const of of PAGE_CASES) {
    describe(of.name, () => {
      it('has no fault that axe knows: Chinese, English, large type, laptop and phone', async () => {
        const { page, url } = await openPage(LAPTOP);
        await visit(page, url, of, places);
        const english = () =>
          page
            .waitForFunction(() => document.documentElement.lang === 'en')
            .then(() => page.waitForTimeout(300));
        expect(await axeFaults(page), 'Chinese').to.deep.equal([]);
        await page.getByTestId('language').click();
        await english();
        expect(await axeFaults(page), 'English').to.deep.equal([]);
        await page.setViewportSize(PHONE_SIZE);
        await page.getByTestId('large-type').click();
        expect(await axeFaults(page), 'English, large, phone').to.deep.equal([]);
        await page.getByTestId('language').click();
        await page.waitForFunction(() => document.documentElement.lang.startsWith('zh'));
        expect(await axeFaults(page), 'Chinese, large, phone').to.deep.equal([]);
        await page.context().close();
      });

      it('never scrolls sideways: 320 px, a laptop zoomed to 200 %, large type', async () => {
        const { page, url } = await openPage({ ...DESK, viewport: { width: 320, height: 640 } });
        await visit(page, url, of, places);
        await page.getByTestId('language').click();
        await page.waitForFunction(() => document.documentElement.lang === 'en');
        for (const [large, widths] of [
          ['normal type', [320, 683]],
          ['large type', [360, 683]],
        ] as const) {
          if (large === 'large type') await page.getByTestId('large-type').click();
          for (const width of widths) {
            await page.setViewportSize({ width, height: 640 });
            expect(await sideScroll(page), `${width} px, ${large}`).to.be.at.most(0);
          }
        }
        await page.context().close();
      });

      it('can be walked by keyboard: each stop is seen, marked and not covered', async () => {
        const { page, url } = await openPage(LAPTOP);
        await visit(page, url, of, places);
        const stops: string[] = [];
        for (let i = 0; i < STOPS; i++) {
          await page.keyboard.press('Tab');
          const at = await focused(page);
          if (at === null) break;
          expect(at.width, at.what).to.be.greaterThan(1);
          expect(at.ring, `${at.what}: no ring`).to.equal(true);
          expect(at.covered, `${at.what}: covered`).to.equal(false);
          stops.push(at.what);
        }
        expect(stops.length).to.be.within(3, STOPS - 1);
        expect(stops[0]).to.equal('跳到正文');
        await page.context().close();
      });

      it('has one main part, one first heading, and a way past the header', async () => {
        const { page, url } = await openPage(LAPTOP);
        await visit(page, url, of, places);
        expect(await page.locator('main').count()).to.equal(1);
        expect(await page.locator('h1').count()).to.equal(1);
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        expect(await page.evaluate(() => document.activeElement?.id)).to.equal('main');
        await page.context().close();
      });

      it('shows itself to eyes at 360, 768 and 1366 px', async () => {
        const { page, url } = await openPage(LAPTOP);
        await visit(page, url, of, places);
        for (const width of [360, 768, 1366]) {
          await page.setViewportSize({ width, height: width === 360 ? 740 : 1024 });
          await page.waitForTimeout(300);
          await screenshot(page, `page_${of.name.replaceAll(' ', '_')}_${width}`);
        }
        await page.context().close();
      });
    });
  }

  it('tells where one has arrived: a link moves the focus to the new page’s heading', async () => {
    const { page, url } = await openPage(LAPTOP);
    await visit(page, url, PAGE_CASES[0]!, places);
    await page.getByTestId('to-rules').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('rule-sources').waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).to.equal('H1');
    await page.context().close();
  });

  it('has no fault in any tab of a village, and changes tabs with the arrow keys', async () => {
    const { page, url } = await openPage(LAPTOP);
    await visit(page, url, PAGE_CASES[1]!, places);
    await page.getByTestId('tab-check').focus();
    for (const tab of ['policies', 'land', 'contacts']) {
      await page.keyboard.press('ArrowRight');
      expect(await page.getByTestId(`tab-${tab}`).getAttribute('aria-selected')).to.equal('true');
      expect(await axeFaults(page), tab).to.deep.equal([]);
    }
    await page.context().close();
  });

  it('keeps the focus inside the open legend, and gives it back', async () => {
    const { page, url } = await openPage(LAPTOP);
    await visit(page, url, PAGE_CASES[1]!, places);
    await page.getByTestId('legend-button').focus();
    await page.keyboard.press('Enter');
    const inside = () => page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null);
    await page.getByRole('dialog').waitFor();
    expect(await axeFaults(page)).to.deep.equal([]);
    for (let i = 0; i < 40; i++) {
      expect(await inside()).to.equal(true);
      await page.keyboard.press(i < 30 ? 'Tab' : 'Shift+Tab');
    }
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).to.equal(0);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).to.equal(
      'legend-button',
    );
    await page.context().close();
  });

  it('leads from typed coordinates to a verdict by keyboard alone, and says the verdict', async () => {
    const { page, faults, url } = await openPage(LAPTOP);
    await visit(page, url, PAGE_CASES[1]!, places);
    const press = async (name: string) => {
      await page.getByTestId(name).focus();
      await page.keyboard.press('Enter');
    };
    await press('activity-house');
    await press('way-typed');
    const check = await (await fetch(`${url}/api/checks/${places.check}`)).json();
    const corners: [number, number][] = check.geometry.coordinates[0][0];
    await page.getByTestId('typed-box').focus();
    await page.keyboard.insertText(
      corners
        .slice(0, 4)
        .map(([lon, lat]) => `${lon},${lat}`)
        .join('\n'),
    );
    await page.getByTestId('typed-panel').getByTestId('datum-cgcs2000').focus();
    await page.keyboard.press('Space');
    await press('typed-read');
    await page.getByTestId('typed-use').waitFor();
    await press('typed-use');
    await press('run-check');
    await page.getByTestId('verdict').waitFor();
    const announced = page.getByTestId('announced');
    expect(await announced.getAttribute('role')).to.equal('status');
    await page.waitForFunction(() => document.querySelector('[data-testid=announced]')?.textContent !== '');
    const said = await announced.innerText();
    expect(said).to.include(await page.locator('.verdict-outcome').innerText());
    expect(said.length).to.be.lessThan(200);
    expect(await axeFaults(page)).to.deep.equal([]);
    expect(faults).to.deep.equal([]);
    await page.context().close();
  });
});
