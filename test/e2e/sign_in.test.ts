import { expect } from 'chai';
import { axeFaults } from '../support/axe.ts';
import { DESK, PHONE, screenshot } from '../support/chromium.ts';
import { openPage, pagesUnderTest } from './pages_under_test.ts';

const NARROW = { ...PHONE, viewport: { width: 360, height: 740 } };

describe('signing in', function () {
  this.timeout(120_000);
  before(() => pagesUnderTest());

  it('as a made-up person with one click, marked as such; the home page knows, until one signs out', async () => {
    const { page, faults, url } = await openPage(NARROW);
    await page.goto(url);
    expect(await page.getByTestId('to-sign-in').innerText()).to.include('工作人员登录');
    await page.getByTestId('to-sign-in').click();
    await page.getByTestId('demonstration').waitFor();
    expect(await page.getByTestId('demonstration').innerText())
      .to.include('示意数据')
      .and.include('修武县规划员');
    await screenshot(page, 'sign_in_phone');
    await page.getByTestId('try-demo.planner').click();
    await page.getByTestId('signed-in-as').waitFor();
    expect(await page.getByTestId('signed-in-as').innerText()).to.include('示意身份');
    await page.goto(url);
    expect(await page.getByTestId('signed-in').innerText()).to.include('修武');
    await page.getByTestId('signed-in').click();
    expect(await page.getByTestId('profile').innerText()).to.include('规划员');
    await screenshot(page, 'me_phone');
    await page.getByTestId('sign-out').click();
    await page.waitForURL(/signed_out/);
    await page.goto(url);
    await page.getByTestId('village-list').waitFor();
    expect(await page.getByTestId('signed-in').count()).to.equal(0);
    expect(faults).to.deep.equal([]);
    await page.context().close();
  });

  it('leads back to where one was, and never to another site', async () => {
    for (const [asked, expected] of [
      ['/admin/audit?action=session.start', '/admin/audit?action=session.start'],
      ['/me', '/me'],
    ] as const) {
      const { page, url } = await openPage(DESK);
      await page.goto(url + asked);
      await page.waitForURL(/\/sign-in\?next=/);
      await page.getByTestId('try-demo.auditor').click();
      await page.waitForURL(url + expected);
      await page.context().close();
    }
    for (const next of [
      'https://example.com/',
      '//example.com',
      '/\\example.com',
      '/sign-in?next=/x',
      '/\t/x',
    ]) {
      const { page, url } = await openPage(DESK);
      await page.goto(`${url}/sign-in?next=${encodeURIComponent(next)}`);
      await page.getByTestId('try-demo.inspector').click();
      await page.getByTestId('signed-in-as').waitFor();
      expect(new URL(page.url()).origin, next).to.equal(url);
      expect(new URL(page.url()).pathname, next).to.match(/^\/(me|admin)$/);
      await page.context().close();
    }
  });

  it('tells a villager’s phone nothing of it: no staff texts, no question who they are', async () => {
    const { page, url } = await openPage(NARROW);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(url);
    await page.getByTestId('village-list').getByRole('link').first().click();
    await page.getByTestId('tab-check').waitFor();
    expect(asked.filter((path) => /\/api\/me|staff|admin|sign_in/.test(path))).to.deep.equal([]);
    await page.context().close();
  });

  it('says what is wrong: password hidden or shown, Caps Lock, no network', async () => {
    const { page, url } = await openPage(DESK);
    await page.goto(`${url}/sign-in`);
    const password = page.getByTestId('password');
    await password.fill('whatever it is');
    expect(await password.getAttribute('type')).to.equal('password');
    await page.getByTestId('password-show').click();
    expect(await password.getAttribute('type')).to.equal('text');
    await password.evaluate((input) =>
      input.dispatchEvent(
        new KeyboardEvent('keydown', {
          key: 'A',
          bubbles: true,
          modifierCapsLock: true,
        } as KeyboardEventInit),
      ),
    );
    await page.getByText('大写锁定已打开').waitFor();
    await page.getByTestId('login').fill('somebody');
    await page.context().setOffline(true);
    await page.getByTestId('sign-in').click();
    expect(await page.getByTestId('refusal').innerText()).to.include('连不上服务器');
    expect(await password.inputValue()).to.equal('whatever it is');
    expect(await axeFaults(page)).to.deep.equal([]);
    await page.context().setOffline(false);
    await page.getByTestId('sign-in').click();
    expect(await page.getByTestId('refusal').innerText()).to.include('登录失败');
    await page.context().close();
  });

  it('shows a page that is not for one’s roles, and whom to ask', async () => {
    const { page, url } = await openPage(NARROW);
    await page.goto(`${url}/sign-in?next=/admin/people`);
    await page.getByTestId('try-demo.village_officer').click();
    await page.getByTestId('forbidden').waitFor();
    const said = await page.getByTestId('forbidden').innerText();
    expect(said).to.include('村干部').and.include('管理员').and.include('demo.village_officer');
    expect(await axeFaults(page)).to.deep.equal([]);
    await screenshot(page, 'forbidden_phone');
    await page.context().close();
  });

  it('half a one-time link is known as such', async () => {
    const { page, url } = await openPage(NARROW);
    for (const path of ['/setup', '/set-password#abc']) {
      await page.goto(url + path);
      await page.getByTestId('broken-link').waitFor();
      expect(await axeFaults(page)).to.deep.equal([]);
    }
    // the same page with the whole link pasted over half of it: no load, only another place in it
    await page.goto(`${url}/set-password#${'x'.repeat(43)}`);
    for (const field of ['new-password', 'new-password-again'])
      await page.getByTestId(field).fill('seven ducks under a bridge');
    await page.getByTestId('save-password').click();
    expect(await page.getByTestId('refusal').innerText()).to.include('失效');
    await page.context().close();
  });

  it('in another window: the same person goes on here, another person’s name is never used', async () => {
    const { page, url } = await openPage(DESK);
    await page.goto(`${url}/sign-in?next=/me`);
    await page.getByTestId('try-demo.reviewer').click();
    await page.getByTestId('session').first().waitFor();
    const become = async (login: string) => {
      const other = await page.context().newPage();
      await other.goto(`${url}/me`);
      await other.getByTestId('sign-out').click();
      await other.getByTestId(`try-${login}`).click();
      await other.getByTestId('signed-in-as').waitFor();
      await other.close();
    };
    await become('demo.reviewer');
    const [renewed] = await Promise.all([
      page.waitForResponse((answer) => answer.request().method() === 'DELETE' && answer.status() === 204),
      page.getByTestId('sign-out').click(),
    ]);
    expect(renewed.url()).to.equal(`${url}/api/sessions/current`);
    await page.waitForURL(/signed_out/);

    await page.getByTestId('try-demo.reviewer').click();
    await page.getByTestId('signed-in-as').waitFor();
    await become('demo.auditor');
    const answers: number[] = [];
    page.on('response', (answer) => {
      if (answer.request().method() === 'DELETE') answers.push(answer.status());
    });
    await page.getByTestId('sign-out').click();
    await page.getByText('没有退出成功').waitFor();
    expect(answers).to.deep.equal([403]);
    await page.context().close();
  });

  it('says so when a part of the client cannot be fetched, and gets it when asked again', async () => {
    const { page, url } = await openPage(NARROW);
    await page.goto(url);
    await page.getByTestId('village-list').waitFor();
    await page.route(/\/assets\/(staff|sign_in)/, (route) => route.abort());
    await page.getByTestId('to-sign-in').click();
    await page.getByTestId('failure').waitFor();
    expect(await page.getByTestId('failure').innerText()).to.include('连不上服务器');
    expect(await axeFaults(page)).to.deep.equal([]);
    await page.unroute(/\/assets\/(staff|sign_in)/);
    await page.getByTestId('retry').click();
    await page.getByTestId('login').waitFor();
    await page.context().close();
  });

  it('is not undone by a late answer to what was asked before', async () => {
    const { page, url } = await openPage(NARROW);
    let release: () => void = () => undefined;
    const signedIn = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(
      '**/api/me',
      async (route) => {
        const response = await route.fetch();
        expect(response.status()).to.equal(401);
        await signedIn;
        await route.fulfill({ response });
      },
      { times: 1 },
    );
    await page.goto(`${url}/sign-in?next=/me`);
    await page.getByTestId('try-demo.leader').click();
    await page.getByTestId('profile').waitFor();
    const late = page.waitForResponse('**/api/me');
    release();
    await late;
    await page.waitForTimeout(300);
    expect(await page.getByTestId('profile').innerText()).to.include('领导');
    await page.context().close();
  });
});
