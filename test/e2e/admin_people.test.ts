import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Account, AccountList } from '../../server/contract/index.ts';
import { DESK, PHONE, screenshot } from '../support/chromium.ts';
import { adminUnderTest, checkIn, colleague, PASSWORD, pageOf } from './admin_under_test.ts';

const NARROW = { ...PHONE, viewport: { width: 360, height: 740 } };

async function choose(page: Page, field: string, words: string, code: string): Promise<void> {
  await page.getByTestId(field).fill(words);
  await page.locator(`[role=option][data-code="${code}"]`).click();
}

describe('administration of people', function () {
  this.timeout(180_000);
  before(() => adminUnderTest());

  it('a county planner is made, comes in by the link, sees no neighbour county, and is out when the session is ended', async () => {
    const { server, administrator } = await adminUnderTest();
    const own = await checkIn(server.url, '410821');
    const foreign = await checkIn(server.url, '411221');
    const { page: admin, faults, url } = await pageOf(administrator, NARROW);
    await admin.goto(`${url}/admin`);
    await admin.getByTestId('section-people').last().click();
    await admin.getByTestId('new-person').click();
    await admin.getByTestId('new-login').fill('Zhang.Guihua');
    await admin.getByTestId('new-name').fill('张规划');
    await choose(admin, 'new-office', 'xiuwu', '410821');
    await admin.getByTestId('add-role').selectOption('planner');
    await choose(admin, 'add-area', '修武', '410821');
    await admin.getByTestId('add-assignment').click();
    await screenshot(admin, 'admin_new_person_phone');
    await admin.getByTestId('create').click();
    const link = await admin.getByTestId('password-link').inputValue();
    await admin.locator('svg.qr-code path').waitFor();
    await screenshot(admin, 'admin_link_phone');
    await admin.getByTestId('link-done').click();
    await admin.getByTestId('person-title').waitFor();
    expect(await admin.getByTestId('person-title').innerText()).to.equal('张规划');
    await admin.getByTestId('no-sessions').waitFor();

    const { page: planner } = await pageOf(null, NARROW);
    await planner.goto(url + new URL(link).pathname + new URL(link).hash);
    await planner.getByTestId('new-password').fill(PASSWORD);
    await planner.getByTestId('new-password-again').fill(PASSWORD);
    await planner.getByTestId('save-password').click();
    await planner.goto(`${url}/sign-in`);
    await planner.getByTestId('login').fill('zhang.guihua');
    await planner.getByTestId('password').fill(PASSWORD);
    await planner.getByTestId('sign-in').click();
    await planner.getByTestId('to-admin').click();
    await planner.getByTestId('section-checks').last().click();
    await planner.getByTestId('checks').waitFor();
    const listed = await planner.getByTestId('checks').innerText();
    expect(listed).to.include(own.slice(0, 4)).and.not.to.include(foreign.slice(0, 8));
    expect(listed).to.include('修武县').and.not.to.include('渑池县');
    await screenshot(planner, 'staff_checks_phone');
    expect(await planner.getByTestId('section-people').count(), 'no people for a planner').to.equal(0);
    await planner.goto(`${url}/admin/people`);
    await planner.getByTestId('forbidden').waitFor();
    await planner.goto(`${url}/staff/checks`);
    await planner.getByTestId('checks').waitFor();

    await admin.reload();
    await admin.getByTestId('end-sessions').click();
    await admin.getByTestId('confirm-yes').click();
    await admin.getByTestId('no-sessions').waitFor();
    await planner.reload();
    await planner.getByTestId('sign-in-form').waitFor();
    expect(faults).to.deep.equal([]);
    await planner.context().close();
    await admin.context().close();
  });

  it('two administrators change one person: both versions side by side, nothing overwritten, and it can be taken back', async () => {
    const { server, administrator } = await adminUnderTest();
    const other = await colleague('second.admin', '李副主任', [
      { role: 'administrator', division_code: '4108' },
    ]);
    const { account } = await colleague('wang.wu', '王五', [{ role: 'planner', division_code: '410821' }]);
    const { page, faults, url } = await pageOf(administrator, DESK);
    await page.goto(`${url}/admin/people/${account.id}`);
    await page.getByTestId('person-name').fill('王小五');
    await page.getByTestId('add-role').selectOption('inspector');
    await choose(page, 'add-area', '410821100', '410821100');
    await page.getByTestId('add-assignment').click();
    const theirs = await fetch(`${server.url}/api/accounts/${account.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', ...other.headers },
      body: JSON.stringify({
        version: account.version,
        name: '王老五',
        assignments: [{ role: 'reviewer', division_code: '410821' }],
      }),
    });
    expect(theirs.status).to.equal(200);
    await page.getByTestId('save-person').click();
    await page.getByTestId('conflict').waitFor();
    const shown = await page.getByTestId('conflict').innerText();
    expect(shown).to.include('王小五').and.to.include('王老五');
    expect(await page.getByTestId('conflict-save').isDisabled(), 'the name waits for a decision').to.equal(
      true,
    );
    await screenshot(page, 'admin_conflict_desk');
    await page.getByTestId('conflict-name-theirs').check();
    await page.getByTestId('conflict-save').click();
    await page.getByTestId('person-form').waitFor();
    const read = async () =>
      (await (
        await fetch(`${server.url}/api/accounts/${account.id}`, { headers: administrator.headers })
      ).json()) as Account;
    const rolesOf = ({ assignments }: Account) =>
      assignments.map(({ role, division_code }) => `${role} ${division_code}`).sort();
    const merged = await read();
    expect(merged.name).to.equal('王老五');
    expect(rolesOf(merged)).to.deep.equal(['inspector 410821100', 'reviewer 410821']);
    await page.getByTestId('undo').click();
    await page.getByTestId('notice').getByText('已撤回').waitFor();
    expect(rolesOf(await read()), 'as the other had left it').to.deep.equal(['reviewer 410821']);
    expect(faults).to.deep.equal([]);
    await page.context().close();
  });

  it('a token works with plain requests, is shown once, and is dead after it was revoked', async () => {
    const { server, administrator } = await adminUnderTest();
    const { account } = await colleague('zhao.liu', '赵六', [{ role: 'planner', division_code: '410821' }]);
    const { page, faults, url } = await pageOf(administrator, DESK);
    await page.goto(`${url}/admin/people/${account.id}`);
    await page.getByTestId('new-token').click();
    await page.getByTestId('token-label').fill('数据同步');
    await page.getByTestId('token-right-checks.read').check();
    await page.getByTestId('token-issue').click();
    const secret = await page.getByTestId('token-secret').inputValue();
    await screenshot(page, 'admin_token_desk');
    const ask = (path: string) =>
      fetch(server.url + path, { headers: { authorization: `Bearer ${secret}` } }).then(
        ({ status }) => status,
      );
    expect(await ask('/api/checks')).to.equal(200);
    expect(await ask('/api/files'), 'a right that was not ticked').to.equal(403);
    await page.getByTestId('token-done').click();
    await page.reload();
    await page.getByTestId('tokens').waitFor();
    expect(await page.content(), 'shown once').not.to.include(secret);
    await page.getByTestId('token-revoke').click();
    expect(await page.getByTestId('confirm-yes').isDisabled(), 'until the label is typed').to.equal(true);
    await page.getByTestId('confirm-typed').fill('数据同步');
    await page.getByTestId('confirm-yes').click();
    await page.getByTestId('tokens').getByText('已撤销').waitFor();
    expect(await ask('/api/checks')).to.equal(401);
    expect(faults).to.deep.equal([]);
    await page.context().close();
  });

  it('finds people by words, role and area, and keeps the filter in the address', async () => {
    const { server, administrator } = await adminUnderTest();
    await colleague('mianchi.one', '渑池人', [{ role: 'leader', division_code: '411221' }]);
    const { page, url } = await pageOf(administrator, DESK);
    await page.goto(`${url}/admin/people`);
    await choose(page, 'people-area', 'mianchi', '411221');
    await page.getByTestId('people-count').getByText('共 1 人').waitFor();
    expect(await page.getByTestId('people').innerText()).to.include('渑池人');
    await page.reload();
    await page.getByTestId('people-count').getByText('共 1 人').waitFor();
    const all = (await (
      await fetch(`${server.url}/api/accounts?role=planner`, { headers: administrator.headers })
    ).json()) as AccountList;
    await page.goto(`${url}/admin/people?role=planner`);
    await page.getByTestId('people-count').getByText(`共 ${all.number_matched} 人`).waitFor();
    await page.getByTestId('people-search').fill('没有这个人');
    await page.getByTestId('empty').waitFor();
    await page.context().close();
  });

  it('closes an account after its login was typed: sessions and tokens end', async () => {
    const { server, administrator } = await adminUnderTest();
    const gone = await colleague('sun.qi', '孙七', [{ role: 'planner', division_code: '410821' }]);
    const { page, url } = await pageOf(administrator, NARROW);
    await page.goto(`${url}/admin/people/${gone.account.id}`);
    await page.getByTestId('toggle-active').click();
    await page.getByTestId('confirm-typed').fill('sun.qi');
    await page.getByTestId('confirm-yes').click();
    await page.getByTestId('toggle-active').getByText('恢复账号').waitFor();
    expect((await fetch(`${server.url}/api/me`, { headers: gone.headers })).status).to.equal(401);
    await page.context().close();
  });
});
