import { expect } from 'chai';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { CheckAnswer, VillageList } from '../../server/contract/index.ts';
import { screenshot } from '../support/chromium.ts';
import { overlapping, unreachable } from './controls.ts';
import { mapIsIdle, openPage, pagesUnderTest, sideScroll } from './pages_under_test.ts';
import { aVillage, insideZone, LAPTOP, NARROW } from './village_under_test.ts';

const FARMLAND = 'permanent_basic_farmland';

const standing = (at: readonly [number, number], accuracy: number): BrowserContextOptions => ({
  permissions: ['geolocation'],
  geolocation: { longitude: at[0], latitude: at[1], accuracy },
});

async function openStand(page: Page, url: string, code: string): Promise<void> {
  await page.goto(`${url}/v/${code}`);
  await mapIsIdle(page);
  await page.getByTestId('activity-house').click();
  await page.getByTestId('way-stand').click();
  await page.getByTestId('stand-start').click();
}

/** A village that has basic farmland, and a place inside it. */
async function onFarmland(): Promise<{ url: string; code: string; at: [number, number] }> {
  const { server } = await pagesUnderTest();
  const { code } = await aVillage(server.url);
  return { url: server.url, code, at: await insideZone(server.url, code, FARMLAND) };
}

for (const [name, options] of [
  ['phone', NARROW],
  ['desk', LAPTOP],
] as const) {
  describe(`where I stand, on a ${name}`, function () {
    this.timeout(180_000);
    before(() => pagesUnderTest());

    it('waits for a better position and says surely inside', async () => {
      const { url, code, at } = await onFarmland();
      const { page, faults } = await openPage({ ...options, ...standing(at, 40) });
      await openStand(page, url, code);
      await page.getByTestId('fix-accuracy').getByText('±40').waitFor();
      expect(await page.getByTestId('fix-waiting').innerText()).to.match(/还等 \d+ 秒/);
      await mapIsIdle(page);
      await screenshot(page, `stand_${name}`);
      expect(await overlapping(page)).to.deep.equal([]);
      expect(await sideScroll(page)).to.equal(0);
      // Chromium loses the position for a moment before it has the next one, as receivers do
      await page.context().setGeolocation({ longitude: at[0], latitude: at[1], accuracy: 4 });
      await page.getByTestId('fix-accuracy').getByText('±4 ').waitFor();
      await page.getByTestId('stand-use').waitFor();
      expect(await unreachable(page.getByTestId('stand-panel'))).to.deep.equal([]);
      await page.getByTestId('stand-use').click();
      const checked = page.waitForResponse((r) => r.url().endsWith('/api/checks'));
      await page.getByTestId('run-check').click();
      const response = await checked;
      expect(response.request().postDataJSON()).to.deep.include({
        geometry: { type: 'Point', coordinates: at },
        accuracy_m: 4,
        datum: 'wgs84',
      });
      const answer = (await response.json()) as CheckAnswer;
      expect(answer.layers.find(({ layer }) => layer === FARMLAND)?.certainty).to.equal('surely_inside');
      expect(await page.getByTestId(`certainty-${FARMLAND}`).innerText()).to.contain('肯定在里面');
      await page.getByTestId('certainties').scrollIntoViewIfNeeded();
      await screenshot(page, `certainty_${name}`);
      expect(faults).to.deep.equal([]);
      await page.context().close();
    });
  });
}

describe('where I stand', function () {
  this.timeout(180_000);
  before(() => pagesUnderTest());

  it('says maybe, with the accuracy, when the position is only roughly known', async () => {
    const { url, code, at } = await onFarmland();
    const { page } = await openPage({ ...NARROW, ...standing(at, 600) });
    await openStand(page, url, code);
    await page.getByTestId('fix-accuracy').getByText('±600').waitFor();
    await page.getByTestId('fix-stop').click();
    await page.getByTestId('fix-poor').waitFor();
    await page.getByTestId('stand-use').click();
    await page.getByTestId('run-check').click();
    const words = await page.getByTestId(`certainty-${FARMLAND}`).innerText();
    expect(words).to.contain('可能在里面（定位误差 ±600 米）');
    await page.context().close();
  });

  it('does not take a position that is off by kilometres', async () => {
    const { url, code, at } = await onFarmland();
    const { page } = await openPage({ ...NARROW, ...standing(at, 5000) });
    await openStand(page, url, code);
    await page.getByTestId('fix-stop').click();
    await page.getByTestId('fix-useless').waitFor();
    expect(await page.getByTestId('stand-use').count()).to.equal(0);
    await page.context().close();
  });

  it('says that one stands outside, and opens the village where one stands', async () => {
    const { server } = await pagesUnderTest();
    const list = (await (await fetch(`${server.url}/api/villages?limit=30`)).json()) as VillageList;
    const [here, there] = list.villages.filter(({ has_land }) => has_land);
    const at = await insideZone(server.url, there!.code, FARMLAND);
    const { page, faults } = await openPage({ ...NARROW, ...standing(at, 4) });
    await openStand(page, server.url, here!.code);
    expect(await page.getByTestId('elsewhere').innerText()).to.contain(here!.name);
    await page.getByTestId('open-elsewhere').waitFor();
    await page.waitForTimeout(600);
    await screenshot(page, 'elsewhere_phone');
    expect(await unreachable(page.getByTestId('stand-panel'))).to.deep.equal([]);
    await page.getByTestId('open-elsewhere').click();
    await page.waitForURL(`${server.url}/v/${there!.code}`);
    await mapIsIdle(page);
    expect(await page.getByTestId('stand-panel').count()).to.equal(0);
    expect(faults).to.deep.equal([]);
    await page.context().close();
  });

  const failing: [string, string, BrowserContextOptions, (() => void) | null][] = [
    ['denied', '允许', {}, null],
    [
      'no_gps',
      '换手机',
      {},
      () => Object.defineProperty(Navigator.prototype, 'geolocation', { value: undefined }),
    ],
    ['insecure', 'https', {}, () => Object.defineProperty(window, 'isSecureContext', { value: false })],
    [
      'unavailable',
      '开关',
      {},
      () => {
        Geolocation.prototype.watchPosition = (_found, failed) => {
          setTimeout(() => failed?.({ code: 2 } as GeolocationPositionError), 10);
          return 1;
        };
      },
    ],
  ];
  for (const [failure, words, options, sabotage] of failing) {
    it(`says what to do instead: ${failure}`, async () => {
      const { page, url } = await openPage({ ...NARROW, ...options });
      if (sabotage !== null) await page.addInitScript(sabotage);
      const { code } = await aVillage(url);
      await openStand(page, url, code);
      await page.locator(`[data-failure=${failure}]`).waitFor();
      expect(await page.getByTestId('fix-failed').innerText())
        .to.contain(words)
        .and.to.contain('输入坐标');
      if (failure === 'denied') await screenshot(page, 'position_denied_phone');
      await page.getByTestId('way-back').click();
      expect(await page.getByTestId('way-typed').isVisible()).to.equal(true);
      await page.context().close();
    });
  }

  it('gives up by itself when no position comes', async () => {
    const { page, url } = await openPage(NARROW);
    await page.clock.install();
    await page.addInitScript(() => {
      Geolocation.prototype.watchPosition = () => 1;
    });
    const { code } = await aVillage(url);
    await page.goto(`${url}/v/${code}`);
    await page.getByTestId('way-stand').click();
    await page.getByTestId('stand-start').click();
    await page.getByTestId('fix-waiting').waitFor();
    await page.clock.runFor(31_000);
    await page.locator('[data-failure=timeout]').waitFor();
    await page.context().close();
  });
});
