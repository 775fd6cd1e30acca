import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launch } from '../support/chromium.ts';
import { ServerProcess } from '../support/server_process.ts';

let started: Promise<{ server: ServerProcess; browser: Browser }> | null = null;

async function start(): Promise<{ server: ServerProcess; browser: Browser }> {
  const [server, browser] = await Promise.all([ServerProcess.start(), launch()]);
  return { server, browser };
}

/** One server on the demonstration land and one browser for all page tests of a run; the root hook below ends them. */
export function pagesUnderTest(): Promise<{ server: ServerProcess; browser: Browser }> {
  started ??= start();
  return started;
}

after(async function endPages() {
  this.timeout(60_000);
  if (started === null) return;
  const { server, browser } = await started;
  await browser.close();
  await server.stop();
});

/** A page that remembers what went wrong in it: exceptions, refused content, requests that left the server. */
export async function openPage(
  options: BrowserContextOptions,
): Promise<{ page: Page; faults: string[]; url: string }> {
  const { server, browser } = await pagesUnderTest();
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) faults.push(message.text());
  });
  page.on('request', (request) => {
    const to = request.url();
    if (!to.startsWith(server.url) && !/^(blob|data):/.test(to)) faults.push(`request to ${to}`);
  });
  return { page, faults, url: server.url };
}

/** Waits until the map has drawn everything it has. */
export async function mapIsIdle(page: Page): Promise<void> {
  await page.waitForSelector('[data-testid=map][data-ready=true]', { timeout: 60_000 });
}

/** How far the page can be scrolled sideways, px: 0 on a page that fits. */
export function sideScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
