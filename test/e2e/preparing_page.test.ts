import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { launch, PHONE, screenshot } from '../support/chromium.ts';
import { ServerProcess } from '../support/server_process.ts';

/** Waits until the server hands out pages, which it does before it can answer. */
async function servesPages(url: string): Promise<void> {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    const response = await fetch(url).catch(() => null);
    if (response?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('no page within 30 s');
}

describe('the page while the server starts for the first time', function () {
  this.timeout(180_000);
  let server: ServerProcess;
  let browser: Browser;
  before(async () => {
    [server, browser] = await Promise.all([ServerProcess.launch(), launch()]);
  });
  after(async () => {
    await browser.close();
    await server.stop();
  });

  it('shows progress and goes on by itself', async () => {
    await servesPages(`${server.url}/`);
    const page = await browser.newPage(PHONE);
    await page.goto(`${server.url}/`);
    await page.getByTestId('preparing').waitFor();
    await screenshot(page, 'preparing_phone');
    await page.getByTestId('village-list').waitFor({ timeout: 120_000 });
    expect(await page.getByTestId('preparing').count()).to.equal(0);
  });
});
