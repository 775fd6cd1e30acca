import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Download, Page } from 'playwright-core';
import type { BatchList, OverlayAnswer } from '../../server/contract/index.ts';
import { axeFaults } from '../support/axe.ts';
import { DESK, screenshot } from '../support/chromium.ts';
import { type FlaggedBatch, flaggedBatch, flaggedName } from './inspector_batch.ts';
import { mapIsIdle, openPage, pagesUnderTest, sideScroll } from './pages_under_test.ts';
import { NARROW } from './village_under_test.ts';

const COUNTY = '410821';
const COUNT = 500;
const PROTECTED = 'permanent_basic_farmland';
const DONE_MS = 120_000;

/** Square metres that a cell shows; what is not an area (a status in words) counts as none. */
const areaOf = (text: string): number => Number(/^([\d,]+\.\d\d)/.exec(text)?.[1]?.replaceAll(',', '') ?? 0);

/** The first area of each row, and the rows' numbers in the file. */
function rows(page: Page): Promise<{ index: number; text: string; first: string }[]> {
  return page.getByTestId('item').evaluateAll((all) =>
    all.map((row) => ({
      index: Number(row.getAttribute('data-index')),
      text: row.textContent ?? '',
      first: row.querySelector('[data-testid=item-first] > div')?.textContent ?? '',
    })),
  );
}

async function listed(page: Page, url: string): Promise<BatchList> {
  return (await (await page.request.get(`${url}/api/overlay-batches`)).json()) as BatchList;
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.request.post(`${url}/api/sessions`, { data: { demonstration_login: 'demo.inspector' } });
}

async function send(page: Page, batch: FlaggedBatch, name: string): Promise<void> {
  await page
    .getByTestId('batch-file')
    .setInputFiles({ name, mimeType: 'application/zip', buffer: batch.zip });
  await page.getByTestId('new-batch').waitFor();
}

const textOf = async (download: Download): Promise<string> => readFile(await download.path(), 'utf8');

