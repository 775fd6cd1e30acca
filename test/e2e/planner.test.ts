import { expect } from 'chai';
import ExcelJS from 'exceljs';
import { axeFaults } from '../support/axe.ts';
import { DESK, screenshot } from '../support/chromium.ts';
import { mapIsIdle, openPage, pagesUnderTest, sideScroll } from './pages_under_test.ts';
import { computed, figures, planner, twoParcels } from './planner_under_test.ts';
import { NARROW } from './village_under_test.ts';

const shown = (cell: ExcelJS.CellValue): unknown =>
  cell !== null && typeof cell === 'object' && 'result' in cell ? cell.result : cell;

describe('the planner’s page', function () {
  this.timeout(180_000);
  before(() => pagesUnderTest());

  it('leads a surveyor’s two parcels to an Excel whose sums are those of the page', async () => {
    const { page, faults, url } = await planner(DESK);
    expect(await page.getByTestId('planner-empty').innerText()).to.include('从这里开始');
    await page.waitForTimeout(2000);
    await screenshot(page, 'planner_empty_desk');
    await computed(page, url);
    expect(await page.getByTestId('run-status').innerText()).to.include('2 个地块都算好了');
    expect(await page.getByTestId('demo-notice').count()).to.equal(1);
    const first = page.getByTestId('conflicts').locator('.conflict-item').first();
    expect(await first.innerText())
      .to.include('永久基本农田')
      .and.include('可能踩线')
      .and.match(/第.+条/)
      .and.include('自然资源');
    expect(await page.getByTestId('basis').innerText()).to.include('最小计入面积');

    const parcels = await figures(page, 'parcel-total');
    const land = await figures(page, 'land-table-total');
    const villages = await figures(page, 'village-table-total');
    const cross = await figures(page, 'cross-total');
    expect(land.slice(0, 3)).to.deep.equal(parcels);
    expect(villages[0]).to.equal(parcels[0]);
    expect(cross[0]).to.equal(parcels[0]);
    // each column adds up to the cent
    const rows = await page.getByTestId('land-table').locator('tbody tr').all();
    const columns = await Promise.all(rows.map((row) => row.locator('td.figure-cell').allInnerTexts()));
    for (const [i, total] of land.entries())
      expect(
        columns.reduce((sum, row) => sum + Number(row[i]!.replaceAll(',', '')), 0),
        `column ${i}`,
      ).to.be.closeTo(total, 1e-6);

    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 60_000 }),
      page.getByTestId('download-xlsx').click(),
    ]);
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(await download.path());
    const lastOf = (sheet: string, label: RegExp): unknown[] => {
      let found: unknown[] = [];
      book.getWorksheet(sheet)!.eachRow((row) => {
        const cells = (row.values as ExcelJS.CellValue[]).slice(1);
        if (label.test(String(cells[0])) && found.length === 0) found = cells.map(shown);
      });
      return found;
    };
    expect(lastOf('汇总', /^合计$/).slice(2, 5)).to.deep.equal(parcels);
    expect(lastOf('地类', /^合计$/).slice(2, 7)).to.deep.equal(land);
    expect(lastOf('交叉表', /^小计：永久基本农田/).slice(8, 11)).to.deep.equal(cross);
    expect(faults).to.deep.equal([]);
    await page.context().close();
  });

  it('lets rows and map light each other up', async () => {
    const { page, url } = await planner(DESK);
    await computed(page, url);
    await mapIsIdle(page);
    await page.waitForTimeout(1500);
    const map = page.getByTestId('map');
    const seen = async () => (await map.screenshot()).toString('base64');
    await page.mouse.move(5, 5);
    const before = await seen();
    const rows = page.getByTestId('parcel-table').locator('tbody tr');
    await rows.first().hover();
    await page.waitForTimeout(500);
    expect(await seen()).not.to.equal(before);
    await page.mouse.move(5, 5);
    // the second parcel in the middle of the map, then a tap beside it and one on it
    await rows.nth(1).getByRole('button').first().click();
    await page.waitForTimeout(1500);
    await mapIsIdle(page);
    const box = (await map.boundingBox())!;
    await page.mouse.click(box.x + 20, box.y + box.height - 80);
    await page.waitForFunction(() => document.querySelector('tr.is-lit') === null);
    await page.getByTestId('basis').scrollIntoViewIfNeeded();
    await page.mouse.click(box.x + (box.width - 48) / 2, box.y + box.height / 2);
    await page.waitForFunction(
      () => document.querySelectorAll('[data-testid=parcel-table] tbody tr.is-lit').length === 1,
    );
    expect(await rows.nth(1).getAttribute('class')).to.equal('is-lit');
    await page.waitForTimeout(500);
    const row = (await rows.nth(1).boundingBox())!;
    expect(row.y).to.be.within(0, DESK.viewport!.height);
    await screenshot(page, 'planner_lit_desk');
    await page.context().close();
  });

  it('puts the light of a row out when the row goes, and computes nothing while something is filled in wrongly', async () => {
    const { page, url } = await planner(DESK);
    await computed(page, url);
    await mapIsIdle(page);
    await page.waitForTimeout(1500);
    const map = page.getByTestId('map');
    const seen = async () => (await map.screenshot()).toString('base64');
    const row = page.getByTestId('land-table').locator('tbody tr').first();
    await row.hover();
    await page.waitForTimeout(500);
    const lit = await seen();
    // the mouse stays where it is: the results go from under it
    await page.getByTestId('proposal-day').fill('2099-01-01');
    await row.waitFor({ state: 'detached' });
    await page.waitForTimeout(500);
    const left = await seen();
    expect(left).not.to.equal(lit);
    // nothing is lit: a row that is entered and left again leaves the map as it was
    await page.getByTestId('parcel-table').locator('tbody tr').first().hover();
    await page.mouse.move(5, 5);
    await page.waitForTimeout(500);
    expect(await seen()).to.equal(left);
    expect(await page.getByTestId('proposal-day').getAttribute('aria-invalid')).to.equal('true');
    expect(await page.getByTestId('run-overlays').isDisabled()).to.equal(true);
    await page.getByTestId('proposal-day').fill('');
    const accuracy = page.getByTestId('proposal-accuracy');
    for (const wrong of ['-5', '2000']) {
      await accuracy.fill(wrong);
      expect(await accuracy.inputValue()).to.equal(wrong);
      expect(await accuracy.getAttribute('aria-invalid')).to.equal('true');
      expect(await page.getByTestId('run-overlays').isDisabled()).to.equal(true);
      expect(await page.getByTestId('planner-results').count()).to.equal(0);
    }
    await accuracy.fill('');
    await accuracy.pressSequentially('0.5');
    expect(await accuracy.inputValue()).to.equal('0.5');
    expect(await page.getByTestId('run-overlays').isDisabled()).to.equal(false);
    await page.context().close();
  });

  it('says before all results that a parcel lies outside all data, and tells parcels of one name apart', async () => {
    const { page, url } = await planner(DESK);
    const file = await twoParcels(url);
    await page.getByTestId('file-input').setInputFiles(file);
    await page.getByTestId('parcel-name').nth(1).waitFor();
    // the same parcels some 80 km farther north
    const north = file.buffer
      .toString()
      .replaceAll(/^(J\d,1,\d\d)(\d)/gm, (_, head, digit) => `${head}${(Number(digit) + 8) % 10}`);
    await page.getByTestId('file-input').setInputFiles({ ...file, buffer: Buffer.from(north) });
    await page.getByTestId('parcel-name').nth(3).waitFor();
    const names = await page
      .getByTestId('parcel-name')
      .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
    expect(names).to.deep.equal(['粮库', '卫生室', '粮库（2）', '卫生室（2）']);
    await page.getByTestId('run-overlays').click();
    await page.getByTestId('run-status').getByText('2 个地块算好了；另有 2 个').waitFor({ timeout: 60_000 });
    const notice = await page.getByTestId('without-data').innerText();
    expect(notice).to.include('粮库（2）').and.include('卫生室（2）').and.include('不能当作没有冲突');
    await page.getByTestId('clear-proposal').click();
    expect(await page.locator('.planner-report').count()).to.equal(0);
    await page.context().close();
  });

  it('gives the whole of a phone’s screen to drawing, and computes what was drawn by taps', async () => {
    const { page, url } = await planner(NARROW);
    await page.getByTestId('file-input').setInputFiles(await twoParcels(url));
    await page.getByTestId('parcel-table').waitFor();
    await mapIsIdle(page);
    await page.waitForTimeout(1000);
    await page.getByTestId('start-drawing').click();
    const bar = page.getByTestId('draw-bar');
    await bar.waitFor();
    await page.waitForTimeout(1000);
    const map = (await page.getByTestId('map').boundingBox())!;
    const { height, width } = NARROW.viewport!;
    expect(map.height).to.be.at.least(height / 2);
    const foot = (await bar.boundingBox())!;
    expect(foot.y, 'the map stays free above the buttons').to.be.at.least(height / 2);
    expect(foot.y + foot.height).to.be.at.most(height + 1);
    for (let tries = 0; tries < 3 && (await bar.getAttribute('data-phase')) === 'approach'; tries += 1) {
      await page.getByTestId('draw-approach').click();
      await page.waitForTimeout(2000);
    }
    for (const [dx, dy] of [
      [-60, -60],
      [60, -60],
      [60, 60],
      [-60, 60],
    ] as const)
      await page.touchscreen
        .tap(width / 2 + dx, map.y + foot.y / 2 + dy)
        .then(() => page.waitForTimeout(400));
    await screenshot(page, 'planner_drawing_phone');
    await page.getByTestId('draw-finish').click();
    await page.getByTestId('draw-use').click();
    await page.getByTestId('parcel-name').nth(2).waitFor();
    await page.getByTestId('run-overlays').click();
    await page.getByTestId('run-status').getByText('3 个地块都算好了').waitFor({ timeout: 60_000 });
    await page.context().close();
  });

  it('keeps parcels, names and answers over a reload, and gives back what was removed', async () => {
    const { page, url } = await planner(NARROW);
    await computed(page, url);
    await page.getByTestId('parcel-name').first().fill('新粮库');
    await page.getByTestId('proposal-title').fill('二〇二六年第一批');
    await page.waitForTimeout(600);
    const total = await figures(page, 'parcel-total');
    await page.reload();
    await page.getByTestId('cross-total').waitFor({ timeout: 60_000 });
    expect(await page.getByTestId('parcel-name').first().inputValue()).to.equal('新粮库');
    expect(await page.getByTestId('proposal-title').inputValue()).to.equal('二〇二六年第一批');
    expect(await figures(page, 'parcel-total')).to.deep.equal(total);
    await page.getByTestId('remove-parcel').first().click();
    expect(await page.getByTestId('parcel-name').count()).to.equal(1);
    await page.getByTestId('undo-step').click();
    expect(await page.getByTestId('parcel-name').count()).to.equal(2);
    expect(await figures(page, 'parcel-total')).to.deep.equal(total);
    await page.context().close();
  });

  it('says which parcels overlap, and computes for an earlier day', async () => {
    const { page, url } = await planner(DESK);
    const file = await twoParcels(url);
    await page.getByTestId('file-input').setInputFiles(file);
    await page.getByTestId('parcel-table').waitFor();
    expect(await page.getByTestId('overlaps').count()).to.equal(0);
    await page.getByTestId('file-input').setInputFiles(file);
    await page.getByTestId('overlaps').waitFor();
    expect(await page.getByTestId('overlaps').locator('li').count()).to.equal(2);
    expect(await page.getByTestId('overlaps').innerText()).to.include('估算');
    await page.getByTestId('undo-step').click();
    await page.getByTestId('proposal-day').fill('1999-12-31');
    await page.getByTestId('run-overlays').click();
    await page.getByTestId('unanswered').waitFor({ timeout: 60_000 });
    expect(await page.getByTestId('unanswered').innerText()).to.include('不等于没有冲突');
    expect(await page.getByTestId('basis').innerText()).to.include('1999-12-31');
    await page.context().close();
  });

  it('tells which parcel the server refuses and why, and computes the others', async () => {
    const { page, url } = await planner(DESK);
    await page.route('**/api/overlays', async (route) => {
      const body = JSON.parse(route.request().postData()!) as { geometry: { coordinates: number[][][] } };
      const [a, b, c, d] = body.geometry.coordinates[0]!;
      // the second parcel is knotted on its way
      if (body.geometry.coordinates[0]!.length === 5 && knotted) {
        knotted = false;
        body.geometry.coordinates[0] = [a!, c!, b!, d!, a!];
      }
      await route.continue({ postData: JSON.stringify(body) });
    });
    let knotted = true;
    await page.getByTestId('file-input').setInputFiles(await twoParcels(url));
    await page.getByTestId('run-overlays').click();
    await page.getByTestId('parcel-refused').waitFor({ timeout: 60_000 });
    await page.getByTestId('partial').waitFor();
    expect(await page.getByTestId('parcel-refused').innerText()).to.match(/粮库|卫生室/);
    expect(await page.getByTestId('state-refused').count()).to.equal(1);
    expect(await page.getByTestId('state-answered').count()).to.equal(1);
    await page.getByTestId('run-overlays').click();
    await page.getByTestId('run-status').getByText('2 个地块都算好了').waitFor();
    expect(await page.getByTestId('parcel-refused').count()).to.equal(0);
    expect(await page.getByTestId('state-answered').count()).to.equal(2);
    await page.context().close();
  });

  it('has no fault that axe knows, and never scrolls sideways', async () => {
    const { page, url } = await planner({ ...DESK, viewport: { width: 1366, height: 768 } });
    await computed(page, url);
    expect(await axeFaults(page), 'Chinese').to.deep.equal([]);
    await page.getByTestId('language').click();
    await page.waitForFunction(() => document.documentElement.lang === 'en');
    await page.getByText('All parcels are computed: 2.').waitFor({ timeout: 60_000 });
    expect(await axeFaults(page), 'English').to.deep.equal([]);
    const han = await page.getByTestId('conflicts').locator('.conflict-rule').allInnerTexts();
    expect(han.filter((text) => /\p{Script=Han}/u.test(text))).to.deep.equal([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await sideScroll(page), '360 px').to.be.at.most(0);
    expect(await axeFaults(page), 'phone').to.deep.equal([]);
    await page.getByTestId('large-type').click();
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await sideScroll(page), '320 px, large').to.be.at.most(0);
    for (const part of ['parcel-table', 'conflicts', 'cross', 'basis']) {
      await page.setViewportSize({ width: 360, height: 740 });
      await page.getByTestId(part).evaluate((element) => element.scrollIntoView({ block: 'start' }));
      await screenshot(page, `planner_${part}_phone`);
    }
    await page.context().close();
  });

  it('is for those who may overlay: others sign in first, or are told whom to ask', async () => {
    const { page, url } = await openPage(DESK);
    await page.goto(`${url}/planner`);
    await page.waitForURL(/\/sign-in\?next=%2Fplanner/);
    await page.getByTestId('try-demo.leader').click();
    await page.getByTestId('forbidden').waitFor();
    await page.context().close();
  });
});
