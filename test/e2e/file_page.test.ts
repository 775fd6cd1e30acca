import { expect } from 'chai';
import { DESK, PHONE, screenshot } from '../support/chromium.ts';
import { mapIsIdle, openPage, pagesUnderTest, sideScroll } from './pages_under_test.ts';

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
      await page.getByTestId('activity-house').click();
      await page.getByTestId('run-check').click();
      await page.locator('[data-testid^=result-]').nth(1).waitFor();
      const rows = page.locator('[data-testid^=result-]');
      expect(await rows.count()).to.equal(2);
      await page.waitForFunction(() => document.querySelectorAll('[data-testid=verdict]').length === 2);
      await rows.first().click();
      expect(await page.getByTestId('headline').first().isVisible()).to.equal(true);
      await screenshot(page, `file_${name}`);
      expect(faults).to.deep.equal([]);
      await page.context().close();
    });
  });
}

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