describe('an inspector and a month of flagged shapes', function () {
  this.timeout(240_000);
  let batch: FlaggedBatch;
  let page: Page;
  let faults: string[];
  let url: string;
  let address: string;

  before(async () => {
    const { server } = await pagesUnderTest();
    batch = await flaggedBatch(server.url, COUNTY, COUNT);
    ({ page, faults, url } = await openPage(DESK));
  });
  after(() => page.context().close());

  it('is led to sign in and back, and taught what file is expected', async () => {
    await page.goto(`${url}/inspector`);
    await page.getByTestId('try-demo.inspector').click();
    await page.waitForURL(`${url}/inspector`);
    await page.getByTestId('empty').waitFor();
    expect(await page.getByTestId('expected-file').innerText())
      .to.include('Shapefile')
      .and.include('GeoPackage');
    expect(await axeFaults(page)).to.deep.equal([]);
    await screenshot(page, 'inspector_empty_desk');
  });

  it('sends the file once, however often the button is pressed', async () => {
    await send(page, batch, '2026年11月 疑似图斑.zip');
    expect(await page.getByTestId('batch-title').inputValue()).to.equal('2026年11月 疑似图斑');
    await page.getByTestId('send-batch').dblclick();
    await page.waitForURL(/\/inspector\/\d+$/, { timeout: DONE_MS });
    address = page.url();
    const { batches } = await listed(page, url);
    expect(batches.map(({ title }) => title)).to.deep.equal(['2026年11月 疑似图斑']);
  });

  it('sees 497 results and three remarks, each with its name, and nothing lost', async () => {
    await page.waitForSelector('[data-testid=batch-progress][data-status=succeeded]', { timeout: DONE_MS });
    expect(await page.getByTestId('count-shapes').innerText()).to.equal('497');
    expect(await page.getByTestId('count-remarks').innerText()).to.equal('3');
    const remarks = await page.getByTestId('remark').allInnerTexts();
    expect(remarks).to.have.length(3);
    for (const [index, name] of batch.broken) {
      expect(
        remarks.filter((text) => text.includes(name) || text.includes(`图斑 ${index}`)),
        name,
      ).to.have.length(1);
    }
    await page.waitForSelector(`[data-testid=items-total][data-total="${COUNT}"]`);
    await page.getByTestId('items-status').selectOption('remark');
    await page.waitForSelector('[data-testid=items-total][data-total="3"]');
    expect((await rows(page)).map(({ index }) => index)).to.have.members([...batch.broken.keys()]);
    await page.getByTestId('items-status').selectOption('');
    await page.waitForSelector(`[data-testid=items-total][data-total="${COUNT}"]`);
  });

  it('finds them sorted by the protected area that a single overlay of each gives, over all pages', async () => {
    const areas: number[] = [];
    const seen = new Set<number>();
    for (;;) {
      const shown = await rows(page);
      for (const { index, first } of shown) {
        areas.push(areaOf(first));
        seen.add(index);
      }
      const next = page.getByTestId('pager-next');
      if (await next.isDisabled()) break;
      const before = shown[0]!.index;
      await next.click();
      await page.waitForFunction(
        (was) => document.querySelector('[data-testid=item]')?.getAttribute('data-index') !== String(was),
        before,
      );
    }
    expect(seen.size).to.equal(COUNT);
    expect(areas).to.deep.equal([...areas].sort((a, b) => b - a));
    expect(areas[0]).to.be.greaterThan(0);
    await page.goto(address);
    await page.getByTestId('item').first().waitFor();
    const me = (await (await page.request.get(`${url}/api/me`)).json()) as { csrf_token: string };
    for (const { index, first } of (await rows(page)).slice(0, 3)) {
      const response = await page.request.post(`${url}/api/overlays`, {
        headers: { 'x-csrf-token': me.csrf_token },
        data: { geometry: { type: 'Polygon', coordinates: [batch.rings.get(index)] } },
      });
      const answer = (await response.json()) as OverlayAnswer;
      const alone = answer.layers.find(({ layer }) => layer === PROTECTED)!;
      expect(areaOf(first), flaggedName(index)).to.be.closeTo(alone.area_m2, 0.01);
    }
    await mapIsIdle(page);
    await screenshot(page, 'inspector_batch_desk');
  });

  it('filters by township, and opens one: every layer, its attributes, the next and the one before by keyboard', async () => {
    const option = page.getByTestId('items-township').locator('option').nth(1);
    const [, name, count] = /^(.+)（(\d+)）$/.exec(await option.innerText())!;
    await page.getByTestId('items-township').selectOption((await option.getAttribute('value'))!);
    await page.waitForSelector(`[data-testid=items-total][data-total="${count}"]`);
    const shown = await rows(page);
    for (const { text } of shown) expect(text).to.include(name);

    await page.getByTestId('item').first().getByRole('link').click();
    const head = page.getByTestId('item-head');
    await head.waitFor();
    expect(Number(await head.getAttribute('data-index'))).to.equal(shown[0]!.index);
    expect(await page.getByTestId('item-layers').locator('> li').count()).to.be.greaterThan(10);
    expect(await page.getByTestId(`layer-${PROTECTED}`).innerText())
      .to.include('亩')
      .and.include('起计入');
    await head.locator('summary').click();
    expect(await page.getByTestId('item-attributes').innerText()).to.include('TBBH');
    await mapIsIdle(page);
    await screenshot(page, 'inspector_item_desk');

    await page.getByTestId('item-after').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.waitForSelector(`[data-testid=item-head][data-index="${shown[1]!.index}"]`);
    await page.getByTestId('item-before').waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.waitForSelector(`[data-testid=item-head][data-index="${shown[0]!.index}"]`);
  });

  it('taps the shape on the map and finds its row lit in the list, where the focus comes back', async () => {
    const { index } = { index: Number(await page.getByTestId('item-head').getAttribute('data-index')) };
    await mapIsIdle(page);
    const box = (await page.getByTestId('map').boundingBox())!;
    // where the map puts what it fits: the buttons on the right are left free
    await page.mouse.click(box.x + (28 + box.width - 76) / 2, box.y + box.height / 2);
    await page.mouse.move(10, 10);
    await page.keyboard.press('Escape');
    const row = page.locator(`[data-testid=item][data-index="${index}"]`);
    await row.waitFor();
    expect(await row.getAttribute('class')).to.include('is-lit');
    expect(await row.evaluate((tr) => tr.contains(document.activeElement))).to.equal(true);
    await page.mouse.move(box.x + 5, box.y + 5);
    await page.getByTestId('tapped').waitFor();
    const other = page.getByTestId('item').nth(1);
    await other.hover();
    expect(await other.getAttribute('class')).to.include('is-lit');
  });

  it('takes the results along as GeoJSON and CSV, the broken ones among them', async () => {
    const [geojson] = await Promise.all([
      page.waitForEvent('download'),
      page.getByTestId('export-geojson').click(),
    ]);
    const { features } = JSON.parse(await textOf(geojson)) as {
      features: { geometry: unknown; properties: { status: string } }[];
    };
    expect(features).to.have.length(COUNT);
    expect(features.filter(({ properties }) => properties.status !== 'remark')).to.have.length(497);
    expect(features.filter(({ geometry }) => geometry !== null)).to.have.length(497);
    const [csv] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-csv').click()]);
    expect((await textOf(csv)).trimEnd().split(/\r?\n/)).to.have.length(COUNT + 1);
    expect(faults).to.deep.equal([]);
  });

  it('has no fault that axe knows, in both languages, large type, desk and phone; a phone shows the list first', async () => {
    const opened = await openPage(NARROW);
    await signIn(opened.page, url);
    for (const each of [page, opened.page]) {
      for (const path of [`${url}/inspector`, address, `${address}/1`, `${address}/100`]) {
        await each.goto(path);
        await each
          .locator('[data-testid=batches], [data-testid=item], [data-testid=item-head]')
          .first()
          .waitFor();
        expect(await axeFaults(each), `${path} zh`).to.deep.equal([]);
        expect(await sideScroll(each), path).to.equal(0);
        await each.getByTestId('language').click();
        await each.locator('html[lang=en]').waitFor();
        await each.getByTestId('large-type').click();
        await each.waitForTimeout(300);
        expect(await axeFaults(each), `${path} en, large`).to.deep.equal([]);
        expect(await sideScroll(each), `${path} en, large`).to.equal(0);
        await each.getByTestId('large-type').click();
        await each.getByTestId('language').click();
        await each.locator('html[lang=zh-CN]').waitFor();
      }
    }
    await opened.page.goto(address);
    await opened.page.getByTestId('item').first().waitFor();
    expect(await opened.page.getByTestId('map').count()).to.equal(0);
    await screenshot(opened.page, 'inspector_batch_phone');
    await opened.page.getByTestId('tab-map').click();
    await mapIsIdle(opened.page);
    await opened.page.getByTestId('tab-map').scrollIntoViewIfNeeded();
    await screenshot(opened.page, 'inspector_map_phone');
    expect(opened.faults).to.deep.equal([]);
    await opened.page.context().close();
  });

  it('tries again after a lost answer without making a second batch, and deletes one by typing a word', async () => {
    await page.goto(`${url}/inspector`);
    const few = await flaggedBatch(url, COUNTY, 300);
    await send(page, few, '丢了回复.zip');
    await page.route(
      '**/api/overlay-batches',
      async (route) => {
        await route.fetch();
        await route.abort('connectionreset');
      },
      { times: 1 },
    );
    await page.getByTestId('send-batch').click();
    await page.getByTestId('batch-failed').waitFor();
    await page.getByTestId('batch-failed').getByTestId('retry').click();
    await page.waitForURL(/\/inspector\/\d+$/, { timeout: DONE_MS });
    const { batches } = await listed(page, url);
    expect(batches.filter(({ title }) => title === '丢了回复')).to.have.length(1);

    await page.waitForSelector('[data-testid=batch-progress][data-status=succeeded]', { timeout: DONE_MS });
    const id = /(\d+)$/.exec(page.url())![1]!;
    await page.getByTestId('delete-batch').click();
    expect(await page.getByTestId('confirm-yes').isDisabled()).to.equal(true);
    await page.getByTestId('confirm-typed').fill('删除');
    await page.getByTestId('confirm-yes').click();
    await page.waitForURL(`${url}/inspector`);
    expect((await page.request.get(`${url}/api/overlay-batches/${id}`)).status()).to.equal(404);
  });
});
