import { expect } from 'chai';
import { Geodesic } from 'geographiclib-geodesic';
import type { Page } from 'playwright-core';
import proj4 from 'proj4';
import type { UploadAnswer } from '../../server/contract/index.ts';
import { screenshot } from '../support/chromium.ts';
import { unreachable } from './controls.ts';
import { openPage, pagesUnderTest, sideScroll } from './pages_under_test.ts';
import { aVillage, LAPTOP, NARROW } from './village_under_test.ts';

const SIZE = 0.0002;

/** Four corners around a position, lon, lat. */
const square = ([lon, lat]: [number, number]): [number, number][] => [
  [lon, lat],
  [lon + SIZE, lat],
  [lon + SIZE, lat + SIZE],
  [lon, lat + SIZE],
];

function dms(degrees: number): string {
  const seconds = Math.round(degrees * 360_000) / 100;
  return `${Math.floor(seconds / 3600)}°${Math.floor((seconds % 3600) / 60)}′${(seconds % 60).toFixed(2)}″`;
}

const ZONE_38 =
  '+proj=tmerc +lat_0=0 +lon_0=114 +k=1 +x_0=38500000 +y_0=0 +a=6378137 +rf=298.257222101 +units=m';

async function openTyped(page: Page, url: string): Promise<[number, number]> {
  const { code, middle } = await aVillage(url);
  await page.goto(`${url}/v/${code}`);
  await page.getByTestId('activity-house').click();
  await page.getByTestId('way-typed').click();
  return middle;
}

async function read(page: Page): Promise<UploadAnswer> {
  const answered = page.waitForResponse((r) => r.url().endsWith('/api/uploads'));
  await page.getByTestId('typed-read').click();
  return (await (await answered).json()) as UploadAnswer;
}

const firstCorner = (answer: UploadAnswer) =>
  (answer.features.features[0]!.geometry.coordinates as number[][][])[0]![0]!;
const metres = (a: readonly number[], b: readonly number[]) =>
  Geodesic.WGS84.Inverse(a[1]!, a[0]!, b[1]!, b[0]!).s12!;

for (const [name, options] of [
  ['phone', NARROW],
  ['desk', LAPTOP],
] as const) {
  describe(`typed coordinates on a ${name}`, function () {
    this.timeout(180_000);
    before(() => pagesUnderTest());

    it('are read in degrees, in minutes and seconds, and in a zone, and then checked', async () => {
      const { page, faults, url } = await openPage(options);
      const middle = await openTyped(page, url);
      const box = page.getByTestId('typed-box');
      const corners = square(middle);

      await box.fill(corners.map((corner) => corner.join(' ')).join('\n'));
      await page.getByTestId('typed-read').click();
      await page.getByText('请先选坐标来自哪里').waitFor();
      await page.getByTestId('typed-panel').getByTestId('datum-cgcs2000').check();
      expect(metres(firstCorner(await read(page)), middle)).to.be.lessThan(0.001);

      await box.fill(corners.map(([lon, lat], i) => `J${i + 1} ${dms(lon)} ${dms(lat)}`).join('\n'));
      expect(metres(firstCorner(await read(page)), middle)).to.be.lessThan(0.3);

      const zone = corners.map((corner) =>
        proj4(ZONE_38)
          .forward(corner)
          .map((m) => m.toFixed(3)),
      );
      await box.fill(zone.map(([y, x], i) => `J${i + 1}，${x}，${y}`).join('\n'));
      expect(await page.getByTestId('typed-panel').getByTestId('datum').count()).to.equal(0);
      const answer = await read(page);
      expect(answer.crs.id).to.equal('EPSG:4526');
      expect(metres(firstCorner(answer), middle)).to.be.lessThan(0.01);

      await page.getByTestId('typed-use').waitFor();
      expect(await unreachable(page.getByTestId('typed-panel'))).to.deep.equal([]);
      expect(await sideScroll(page)).to.equal(0);
      await page.evaluate(() => window.scrollTo(0, 0));
      await screenshot(page, `typed_${name}`);
      await page.getByTestId('typed-use').click();
      await page.getByTestId('run-check').click();
      await page.getByTestId('verdict').waitFor();
      expect(faults).to.deep.equal([]);
      await page.context().close();
    });

    it('stay in the box with the faulty line marked, through an error and a reload', async () => {
      const { page, url } = await openPage(options);
      const [lon, lat] = await openTyped(page, url);
      const text = `J1 ${lon} ${lat}\nJ2 ${lon + SIZE} ${lat}\nJ3 ${lon} 95`;
      await page.getByTestId('typed-box').fill(text);
      await page.getByTestId('typed-panel').getByTestId('datum-wgs84').check();
      await read(page);
      await page.getByTestId('failure').waitFor();
      expect(await page.locator('.line-numbers .line-marked').innerText()).to.equal('3');
      await page.getByTestId('to-line').click();
      await screenshot(page, `typed_fault_${name}`);
      const marked = await page.getByTestId('typed-box').evaluate((element) => {
        const area = element as HTMLTextAreaElement;
        return area.value.slice(area.selectionStart, area.selectionEnd);
      });
      expect(marked).to.equal(`J3 ${lon} 95`);
      await page.reload();
      await page.getByTestId('way-typed').click();
      expect(await page.getByTestId('typed-box').inputValue()).to.equal(text);
      expect(await page.getByTestId('typed-panel').getByTestId('datum-wgs84').isChecked()).to.equal(true);
      await page.context().close();
    });
  });
}

describe('where coordinates come from', function () {
  this.timeout(180_000);
  before(() => pagesUnderTest());

  it('moves those of a map app back by 300 to 700 m, typed ones', async () => {
    const { page, url } = await openPage(NARROW);
    const middle = await openTyped(page, url);
    await page.getByTestId('typed-box').fill(
      square(middle)
        .map((corner) => corner.join(','))
        .join('\n'),
    );
    await page.getByTestId('typed-panel').getByTestId('datum-gcj02').check();
    expect(metres(firstCorner(await read(page)), middle)).to.be.within(300, 700);
    await page.context().close();
  });

  it('reads a file that is there already once more, from the page without a village', async () => {
    const { page, url } = await openPage(NARROW);
    const { middle } = await aVillage(url);
    await page.goto(`${url}/check`);
    const text = ['点号,经度,纬度', ...square(middle).map(([x, y], i) => `J${i + 1},${x},${y}`)].join('\n');
    const first = page.waitForResponse((r) => r.url().endsWith('/api/uploads'));
    await page
      .getByTestId('file-input')
      .setInputFiles({ name: 'points.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    const unmoved = firstCorner((await (await first).json()) as UploadAnswer);
    expect(metres(unmoved, middle)).to.be.lessThan(0.001);
    await page.getByTestId('upload-report').waitFor();
    await page.getByTestId('datum-box').click();
    const second = page.waitForResponse((r) => r.url().endsWith('/api/uploads'));
    await page.getByTestId('datum-gcj02').check();
    const moved = firstCorner((await (await second).json()) as UploadAnswer);
    expect(metres(moved, middle)).to.be.within(300, 700);
    await page.context().close();
  });
});
