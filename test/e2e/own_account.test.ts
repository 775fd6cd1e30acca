import { expect } from 'chai';
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import type { SignInOptions } from '../../server/contract/index.ts';
import { axeFaults } from '../support/axe.ts';
import { DESK, PHONE, screenshot } from '../support/chromium.ts';
import { openPage, pagesUnderTest, sideScroll } from './pages_under_test.ts';

const NARROW = { ...PHONE, viewport: { width: 360, height: 740 } };
const LOGIN = 'wangjianguo';
const FIRST = '水塔 边的 老槐树 87';
const SECOND = 'seven ducks under a bridge';
const STEP_MS = 30_000;

/** What an authenticator shows that was given `secret`; `steps` later than now. */
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * STEP_MS });

async function typePassword(page: Page, password: string): Promise<void> {
  await page.getByTestId('new-password').fill(password);
  await page.getByTestId('new-password-again').fill(password);
}

async function setUp(page: Page, url: string, log: string): Promise<void> {
  const link = /http:\/\/\S+(\/setup#[\w-]+)/.exec(log)?.[1];
  expect(link, 'a one-time link in the log').to.be.a('string');
  await page.goto(url + link);
  await page.getByTestId('setup-area').fill('焦作');
  await page.getByRole('option').first().click();
  await page.getByTestId('setup-name').fill('王建国');
  await page.getByTestId('setup-login').fill(LOGIN);
  await typePassword(page, '1234567890');
  await page.getByTestId('set-up').click();
  expect(await page.getByTestId('refusal').innerText(), 'a common password').to.include('密码');
  await page.getByTestId('new-password').fill(FIRST);
  await page.getByTestId('set-up').click();
  expect(await page.getByTestId('differ').innerText()).to.include('不一样');
  await page.getByTestId('new-password-again').fill(FIRST);
  await screenshot(page, 'setup_phone');
  await page.getByTestId('set-up').click();
}

async function signIn(page: Page, password: string): Promise<void> {
  await page.getByTestId('login').fill(LOGIN);
  await page.getByTestId('password').fill(password);
  await page.getByTestId('sign-in').click();
}

describe('one’s own account', function () {
  this.timeout(180_000);
  this.retries(0);
  let secret = '';
  let recovery: string[] = [];

  it('first administrator: link of the log, second factor, recovery codes shown once', async () => {
    const { server } = await pagesUnderTest();
    const { page, faults, url } = await openPage(NARROW);
    const options = (await (await fetch(`${url}/api/sign-in-options`)).json()) as SignInOptions;
    expect(options.setup_needed).to.equal(true);
    await setUp(page, url, server.log);
    await page.getByTestId('factor-begin').click();
    await page.getByTestId('factor-setup').locator('summary').click();
    secret = (await page.getByTestId('factor-secret').innerText()).replaceAll(' ', '');
    const qr = page.locator('.qr');
    expect(await qr.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0)).to.equal(
      true,
    );
    await screenshot(page, 'second_factor_phone');
    expect(await axeFaults(page)).to.deep.equal([]);
    await page.getByTestId('code').fill('000000');
    await page.getByTestId('factor-confirm').click();
    await page.getByTestId('refusal').waitFor();
    await page.getByTestId('code').fill(codeOf(secret));
    await page.getByTestId('factor-confirm').click();
    await page.getByTestId('codes-kept').waitFor();
    recovery = await page.getByTestId('recovery-codes').locator('code').allInnerTexts();
    expect(new Set(recovery).size).to.equal(10);
    expect(await page.getByTestId('codes-done').isDisabled()).to.equal(true);
    expect(await axeFaults(page)).to.deep.equal([]);
    await screenshot(page, 'recovery_codes_phone');
    await page.getByTestId('codes-kept').check();
    await page.getByTestId('codes-done').click();
    expect(await page.getByTestId('factor-state').innerText()).to.include('已开启');
    await page.reload();
    await page.getByTestId('factor-state').waitFor();
    expect(await page.content()).not.to.include(recovery[0]!);
    expect(await sideScroll(page)).to.equal(0);
    await page.getByTestId('sign-out').click();
    await page.waitForURL(/\/sign-in/);
    expect(await page.getByTestId('sign-in-notice').innerText()).to.include('已退出');
    await page.goto(`${url}/me`);
    await page.waitForURL(/\/sign-in\?next=%2Fme$/);
    expect(faults).to.deep.equal([]);
    await page.context().close();
  });

  it('signs in with password and code, or with a recovery code that works once', async () => {
    const { page, url } = await openPage(NARROW);
    await page.goto(`${url}/sign-in`);
    await signIn(page, 'not the password');
    expect(await page.getByTestId('refusal').innerText()).to.include('不正确');
    await page.getByTestId('password').fill(FIRST);
    await page.getByTestId('sign-in').click();
    const code = page.getByTestId('code');
    await code.waitFor();
    expect(await page.getByTestId('refusal').count(), 'a question, not a fault').to.equal(0);
    expect(await code.getAttribute('autocomplete')).to.equal('one-time-code');
    await screenshot(page, 'sign_in_code_phone');
    await page.getByTestId('code-other').click();
    await page.getByTestId('code').fill(recovery[0]!);
    await page.getByTestId('sign-in').click();
    await page.waitForURL(/\/(admin|me)$/);
    await page.goto(`${url}/me`);
    await page.getByTestId('factor-state').waitFor();
    expect(await page.getByTestId('second-factor-card').innerText()).to.include('9 个恢复码');

    const again = await openPage(NARROW);
    await again.page.goto(`${url}/sign-in`);
    await signIn(again.page, FIRST);
    await again.page.getByTestId('code-other').click();
    await again.page.getByTestId('code').fill(recovery[0]!);
    await again.page.getByTestId('sign-in').click();
    await again.page.getByTestId('refusal').waitFor();
    await again.page.context().close();
    await page.context().close();
  });

  it('keeps what was typed when the session ends: sign in again in a dialog, and the request goes on', async () => {
    const { page, faults, url } = await openPage(DESK);
    await page.goto(`${url}/sign-in?next=/me`);
    await signIn(page, FIRST);
    await page.getByTestId('code-other').click();
    await page.getByTestId('code').fill(recovery[1]!);
    await page.getByTestId('sign-in').click();
    await page.getByTestId('change-password').click();
    await page.getByTestId('current-password').fill(FIRST);
    await typePassword(page, SECOND);
    await page.context().clearCookies();
    await page.getByTestId('save-password').click();
    const dialog = page.getByTestId('session-ended');
    await dialog.getByTestId('password').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).to.equal(
      'password',
    );
    expect(await axeFaults(page)).to.deep.equal([]);
    await screenshot(page, 'session_ended_desk');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.getByTestId('new-password').inputValue(), 'after “not now”').to.equal(SECOND);
    await page.getByTestId('save-password').click();
    await dialog.getByTestId('password').fill(FIRST);
    await dialog.getByTestId('sign-in').click();
    await dialog.getByTestId('code-other').click();
    await dialog.getByTestId('code').fill(recovery[2]!);
    await dialog.getByTestId('sign-in').click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByTestId('password-done').getByText('密码已改').waitFor();
    expect(faults).to.deep.equal([]);
    await page.context().close();
  });

  it('shows where one is signed in, ends another session, and tells it in the trail', async () => {
    const desk = await openPage(DESK);
    const phone = await openPage(NARROW);
    for (const [{ page, url }, code] of [
      [desk, recovery[3]!],
      [phone, recovery[4]!],
    ] as const) {
      await page.goto(`${url}/sign-in?next=/me`);
      await signIn(page, SECOND);
      await page.getByTestId('code-other').click();
      await page.getByTestId('code').fill(code);
      await page.getByTestId('sign-in').click();
      await page.getByTestId('session').first().waitFor();
    }
    await desk.page.reload();
    await desk.page.getByTestId('session').first().waitFor();
    const sessions = desk.page.getByTestId('session');
    const before = await sessions.count();
    expect(before).to.be.greaterThan(1);
    expect(await sessions.getByText('本机').count()).to.equal(1);
    await desk.page.getByTestId(before > 2 ? 'end-others' : 'end-session').click();
    await desk.page.getByTestId('sessions-said').getByText('已结束').waitFor();
    await desk.page.waitForFunction(
      () => document.querySelectorAll('[data-testid=session]').length === 1,
      undefined,
      { timeout: 10_000 },
    );
    await phone.page.reload();
    await phone.page.waitForURL(/\/sign-in\?next=%2Fme$/);
    await desk.page.reload();
    await desk.page.getByTestId('trail-entry').first().waitFor();
    expect(await desk.page.getByTestId('trail').innerText()).to.include('结束登录');
    expect(desk.faults).to.deep.equal([]);
    await desk.page.context().close();
    await phone.page.context().close();
  });

  it('turns the second factor off with a code, and then asks for the password alone', async () => {
    const { page, url } = await openPage(NARROW);
    await page.goto(`${url}/sign-in?next=/me`);
    await signIn(page, SECOND);
    await page.getByTestId('code').fill(codeOf(secret, 1));
    await page.getByTestId('sign-in').click();
    await page.getByTestId('factor-off').click();
    await page.getByTestId('code-other').click();
    await page.getByTestId('code').fill(recovery[5]!);
    await page.getByTestId('factor-off-yes').click();
    await page.getByTestId('factor-begin').waitFor();
    await page.getByTestId('sign-out').click();
    await page.waitForURL(/signed_out/);
    await page.goto(`${url}/sign-in?next=/me`);
    await signIn(page, SECOND);
    await page.getByTestId('factor-begin').waitFor();
    await page.context().close();
  });

  it('is not deleted by the last administrator, nor before the login is typed', async () => {
    const { page, url } = await openPage(NARROW);
    await page.goto(`${url}/sign-in?next=/me`);
    await signIn(page, SECOND);
    await page.getByTestId('delete-account').click();
    await page.getByTestId('delete-password').fill(SECOND);
    expect(await page.getByTestId('delete-yes').isDisabled()).to.equal(true);
    await page.getByTestId('delete-typed').fill(LOGIN);
    expect(await axeFaults(page)).to.deep.equal([]);
    await page.getByTestId('delete-form').scrollIntoViewIfNeeded();
    await screenshot(page, 'delete_account_phone');
    await page.getByTestId('delete-yes').click();
    await page.getByTestId('delete-form').getByTestId('refusal').waitFor();
    await page.reload();
    expect(await page.getByTestId('signed-in-as').innerText()).to.include('王建国');
    await page.context().close();
  });
});
