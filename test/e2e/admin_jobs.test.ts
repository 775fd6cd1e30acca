import { expect } from 'chai';
import type { BackupList, Job } from '../../server/contract/index.ts';
import { DESK, PHONE, screenshot } from '../support/chromium.ts';
import { adminUnderTest, colleague, pageOf } from './admin_under_test.ts';

const NARROW = { ...PHONE, viewport: { width: 360, height: 740 } };

describe('jobs, backups and status as pages', function () {
  this.timeout(240_000);
  before(() => adminUnderTest());

  it('a backup is started, moves by itself to its end, and stands on the status page', async () => {
    const { server, administrator } = await adminUnderTest();
    const { page, faults, url } = await pageOf(administrator, NARROW);
    await page.goto(`${url}/admin/status`);
    await page.getByTestId('backups').getByText('还没有备份').waitFor();
    await page.getByTestId('start-backup').click();
    await page.getByTestId('job-card').waitFor();
    await page.locator('[data-testid=job-status][data-status=succeeded]').waitFor({ timeout: 150_000 });
    await screenshot(page, 'admin_job_phone');
    const { backups } = (await (
      await fetch(`${server.url}/api/backups`, { headers: administrator.headers })
    ).json()) as BackupList;
    expect(backups.length).to.equal(1);
    await page.goto(`${url}/admin/status`);
    await page.getByTestId('backups').getByText(backups[0]!.name).waitFor();
    await screenshot(page, 'admin_backups_phone');
    await page.goto(`${url}/admin/jobs?status=succeeded`);
    await page.getByTestId('job').first().waitFor();
    expect(faults).to.deep.equal([]);
    await page.context().close();
  });

  it('goes on by asking where the stream of events is refused', async () => {
    const { server, administrator } = await adminUnderTest();
    const { page, url } = await pageOf(administrator, DESK);
    await page.route('**/api/jobs/*/events*', (route) => route.fulfill({ status: 502, body: 'no' }));
    const started = await fetch(`${server.url}/api/backups`, {
      method: 'POST',
      headers: administrator.headers,
    });
    const { id } = (await started.json()) as Job;
    await page.goto(`${url}/admin/jobs/${id}`);
    await page.locator('[data-testid=job-status][data-status=succeeded]').waitFor({ timeout: 150_000 });
    await page.context().close();
  });

  it('shows a leader the indicators and nothing of the administration', async () => {
    const leader = await colleague('leader.one', '刘领导', [{ role: 'leader', division_code: '410821' }]);
    const { page, url } = await pageOf(leader, NARROW);
    await page.goto(`${url}/staff`);
    await page.getByTestId('sections').waitFor();
    const shown = await page.getByTestId('sections').innerText();
    expect(shown).to.include('统计指标').and.not.to.include('人员').and.not.to.include('操作记录');
    await page.goto(`${url}/admin/status`);
    await page.getByTestId('forbidden').waitFor();
    await page.context().close();
  });
});
