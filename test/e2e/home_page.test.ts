import { expect } from 'chai';
import type { Village, VillageList } from '../../server/contract/index.ts';
import { DESK, PHONE } from '../support/chromium.ts';
import { openPage, pagesUnderTest } from './pages_under_test.ts';

describe('home page', function () {
  this.timeout(120_000);
  before(() => pagesUnderTest());

  it('tells villages of the same name apart by their township', async () => {
    const { page, url } = await openPage(PHONE);
    const { villages } = (await (
      await fetch(`${url}/api/villages?q=${encodeURIComponent('王庄')}&limit=100`)
    ).json()) as VillageList;
    const names = villages.map(({ name }) => name);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    expect(twice, 'a name that stands there twice').not.to.equal(undefined);
    await page.goto(`${url}/`);
    await page.getByTestId('village-search').fill(twice!);
    await page.getByRole('heading', { name: /^找到 \d/ }).waitFor();
    const same = page.locator('.village-list li').filter({ has: page.getByText(twice!, { exact: true }) });
    const rows = await same.allInnerTexts();
    expect(rows.length).to.be.greaterThan(1);
    expect(new Set(rows).size).to.equal(rows.length);
    for (const row of rows) expect(row).to.match(/›.*(镇|乡|街道|处)/);
    await page.context().close();
  });

  it('finds the village where one stands, once asked', async () => {
    const server = (await pagesUnderTest()).server.url;
    const list = (await (await fetch(`${server}/api/villages?limit=1`)).json()) as VillageList;
    const village = (await (
      await fetch(`${server}/api/villages/${list.villages[0]!.code}`)
    ).json()) as Village;
    const [west, south, east, north] = village.bbox!;
    const { page, faults, url } = await openPage({
      ...PHONE,
      permissions: ['geolocation'],
      geolocation: { longitude: (west + east) / 2, latitude: (south + north) / 2, accuracy: 30 },
    });
    await page.goto(`${url}/`);
    await page.getByTestId('near-villages').click();
    await page.getByRole('heading', { name: '您附近的村' }).waitFor();
    const first = page.locator('.village-list a').first();
    expect(await first.getAttribute('href')).to.equal(`/v/${village.code}`);
    await page.getByTestId('village-search').fill('东');
    await page.getByRole('heading', { name: /^找到 \d/ }).waitFor();
    expect(faults).to.deep.equal([]);
    await page.context().close();
  });

  it('says so when it may not know the position, and what to do instead', async () => {
    const { page, url } = await openPage({ ...DESK, permissions: [] });
    await page.goto(`${url}/`);
    await page.getByTestId('near-villages').click();
    await page.waitForFunction(() => document.querySelector('[data-testid=near-failed]')?.textContent !== '');
    expect(await page.getByTestId('near-failed').innerText()).to.include('村名搜索');
    await page.context().close();
  });
});
