import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { mapIsIdle, openPage, pagesUnderTest } from './pages_under_test.ts';
import { aVillage, LAPTOP, NARROW } from './village_under_test.ts';

const SETTLE_MS = 200;

/** A shape of 120 px a side around a place of the map. */
async function drawLarge(page: Page, touch: boolean): Promise<void> {
  const map = (await page.getByTestId('map').boundingBox())!;
  const middle = { x: map.x + map.width / 2, y: map.y + map.height / 3 };
  for (const [dx, dy] of [
    [-60, -60],
    [60, -60],
    [60, 60],
    [-60, 60],
  ] as const) {
    if (touch) await page.touchscreen.tap(middle.x + dx, middle.y + dy);
    else await page.mouse.click(middle.x + dx, middle.y + dy);
    await page.waitForTimeout(SETTLE_MS);
  }
}

for (const [name, options, touch] of [
  ['phone', NARROW, true],
  ['laptop', LAPTOP, false],
] as const) {
  describe(`a slip of the hand on a ${name}`, function () {
    this.timeout(120_000);
    before(() => pagesUnderTest());

    it('a tap on the whole village goes there first, and a house as large as a field is asked about', async () => {
      const { page, faults, url } = await openPage(options);
      await page.goto(`${url}/v/${(await aVillage(url)).code}`);
      await mapIsIdle(page);
      await page.getByTestId('activity-house').click();
      await page.getByTestId('start-drawing').click();
      await page.locator('[data-testid=draw-bar][data-phase=approach]').waitFor();
      const map = (await page.getByTestId('map').boundingBox())!;
      const [x, y] = [map.x + map.width / 2, map.y + map.height / 3];
      if (touch) await page.touchscreen.tap(x, y);
      else await page.mouse.click(x, y);
      const bar = page.getByTestId('draw-bar');
      await page.locator('[data-testid=draw-bar][data-phase=draw]').waitFor();
      expect(await page.getByTestId('draw-undo').isDisabled(), 'a corner was set by the first tap').to.equal(
        true,
      );
      await page.waitForTimeout(SETTLE_MS);
      await drawLarge(page, touch);
      await page.getByTestId('draw-finish').click();
      await page.getByTestId('draw-use').waitFor();
      expect(await bar.innerText()).to.match(/[\d,]+\s*m²/);
      await page.getByTestId('draw-use').click();

      let asked = 0;
      page.on('request', (request) => {
        if (request.url().endsWith('/api/checks')) asked += 1;
      });
      await page.getByTestId('run-check').dblclick();
      await page.getByTestId('doubt').waitFor();
      await page.waitForTimeout(SETTLE_MS * 4);
      expect(asked, 'checked without a word').to.equal(0);
      await page.getByTestId('doubt-go').click();
      await page.getByTestId('verdict').waitFor();
      expect(faults).to.deep.equal([]);
      await page.context().close();
    });
  });
}
