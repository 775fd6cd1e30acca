import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Account, CheckAnswer, CreatedAccount, Me, VillageList } from '../../server/contract/index.ts';
import { launch } from '../support/chromium.ts';
import { ServerProcess } from '../support/server_process.ts';
import { insideZone } from './village_under_test.ts';

export const PASSWORD = '水塔 边的 老槐树 87';

/** Somebody signed in, for fetch and for a browser. */
export interface SignedIn {
  headers: Record<string, string>;
  cookie: string;
  me: Me;
}

/** A server of its own with its first administrator: the other tests set up theirs. */
export interface AdminServer {
  server: ServerProcess;
  browser: Browser;
  administrator: SignedIn;
}

let started: Promise<AdminServer> | null = null;

export function adminUnderTest(): Promise<AdminServer> {
  started ??= start();
  return started;
}

/** The server says it is ready a moment before it has written the link. */
async function setupToken(server: ServerProcess): Promise<string> {
  for (let tries = 0; tries < 300; tries++) {
    const token = /setup#([\w-]{43})/.exec(server.log)?.[1];
    if (token !== undefined) return token;
    await sleep(100);
  }
  throw new Error(`no link for the first administrator\n${server.log}`);
}

async function start(): Promise<AdminServer> {
  const [server, browser] = await Promise.all([ServerProcess.start(), launch()]);
  const token = await setupToken(server);
  const response = await post(server.url, '/api/setup', {
    token,
    login: 'admin',
    name: '王主任',
    password: PASSWORD,
    division_code: '41',
  });
  expect(response.status, 'setup').to.equal(201);
  return { server, browser, administrator: await signedIn(response) };
}

after(async function endAdmin() {
  this.timeout(60_000);
  if (started === null) return;
  const { server, browser } = await started;
  await browser.close();
  await server.stop();
});

export const post = (
  url: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

async function signedIn(response: Response): Promise<SignedIn> {
  const me = (await response.json()) as Me;
  const cookie = response.headers.getSetCookie()[0]!.split(';')[0]!;
  return { me, cookie, headers: { cookie, 'x-csrf-token': me.csrf_token! } };
}

/** An account made by the administrator, with {@link PASSWORD}, signed in. */
export async function colleague(
  login: string,
  name: string,
  assignments: Account['assignments'][number][] | { role: string; division_code: string }[],
): Promise<SignedIn & { account: Account }> {
  const { server, administrator } = await adminUnderTest();
  const created = await post(
    server.url,
    '/api/accounts',
    { login, name, division_code: assignments[0]!.division_code, assignments },
    administrator.headers,
  );
  expect(created.status, `account ${login}`).to.equal(201);
  const { account, password_link } = (await created.json()) as CreatedAccount;
  const token = password_link.url.split('#')[1];
  expect((await post(server.url, '/api/passwords', { token, password: PASSWORD })).status).to.equal(204);
  const session = await post(server.url, '/api/sessions', { login, password: PASSWORD });
  return { ...(await signedIn(session)), account };
}

/** A page of somebody who is signed in (null: nobody), that remembers what went wrong in it. */
export async function pageOf(
  who: SignedIn | null,
  options: BrowserContextOptions,
): Promise<{ page: Page; faults: string[]; url: string }> {
  const { server, browser } = await adminUnderTest();
  const { url } = server;
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options });
  if (who !== null) {
    const [name, value] = who.cookie.split(/=(.*)/s) as [string, string];
    await context.addCookies([{ name, value, url }]);
  }
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) faults.push(message.text());
  });
  return { page, faults, url };
}

/** A check of a small plot in the first village of a county; answers its id. */
export async function checkIn(url: string, county: string): Promise<string> {
  const list = (await (await fetch(`${url}/api/villages?parent=${county}&limit=1`)).json()) as VillageList;
  const village = list.villages[0]!.code;
  const [lon, lat] = await insideZone(url, village, 'land_use');
  const [dx, dy] = [0.00005, 0.00004];
  const ring = [
    [lon - dx, lat - dy],
    [lon + dx, lat - dy],
    [lon + dx, lat + dy],
    [lon - dx, lat + dy],
    [lon - dx, lat - dy],
  ];
  const response = await post(url, '/api/checks', {
    activity: 'house',
    geometry: { type: 'Polygon', coordinates: [ring] },
  });
  expect(response.status, `check in ${county}`).to.be.within(200, 201);
  return ((await response.json()) as CheckAnswer).id;
}
