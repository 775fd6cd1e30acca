import { expect } from 'chai';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { CheckAnswer, VillageList } from '../../server/contract/index.ts';
import { DESK, PHONE, screenshot } from '../support/chromium.ts';
import { mapIsIdle, openPage, pagesUnderTest, sideScroll } from './pages_under_test.ts';

const NARROW: BrowserContextOptions = { ...PHONE, viewport: { width: 360, height: 740 } };
const SETTLE_MS = 150;

async function firstVillage(url: string): Promise<VillageList['villages'][number]> {
  const list = (await (await fetch(`${url}/api/villages?limit=1`)).json()) as VillageList;
  return list.villages[0]!;
}

type Corners = readonly (readonly [number, number])[];
const SQUARE: Corners = [
  [-30, -30],
  [30, -30],
  [30, 30],
  [-30, 30],
];
const BOW_TIE: Corners = [
  [-30, -30],
  [30, 30],
  [30, -30],
  [-30, 30],
];

/** Taps around the middle of the map, which is where the village lies; offsets in px. */
async function draw(page: Page, touch: boolean, corners: Corners = SQUARE): Promise<void> {
  const map = (await page.getByTestId('map').boundingBox())!;
  const bar = (await page.getByTestId('draw-bar').boundingBox())!;
  const middle = { x: map.x + map.width / 2, y: (map.y + bar.y) / 2 };
  for (const [dx, dy] of corners) {
    const [x, y] = [middle.x + dx, middle.y + dy];
    if (touch) {
      await page.touchscreen.tap(x, y);
    } else {
      await page.mouse.move(x, y);
      await page.mouse.click(x, y);
    }
    await page.waitForTimeout(SETTLE_MS);
  }
}

async function startDrawing(page: Page): Promise<void> {
  await mapIsIdle(page);
  await page.getByTestId('start-drawing').click();
  await page.locator('[data-testid=draw-bar][data-phase=approach]').waitFor();
  await page.getByTestId('draw-approach').click();
  await page.locator('[data-testid=draw-bar][data-phase=draw]').waitFor();
  await page.waitForTimeout(SETTLE_MS * 3);
  await mapIsIdle(page);
}

/** The figure before m², in a text like `1,234.56 m²`. */
const squareMetres = (text: string) => Number(/([\d,]+(\.\d+)?)\s*m²/.exec(text)?.[1]?.replaceAll(',', ''));

for (const [name, options, touch] of [
  ['phone', NARROW, true],
  ['desk', DESK, false],
] as const) {
  describe(`village page on a ${name}`, function () {
    this.timeout(180_000);
    before(() => pagesUnderTest());

    it('leads from the search to a verdict at its own address', async () => {
      const { page, faults, url } = await openPage(options);
      const village = await firstVillage(url);
      await page.goto(`${url}/`);
      await page.getByTestId('village-search').fill(village.code);
      await page.getByTestId(`village-${village.code}`).click();
      await page.waitForURL(`${url}/v/${village.code}`);
      await mapIsIdle(page);
      expect(await page.getByTestId('page-title').innerText()).to.equal(village.name);
      expect(await page.getByTestId('demo-notice').innerText()).to.contain('示意数据');
      expect(await sideScroll(page)).to.equal(0);
      await screenshot(page, `village_${name}`);

      await page.getByTestId('activity-house').click();
      await startDrawing(page);
      await draw(page, touch);
      await page.getByTestId('draw-finish').click();
      await page.getByTestId('draw-use').waitFor();
      const estimated = squareMetres(await page.getByTestId('draw-area').innerText());
      await screenshot(page, `drawn_${name}`);
      await page.getByTestId('draw-use').click();

      const posted = page.waitForResponse(
        (r) => r.url().endsWith('/api/checks') && r.request().method() === 'POST',
      );
      await page.getByTestId('run-check').click();
      const answer = (await (await posted).json()) as CheckAnswer;
      await page.getByTestId('verdict').waitFor();
      expect(await page.getByTestId('verdict').getAttribute('data-outcome')).to.equal(answer.outcome);
      expect(squareMetres(await page.getByTestId('verdict').innerText())).to.equal(answer.area_m2);
      expect(answer.area_m2 / estimated).to.be.closeTo(1, 0.02);
      const affected = answer.layers.filter((l) => l.status === 'affected' && l.layer !== 'land_use');
      for (const layer of affected) {
        expect(squareMetres(await page.getByTestId(`affected-${layer.layer}`).innerText())).to.equal(
          layer.area_m2,
        );
      }
      await page.waitForTimeout(SETTLE_MS * 6);
      await screenshot(page, `verdict_${name}`);
      await page.getByTestId('show-layers').click();
      expect(await page.getByTestId('all-layers').locator('li').count()).to.equal(answer.layers.length);
      expect(await sideScroll(page)).to.equal(0);

      await page.getByTestId('verdict-address').getByRole('link').click();
      await page.waitForURL(`${url}/checks/${answer.id}`);
      await page.getByTestId('dated').waitFor();
      expect(await page.getByTestId('verdict').getAttribute('data-outcome')).to.equal(answer.outcome);
      expect(await page.locator('meta[name=robots]').getAttribute('content')).to.contain('noindex');
      await page.reload();
      expect(squareMetres(await page.getByTestId('verdict').innerText())).to.equal(answer.area_m2);
      await screenshot(page, `verdict_page_${name}`);
      expect(faults).to.deep.equal([]);
      await page.context().close();
    });

    it('takes back one corner and goes on', async () => {
      const { page, url } = await openPage(options);
      const village = await firstVillage(url);
      await page.goto(`${url}/v/${village.code}`);
      await page.getByTestId('activity-pond').click();
      await startDrawing(page);
      await draw(page, touch);
      const bar = page.getByTestId('draw-bar');
      expect(await bar.innerText()).to.contain('4');
      await page.getByTestId('draw-undo').click();
      await page.waitForTimeout(SETTLE_MS);
      expect(await bar.innerText()).to.contain('3');
      for (let i = 0; i < 3; i += 1) await page.getByTestId('draw-undo').click();
      expect(await page.getByTestId('draw-finish').isDisabled()).to.equal(true);
      await page.context().close();
    });
  });
}

