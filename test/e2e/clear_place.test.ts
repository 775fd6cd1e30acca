import { expect } from 'chai';
import { Geodesic } from 'geographiclib-geodesic';
import type { Page } from 'playwright-core';
import type { CheckAnswer, ClearPlaceAnswer } from '../../server/contract/index.ts';
import { axeFaults } from '../support/axe.ts';
import { screenshot } from '../support/chromium.ts';
import { unreachable } from './controls.ts';
import { mapIsIdle, openPage, pagesUnderTest, sideScroll } from './pages_under_test.ts';
import { insideZone, LAPTOP, NARROW } from './village_under_test.ts';

const VILLAGE = '410821204201';

/** A house of about 10 × 12 m in the middle of permanent basic farmland, checked; its address. */
async function houseInFarmland(url: string): Promise<CheckAnswer> {
  const [x, y] = await insideZone(url, VILLAGE, 'permanent_basic_farmland');
  const [dx, dy] = [0.000055, 0.000054];
  const ring = [
    [x - dx, y - dy],
    [x + dx, y - dy],
    [x + dx, y + dy],
    [x - dx, y + dy],
    [x - dx, y - dy],
  ];
  const response = await fetch(`${url}/api/checks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      activity: 'house',
      details: { house: 'new_plot' },
      geometry: { type: 'Polygon', coordinates: [ring] },
    }),
  });
  return (await response.json()) as CheckAnswer;
}

async function search(page: Page): Promise<ClearPlaceAnswer> {
  const answering = page.waitForResponse((r) => r.url().endsWith('/api/clear-places'));
  await page.getByTestId('clear-place-begin').click();
  const answer = (await (await answering).json()) as ClearPlaceAnswer;
  await page.waitForSelector('[data-testid=clear-place-result][aria-busy=false]');
  return answer;
}

const middle = (ring: number[][]): [number, number] => {
  const corners = ring.slice(1);
  const mean = (axis: 0 | 1) => corners.reduce((sum, p) => sum + p[axis]!, 0) / corners.length;
  return [mean(0), mean(1)];
};

for (const [name, options] of [
  ['phone', NARROW],
  ['desk', LAPTOP],
] as const)
  describe(`the nearest place that would do, on a ${name}`, function () {
    this.timeout(180_000);
    before(() => pagesUnderTest());

    it('is told in words, shown beside the old one, and checked as a place of its own', async () => {
      const { page, faults, url } = await openPage(options);
      const asked = await houseInFarmland(url);
      expect(asked.outcome).to.equal('conflict');
      await page.goto(`${url}/checks/${asked.id}`);
      await mapIsIdle(page);
      await page.getByTestId('clear-place-radius-300').check();
      const answer = await search(page);
      if (!answer.found) throw new Error(answer.reason);
      const words = await page.getByTestId('clear-place-way').innerText();
      expect(words).to.match(new RegExp(`^向${answer.direction}移动 \\d+\\.\\d 米`));
      const told = Number(/(\d+\.\d) 米/.exec(words)![1]);

      // the ellipsoid itself says how far it is and which way (Karney 2013); the zone's scale is true to 3e-4
      if (asked.geometry.type !== 'MultiPolygon') throw new Error('no polygon');
      const [from, to] = [
        middle(asked.geometry.coordinates[0]![0]!),
        middle(answer.geometry.coordinates[0]![0]!),
      ];
      const way = Geodesic.WGS84.Inverse(from[1], from[0], to[1], to[0]);
      expect(told).to.be.closeTo(way.s12!, 0.15);
      const convergence = (from[0] - 3 * Math.round(from[0] / 3)) * Math.sin((from[1] * Math.PI) / 180);
      const off = (((way.azi1! - convergence - answer.bearing_deg! + 540) % 360) + 360) % 360;
      expect(off).to.be.closeTo(180, 0.2);

      await mapIsIdle(page);
      await screenshot(page, `clear_place_${name}`);
      expect(await sideScroll(page)).to.equal(0);
      expect(await unreachable(page.getByTestId('clear-place'))).to.deep.equal([]);
      expect(await axeFaults(page)).to.deep.equal([]);

      const checking = page.waitForResponse((r) => r.url().endsWith('/api/checks'));
      await page.getByTestId('clear-place-check').click();
      const there = (await (await checking).json()) as CheckAnswer;
      expect(there.outcome).to.equal(answer.outcome).and.to.be.oneOf(['permit', 'clear']);
      expect(there.village?.code).to.equal(asked.village?.code);
      await page.waitForURL(`${url}/checks/${there.id}`);
      await page.getByTestId('verdict').waitFor();
      // what stands there now is no conflict: nothing more is offered
      await page.waitForFunction(() => document.querySelector('[data-testid=clear-place]') === null);
      expect(faults).to.deep.equal([]);
      await page.context().close();
    });
  });

describe('where no place would do', function () {
  this.timeout(180_000);
  before(() => pagesUnderTest());

  it('the page says so, why, and what else can be done', async () => {
    const { page, url } = await openPage(NARROW);
    const asked = await houseInFarmland(url);
    await page.goto(`${url}/checks/${asked.id}`);
    // the same search within a metre: farther than the page itself would ask, but the server is the real one
    await page.route('**/api/clear-places', (route) =>
      route.continue({ postData: JSON.stringify({ ...route.request().postDataJSON(), radius_m: 1 }) }),
    );
    const answer = await search(page);
    if (answer.found) throw new Error('found');
    const text = await page.getByTestId('clear-place-result').innerText();
    expect(text).to.contain(answer.reason).and.to.contain('没有找到').and.to.contain('把范围放大');
    await page.context().close();
  });
});
