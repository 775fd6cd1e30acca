import { expect } from 'chai';
import { Geodesic, PolygonArea } from 'geographiclib-geodesic';
import type { Page } from 'playwright-core';
import type { CheckAnswer, ShapeAnswer, ShapeRequest } from '../../server/contract/index.ts';
import { screenshot } from '../support/chromium.ts';
import { overlapping, unreachable } from './controls.ts';
import { mapIsIdle, openPage, pagesUnderTest, sideScroll } from './pages_under_test.ts';
import { aVillage, LAPTOP, NARROW, TABLET } from './village_under_test.ts';

const SETTLE_MS = 600;

async function openFootprint(page: Page, url: string): Promise<void> {
  const { code } = await aVillage(url);
  await page.goto(`${url}/v/${code}`);
  await mapIsIdle(page);
  await page.getByTestId('activity-house').click();
  await page.getByTestId('way-footprint').click();
  await page.getByTestId('footprint-panel').waitFor();
  await page.waitForTimeout(SETTLE_MS);
}

async function middleOfMap(page: Page): Promise<{ x: number; y: number }> {
  const map = (await page.getByTestId('map').boundingBox())!;
  return { x: map.x + map.width / 2, y: map.y + map.height / 2 };
}

/** lon, lat as the panel shows them. */
async function centre(page: Page): Promise<[number, number]> {
  const [lon, lat] = (await page.getByTestId('footprint-center').innerText()).match(/\d+\.\d+/g)!.map(Number);
  return [lon!, lat!];
}

function metresBetween(a: [number, number], b: [number, number]): number {
  return Geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0]).s12!;
}

/** Area in m² and the azimuth of the longer side, 0 to 180°, by geodesics. */
function measured(ring: number[][]): { area: number; azimuth: number } {
  const polygon = new PolygonArea.PolygonArea(Geodesic.WGS84, false);
  for (const [lon, lat] of ring.slice(0, -1)) polygon.AddPoint(lat!, lon!);
  const sides = ring.slice(1).map(([lon, lat], i) => {
    const side = Geodesic.WGS84.Inverse(ring[i]![1]!, ring[i]![0]!, lat!, lon!);
    return { length: side.s12!, azimuth: (side.azi1! + 360) % 180 };
  });
  const longest = sides.toSorted((a, b) => b.length - a.length)[0]!;
  return { area: Math.abs(polygon.Compute(false, true).area!), azimuth: longest.azimuth };
}

for (const [name, options, touch] of [
  ['phone', NARROW, true],
  ['tablet', TABLET, true],
  ['desk', LAPTOP, false],
] as const) {
  describe(`a footprint set down on a ${name}`, function () {
    this.timeout(180_000);
    before(() => pagesUnderTest());

    it('goes where the map is tapped, turns by key, and is what the server measures and checks', async () => {
      const { page, faults, url } = await openPage(options);
      await openFootprint(page, url);
      expect(await page.getByTestId('footprint-use').isDisabled()).to.equal(true);
      const { x, y } = await middleOfMap(page);
      await (touch ? page.touchscreen.tap(x, y) : page.mouse.click(x, y));
      await page.getByTestId('footprint-center').waitFor();
      await page.waitForTimeout(SETTLE_MS);
      await page.getByTestId('preset-10x20').click();
      await page.getByTestId('bearing').focus();
      for (let i = 0; i < 30; i += 1) await page.keyboard.press('ArrowRight');
      expect(await page.getByTestId('bearing-words').innerText()).to.equal('北偏东 30°');
      expect(await page.getByTestId('footprint-area').innerText()).to.match(/200\s*m²[\s·]*0\.30\s*亩/);
      await mapIsIdle(page);
      await screenshot(page, `footprint_${name}`);
      expect(await sideScroll(page)).to.equal(0);
      expect(await overlapping(page)).to.deep.equal([]);
      expect(await unreachable(page.getByTestId('footprint-panel'))).to.deep.equal([]);

      const measuring = page.waitForResponse((r) => r.url().endsWith('/api/shapes'));
      await page.getByTestId('footprint-use').click();
      const response = await measuring;
      const asked = response.request().postDataJSON() as ShapeRequest;
      const shape = (await response.json()) as ShapeAnswer;
      expect(asked.footprint).to.include({ width_m: 10, depth_m: 20, bearing_deg: 30 });
      const found = measured(shape.geometry.coordinates[0]![0]!);
      expect(found.area).to.be.closeTo(200, 0.2);
      const [lon, lat] = asked.footprint!.center as [number, number];
      const convergence = (lon - 3 * Math.round(lon / 3)) * Math.sin((lat * Math.PI) / 180);
      expect(found.azimuth).to.be.closeTo(30 + convergence, 0.05);

      await page.getByTestId('footprint-shape').waitFor();
      expect(await page.getByTestId('footprint-shape').innerText()).to.contain('10 × 20');
      const posted = page.waitForResponse((r) => r.url().endsWith('/api/checks'));
      await page.getByTestId('run-check').click();
      const answer = (await (await posted).json()) as CheckAnswer;
      expect(answer.area_m2).to.be.closeTo(shape.area_m2, 0.01);
      await page.getByTestId('verdict').waitFor();
      expect(faults).to.deep.equal([]);
      await page.context().close();
    });
  });
}

