import type { BrowserContextOptions, Page } from 'playwright-core';
import type { VillageList } from '../../server/contract/index.ts';
import { parseCrs, toZone } from '../../server/geometry/index.ts';
import { openPage } from './pages_under_test.ts';
import { insideZone } from './village_under_test.ts';

const COUNTY = '410821';

/** A surveyor's boundary points of two parcels on the demonstration land, one of them on permanent basic farmland. */
export async function twoParcels(url: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const list = (await (await fetch(`${url}/api/villages?parent=${COUNTY}&limit=2`)).json()) as VillageList;
  const { zone } = parseCrs('EPSG:4526');
  const lines = ['[属性描述]', '坐标系=2000国家大地坐标系', '几度分带=3', '投影类型=高斯克吕格'];
  lines.push('计量单位=米', '带号=38', '精度=0.001', '转换参数=,,,,,,', '[地块坐标]');
  const wanted = [
    { layer: 'permanent_basic_farmland', name: '粮库', half: 60 },
    { layer: 'land_use', name: '卫生室', half: 35 },
  ];
  for (const [i, { layer, name, half }] of wanted.entries()) {
    const [easting, northing] = toZone(zone!, ...(await insideZone(url, list.villages[i]!.code, layer)));
    lines.push(`5,1,${i + 1},${name},面,,,,@`);
    const corners = [
      [half, -half],
      [half, half],
      [-half, half * 1.3],
      [-half, -half],
      [half, -half],
    ];
    corners.forEach(([up, right], k) => {
      lines.push(`J${(k % 4) + 1},1,${(northing + up!).toFixed(3)},${(easting + right!).toFixed(3)}`);
    });
  }
  return { name: '勘测.txt', mimeType: 'text/plain', buffer: Buffer.from(lines.join('\r\n')) };
}

/** The planner's page, signed in as the county's made-up planner. */
export async function planner(
  options: BrowserContextOptions,
): Promise<{ page: Page; faults: string[]; url: string }> {
  const opened = await openPage({ acceptDownloads: true, ...options });
  await opened.page
    .context()
    .request.post(`${opened.url}/api/sessions`, { data: { demonstration_login: 'demo.planner' } });
  await opened.page.goto(`${opened.url}/planner`);
  await opened.page.getByTestId('file-input').waitFor({ state: 'attached', timeout: 60_000 });
  return opened;
}

/** Uploads the two parcels and has them computed for a house. */
export async function computed(page: Page, url: string): Promise<void> {
  await page.getByTestId('file-input').setInputFiles(await twoParcels(url));
  await page.getByTestId('parcel-table').waitFor();
  await page.getByTestId('proposal-activity').selectOption('house');
  await page.getByTestId('run-overlays').click();
  await page.getByTestId('run-status').getByText('2 个地块都算好了').waitFor({ timeout: 60_000 });
  await page.getByTestId('cross-total').waitFor();
}

/** The figures of a row: what it shows after its name. */
export async function figures(page: Page, testId: string): Promise<number[]> {
  const cells = await page.getByTestId(testId).locator('td.figure-cell').allInnerTexts();
  return cells.map((text) => Number(text.replaceAll(',', '')));
}
