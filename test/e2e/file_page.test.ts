import { expect } from 'chai';
import type { VillageList } from '../../server/contract/index.ts';
import { DESK, PHONE, screenshot } from '../support/chromium.ts';
import { mapIsIdle, openPage, pagesUnderTest, sideScroll } from './pages_under_test.ts';
import { aVillage } from './village_under_test.ts';

/** Two parcels as a survey office writes them, made up for this test; zone 38, X is north. */
const TXT = [
  '[属性描述]',
  '坐标系=2000国家大地坐标系',
  '几度分带=3',
  '带号=38',
  '[地块坐标]',
  '5,0.3630,1,甲地块,面,,设施农用地,1202,@',
  'J1,1,3898960.500,38431000.000',
  'J2,1,3898960.500,38431060.000',
  'J3,1,3898900.000,38431060.000',
  'J4,1,3898900.000,38431000.000',
  'J1,1,3898960.500,38431000.000',
  '5,0.1000,2,乙地块,面,,,,@',
  'J1,1,3899100.000,38431100.000',
  'J2,1,3899100.000,38431140.000',
  'J3,1,3899075.000,38431140.000',
  'J4,1,3899075.000,38431100.000',
  'J1,1,3899100.000,38431100.000',
].join('\r\n');
const file = { name: '界址点.txt', mimeType: 'text/plain', buffer: Buffer.from(TXT, 'utf8') };

for (const [name, options] of [
  ['phone', PHONE],
  ['desk', DESK],
] as const) {
  describe(`file page on a ${name}`, function () {
    this.timeout(120_000);
    before(() => pagesUnderTest());

    it('shows what was read, and gives each parcel its verdict', async () => {
      const { page, faults, url } = await openPage(options);
      await page.goto(`${url}/check`);
      await page.getByTestId('file-input').setInputFiles(file);
      const report = page.getByTestId('upload-report');
      await report.waitFor();
      expect(await report.innerText()).to.contain('EPSG:4526');
      const shapes = page.getByTestId('shape-list').getByRole('listitem');
      expect(await shapes.count()).to.equal(2);
      expect(await shapes.nth(0).innerText())
        .to.contain('甲地块')
        .and.to.contain('3,629.57');
      await mapIsIdle(page);
      expect(await sideScroll(page)).to.equal(0);
      await page.getByTestId('activity-pond').click();
      await page.getByTestId('run-check').click();
      await page.locator('[data-testid^=result-]').nth(1).waitFor();
      const rows = page.locator('[data-testid^=result-]');
      expect(await rows.count()).to.equal(2);
      await page.waitForFunction(() => document.querySelectorAll('[data-testid=verdict]').length === 2);
      for (const row of await rows.all()) {
        expect(await row.locator('summary').first().innerText()).to.match(
          /[\d,]+\.\d\d\s*m²[\s·]*[\d,.]+\s*亩\s+这块地/,
        );
      }
      await rows.first().click();
      expect(await page.getByTestId('headline').first().isVisible()).to.equal(true);
      await screenshot(page, `file_${name}`);
      expect(faults).to.deep.equal([]);
      await page.context().close();
    });
  });
}

describe('a file that was read before', function () {
  this.timeout(120_000);
  before(() => pagesUnderTest());
  const none = { ...file, name: '坏文件.txt', buffer: Buffer.from('不是坐标') };

  it('does not pass for one that is refused, and goes when it is told to', async () => {
    const { page, url } = await openPage(PHONE);
    await page.goto(`${url}/check`);
    await page.getByTestId('file-input').setInputFiles(file);
    await page.getByTestId('shape-list').waitFor();
    await page.getByTestId('file-input').setInputFiles(none);
    const failure = page.getByTestId('upload-failure');
    await failure.waitFor();
    expect(await failure.innerText()).to.include('坏文件.txt');
    const box = (await failure.boundingBox())!;
    expect(box.y, 'in view').to.be.within(-box.height / 2, PHONE.viewport!.height - box.height / 2);
    expect(await page.getByTestId('shape-list').count()).to.equal(0);
    await page.getByTestId('file-input').setInputFiles(file);
    await page.getByTestId('shape-list').waitFor();
    expect(await failure.count()).to.equal(0);
    await page.getByTestId('clear-file').click();
    expect(await page.getByTestId('shape-list').count()).to.equal(0);
    await page.context().close();
  });

  it('is there after a reload, can be cleared, and is forgotten at home', async () => {
    const { page, url } = await openPage(PHONE);
    await page.goto(`${url}/check`);
    await page.getByTestId('file-input').setInputFiles(file);
    await page.getByTestId('shape-list').waitFor();
    expect(await page.getByTestId('restored').count()).to.equal(0);
    await page.reload();
    await page.getByTestId('restored').waitFor();
    await page.getByTestId('start-anew').click();
    expect(await page.getByTestId('shape-list').count()).to.equal(0);
    await page.getByTestId('file-input').setInputFiles(file);
    await page.getByTestId('shape-list').waitFor();
    await page.getByRole('link', { name: '回到首页' }).click();
    await page.getByTestId('to-file-check').click();
    await page.getByTestId('file-input').waitFor({ state: 'attached' });
    expect(await page.getByTestId('shape-list').count()).to.equal(0);
    await page.context().close();
  });

  it('is said to lie elsewhere on another village’s page, and taken along to where it lies', async () => {
    const { page, faults, url } = await openPage(PHONE);
    const list = (await (await fetch(`${url}/api/villages?limit=30`)).json()) as VillageList;
    const here = await aVillage(url);
    const next = list.villages.findLast(({ has_land }) => has_land);
    const [lon, lat] = here.middle;
    const ring = [
      [lon, lat],
      [lon + 0.0002, lat],
      [lon, lat + 0.0002],
      [lon, lat],
    ];
    const plot = {
      name: '地块.geojson',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify({ type: 'Polygon', coordinates: [ring] })),
    };
    await page.goto(`${url}/v/${next!.code}`);
    await mapIsIdle(page);
    await page.getByTestId('file-input').setInputFiles(plot);
    await page.getByTestId('elsewhere').waitFor();
    await page.getByTestId('open-elsewhere').click();
    await page.waitForURL(`${url}/v/${here.code}`);
    await page.getByTestId('shape-list').getByRole('listitem').first().waitFor();
    expect(await page.getByTestId('shape-list').getByRole('listitem').count()).to.equal(1);
    expect(await page.getByTestId('elsewhere').count()).to.equal(0);
    expect(faults).to.deep.equal([]);
    await page.context().close();
  });
});

describe('file page with a file that is none', function () {
  this.timeout(120_000);
  before(() => pagesUnderTest());

  it('says what is wrong and takes the next file', async () => {
    const { page, url } = await openPage(DESK);
    await page.goto(`${url}/check`);
    await page.getByTestId('file-input').setInputFiles({ ...file, buffer: Buffer.from('不是坐标') });
    await page.getByTestId('failure').waitFor();
    await page.getByTestId('file-input').setInputFiles(file);
    await page.getByTestId('upload-report').waitFor();
    expect(await page.getByTestId('failure').count()).to.equal(0);
    await page.context().close();
  });
});
