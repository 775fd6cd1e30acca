import { expect } from 'chai';
import { axeFaults } from '../support/axe.ts';
import { DESK, screenshot } from '../support/chromium.ts';
import { adminUnderTest, checkIn, colleague, pageOf, type SignedIn } from './admin_under_test.ts';
import { sideScroll } from './pages_under_test.ts';

const STOPS = 200;
type PageCase = [name: string, path: string, shows: string];
const PAGES: PageCase[] = [
  ['home', '/admin', '[data-testid=sections]'],
  ['people', '/admin/people', '[data-testid=people]'],
  ['new_person', '/admin/people/new', '[data-testid=new-person-form]'],
  ['person', '/admin/people/1', '[data-testid=person-form]'],
  ['audit', '/admin/audit', '[data-testid=entry]'],
  ['heads', '/admin/audit/heads', '[data-testid=heads]'],
  ['jobs', '/admin/jobs', '[data-testid=start-backup]'],
  ['status', '/admin/status', '[data-testid=health]'],
  ['indicators', '/staff/indicators', '[data-testid=indicators]'],
  ['nobody', '/admin/people/999999', '[data-testid=failure]'],
];

/** What a planner sees who is no administrator. */
const WORK: PageCase[] = [
  ['workplace', '/staff', '[data-testid=sections]'],
  ['checks', '/staff/checks', '[data-testid=checks]'],
  ['files', '/staff/files', '[data-testid=empty]'],
  ['forbidden', '/admin/audit', '[data-testid=forbidden]'],
];

describe('administration: accessible', function () {
  this.timeout(240_000);
  before(async () => {
    const { server } = await adminUnderTest();
    await checkIn(server.url, '410821');
  });

  let planner: SignedIn | null = null;
  const asPlanner = async () => {
    planner ??= await colleague('any.planner', '规划员甲', [{ role: 'planner', division_code: '410821' }]);
    return planner;
  };
  const asAdministrator = async () => (await adminUnderTest()).administrator;
  const cases = [
    ...PAGES.map((each) => ({ each, as: asAdministrator })),
    ...WORK.map((each) => ({ each, as: asPlanner })),
  ];
  for (const {
    each: [name, path, shows],
    as,
  } of cases) {
    it(`${name}: no fault that axe knows, no side scroll, in Chinese and English, large type, desk and phone`, async () => {
      const { page, faults, url } = await pageOf(await as(), DESK);
      await page.goto(url + path);
      await page.waitForSelector(shows);
      await screenshot(page, `admin_${name}_desk`);
      expect(await axeFaults(page), 'Chinese').to.deep.equal([]);
      await page.setViewportSize({ width: 360, height: 740 });
      await screenshot(page, `admin_${name}_phone`);
      expect(await axeFaults(page), 'Chinese, phone').to.deep.equal([]);
      await page.getByTestId('language').click();
      await page.waitForFunction(() => document.documentElement.lang === 'en');
      await page.getByTestId('large-type').click();
      await page.waitForTimeout(300);
      await page.waitForSelector(shows);
      expect(await axeFaults(page), 'English, large, phone').to.deep.equal([]);
      expect(await page.locator('main').innerText(), 'English throughout').not.to.match(
        /正在|请|没有|全部|保存/,
      );
      await screenshot(page, `admin_${name}_phone_en_large`);
      expect(await sideScroll(page), '360 px, large').to.be.at.most(0);
      await page.getByTestId('large-type').click();
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await sideScroll(page), '320 px').to.be.at.most(0);
      expect(faults).to.deep.equal([]);
      await page.context().close();
    });
  }

  it('gives a role by keyboard alone', async () => {
    const { administrator } = await adminUnderTest();
    const { account } = await colleague('key.board', '键盘', [{ role: 'leader', division_code: '410821' }]);
    const { page, url } = await pageOf(administrator, DESK);
    await page.goto(`${url}/admin/people/${account.id}`);
    await page.getByTestId('add-role').focus();
    await page.getByTestId('add-role').selectOption('planner');
    await page.keyboard.press('Tab');
    await page.keyboard.type('修武县城关');
    await page.locator('[role=option][data-code="410821100"]').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    expect(await page.getByTestId('add-area').inputValue()).to.include('410821100');
    await page.getByTestId('add-assignment').focus();
    await page.keyboard.press('Enter');
    expect(await page.getByTestId('roles').innerText()).to.include('规划员');
    await page.getByTestId('save-person').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('notice').getByText('已保存').waitFor();
    await page.context().close();
  });

  it('keeps the focus in an open question, gives it back, and lets Escape leave', async () => {
    const { administrator } = await adminUnderTest();
    const { page, url } = await pageOf(administrator, DESK);
    await page.goto(`${url}/admin/people/1`);
    await page.getByTestId('remove-factor').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('confirm').waitFor();
    expect(await axeFaults(page)).to.deep.equal([]);
    await screenshot(page, 'admin_confirm_desk');
    await page.keyboard.press('Escape');
    expect(await page.getByTestId('confirm').count()).to.equal(0);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).to.equal(
      'remove-factor',
    );
    await page.context().close();
  });

  it('can be walked by keyboard: each stop has a ring and a size', async () => {
    const { administrator } = await adminUnderTest();
    const { page, url } = await pageOf(administrator, DESK);
    await page.goto(`${url}/admin/people/1`);
    await page.getByTestId('person-form').waitFor();
    let stops = 0;
    for (; stops < STOPS; stops++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const element = document.activeElement;
        if (element === null || element === document.body) return null;
        const style = getComputedStyle(element);
        return {
          what: element.outerHTML.slice(0, 120),
          ring: style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2,
          width: element.getBoundingClientRect().width,
        };
      });
      if (at === null) break;
      expect(at.ring, at.what).to.equal(true);
      expect(at.width, at.what).to.be.greaterThan(1);
    }
    expect(stops).to.be.within(15, STOPS - 1);
    await page.context().close();
  });
});