describe('a footprint', function () {
  this.timeout(180_000);
  before(() => pagesUnderTest());

  it('is dragged along with the mouse while the map stays', async () => {
    const { page, url } = await openPage(LAPTOP);
    await openFootprint(page, url);
    await page.getByTestId('footprint-middle').click();
    await page.waitForTimeout(SETTLE_MS);
    await mapIsIdle(page);
    // the first time the map comes near, with room for its buttons: the middle is then another place
    await page.getByTestId('footprint-middle').click();
    await page.waitForTimeout(SETTLE_MS);
    await mapIsIdle(page);
    const before = await centre(page);
    const { x, y } = await middleOfMap(page);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y + 30, { steps: 6 });
    await page.mouse.up();
    const after = await centre(page);
    expect(after[0]).to.be.greaterThan(before[0]);
    expect(after[1]).to.be.lessThan(before[1]);
    await page.getByTestId('footprint-middle').click();
    expect(metresBetween(await centre(page), before)).to.be.lessThan(0.5);
    await page.context().close();
  });

  it('refuses a side that is none, and keeps what was typed', async () => {
    const { page, url } = await openPage(NARROW);
    await openFootprint(page, url);
    await page.getByTestId('footprint-width').fill('0.1');
    await page.getByText('0.5 到 2000').waitFor();
    expect(await page.getByTestId('footprint-width').inputValue()).to.equal('0.1');
    await page.getByTestId('footprint-width').fill('12.5');
    expect(await page.getByText('0.5 到 2000').count()).to.equal(0);
    expect(await page.getByTestId('footprint-area').innerText()).to.match(/163\s*m²/);
    await page.context().close();
  });

  it('is put where one stands, says how exactly that is known, and is checked with it', async () => {
    const { url } = (await pagesUnderTest()).server;
    const { middle } = await aVillage(url);
    const { page } = await openPage({
      ...NARROW,
      permissions: ['geolocation'],
      geolocation: { longitude: middle[0], latitude: middle[1], accuracy: 9 },
    });
    await openFootprint(page, url);
    await page.getByTestId('footprint-here').click();
    await page.getByTestId('footprint-center').waitFor();
    await page.getByTestId('fix-stop').click();
    expect(metresBetween(await centre(page), middle)).to.be.lessThan(0.2);
    await page.getByTestId('footprint-vague').waitFor();
    await page.getByTestId('footprint-use').click();
    await page.getByTestId('footprint-shape').getByText('±9').waitFor();
    const posted = page.waitForRequest((r) => r.url().endsWith('/api/checks'));
    await page.getByTestId('run-check').click();
    expect((await posted).postDataJSON()).to.include({ accuracy_m: 9 });
    await page.getByTestId('certainties').waitFor();
    await page.context().close();
  });

  it('stays when the signal is gone, and is measured when it is back', async () => {
    const { page, url } = await openPage(NARROW);
    await openFootprint(page, url);
    await page.getByTestId('footprint-middle').click();
    await page.context().setOffline(true);
    await page.getByTestId('footprint-use').click();
    await page.getByTestId('failure').waitFor();
    const kept = await centre(page);
    await page.getByTestId('way-back').click();
    await page.getByTestId('offline').waitFor();
    await screenshot(page, 'offline_phone');
    await page.context().setOffline(false);
    await page.reload();
    await page.getByTestId('way-footprint').click();
    expect(await centre(page)).to.deep.equal(kept);
    await page.getByTestId('footprint-use').click();
    await page.getByTestId('footprint-shape').waitFor();
    await page.context().close();
  });

  it('is set down by typed coordinates where there is no WebGL, and those of a map app are moved back', async () => {
    const { page, url } = await openPage(NARROW);
    await page.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => null;
    });
    const { code, middle } = await aVillage(url);
    await page.goto(`${url}/v/${code}`);
    await page.getByTestId('map-unavailable').waitFor();
    await page.getByTestId('activity-house').click();
    await page.getByTestId('way-footprint').click();
    await page.getByTestId('typed-center').fill(middle.join(' '));
    await page.getByTestId('put-typed-center').click();
    await page.getByText('请先选坐标来自哪里').waitFor();
    await page.getByTestId('footprint-panel').getByTestId('datum-wgs84').check();
    await page.getByTestId('put-typed-center').click();
    await page.getByTestId('footprint-center').waitFor();
    expect(metresBetween(await centre(page), middle)).to.be.lessThan(0.2);
    await page.getByTestId('footprint-panel').getByTestId('datum-gcj02').check();
    await page.getByTestId('put-typed-center').click();
    await page.waitForFunction(
      (text) => !document.querySelector('[data-testid=footprint-center]')?.textContent?.includes(text),
      middle[0].toFixed(6),
    );
    expect(metresBetween(await centre(page), middle)).to.be.within(300, 700);
    await screenshot(page, 'no_webgl_phone');
    expect(await unreachable(page.getByTestId('footprint-panel'))).to.deep.equal([]);
    await page.getByTestId('footprint-use').click();
    await page.getByTestId('footprint-shape').waitFor();
    await page.getByTestId('run-check').click();
    await page.getByTestId('verdict').waitFor();
    await page.context().close();
  });
});