describe('village page when things go wrong', function () {
  this.timeout(120_000);
  before(() => pagesUnderTest());

  it('keeps the drawing and the choice when the network fails, and checks when it is back', async () => {
    const { page, url } = await openPage(NARROW);
    const village = await firstVillage(url);
    await page.goto(`${url}/v/${village.code}`);
    await page.getByTestId('activity-house').click();
    await startDrawing(page);
    await draw(page, true);
    await page.getByTestId('draw-finish').click();
    await page.getByTestId('draw-use').click();
    await page.context().setOffline(true);
    await page.getByTestId('run-check').click();
    await page.getByTestId('failure').waitFor();
    expect(await page.getByTestId('drawn-shape').count()).to.equal(1);
    expect(await page.getByTestId('activity-house').getAttribute('aria-pressed')).to.equal('true');
    await page.context().setOffline(false);
    await page.getByTestId('retry').click();
    await page.getByTestId('verdict').waitFor();
    await page.reload();
    await page.getByTestId('drawn-shape').waitFor();
    await page.context().close();
  });

  it('shows on the map where a drawn shape crosses itself', async () => {
    const { page, faults, url } = await openPage(DESK);
    const village = await firstVillage(url);
    await page.goto(`${url}/v/${village.code}`);
    await page.getByTestId('activity-house').click();
    await startDrawing(page);
    await draw(page, false, BOW_TIE);
    await page.getByTestId('draw-finish').click();
    await page.getByTestId('draw-crosses').waitFor();
    await page.getByTestId('draw-use').click();
    await page.getByTestId('run-check').click();
    await page.getByTestId('show-place').click();
    await page.locator('.maplibregl-marker').waitFor();
    await mapIsIdle(page);
    await screenshot(page, 'crossing_desk');
    expect(await page.getByTestId('drawn-shape').count()).to.equal(1);
    expect(faults).to.deep.equal([]);
    await page.context().close();
  });

  it('names the land under a tap, and hides a zone on request', async () => {
    const { page, faults, url } = await openPage(NARROW);
    const village = await firstVillage(url);
    await page.goto(`${url}/v/${village.code}`);
    await mapIsIdle(page);
    const map = (await page.getByTestId('map').boundingBox())!;
    await page.touchscreen.tap(map.x + map.width / 2, map.y + map.height / 2);
    await page.getByTestId('picked').waitFor();
    await page.getByTestId('legend-button').click();
    const farmland = page.getByTestId('toggle-permanent_basic_farmland');
    expect(await farmland.isChecked()).to.equal(true);
    await farmland.uncheck();
    await mapIsIdle(page);
    await screenshot(page, 'legend_phone');
    expect(faults).to.deep.equal([]);
    await page.context().close();
  });

  it('says which village it does not know, and leads home', async () => {
    const { page, url } = await openPage(NARROW);
    await page.goto(`${url}/v/999999999999`);
    await page.getByTestId('failure').getByRole('link').click();
    await page.getByTestId('village-search').waitFor();
    await page.context().close();
  });

  it('speaks English on request, and remembers it', async () => {
    const { page, url } = await openPage(DESK);
    const village = await firstVillage(url);
    await page.goto(`${url}/v/${village.code}?lang=en`);
    await page.getByRole('tab', { name: 'May I?' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).to.equal('en');
    await page.getByTestId('language').click();
    await page.getByRole('tab', { name: '能不能建' }).waitFor();
    await page.goto(`${url}/v/${village.code}`);
    await page.getByRole('tab', { name: '能不能建' }).waitFor();
    await page.context().close();
  });
});
