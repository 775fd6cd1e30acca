import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { SignedHeads, TrailEntry } from '../../server/contract/index.ts';
import { DESK, screenshot } from '../support/chromium.ts';
import { adminUnderTest, colleague, pageOf } from './admin_under_test.ts';

describe('the audit trail as a page', function () {
  this.timeout(180_000);
  before(() => adminUnderTest());

  it('shows what was done in sentences with before and after, and is found in order', async () => {
    const { server, administrator } = await adminUnderTest();
    const { account } = await colleague('zhou.ba', '周八', [{ role: 'planner', division_code: '410821' }]);
    const edit = await fetch(`${server.url}/api/accounts/${account.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', ...administrator.headers },
      body: JSON.stringify({
        version: account.version,
        assignments: [{ role: 'reviewer', division_code: '410821' }],
      }),
    });
    expect(edit.status).to.equal(200);
    const { page, faults, url } = await pageOf(administrator, DESK);
    await page.goto(`${url}/admin/audit?record_kind=account&record_id=${account.id}`);
    const edited = page.locator('[data-testid=entry][data-action="account.edit"]');
    await edited.waitFor();
    expect(await edited.innerText())
      .to.include('王主任')
      .and.to.include('修改账号');
    await edited.locator('summary').click();
    const diff = await edited.locator('table').innerText();
    expect(diff).to.include('规划员').and.to.include('审核员');
    await screenshot(page, 'admin_audit_entry_desk');
    await page.getByTestId('verify').click();
    await page.getByTestId('verified').waitFor();
    expect(await page.getByTestId('verified').innerText()).to.include('核验通过');
    await page.getByTestId('chains').getByText('修武县').waitFor();
    await screenshot(page, 'admin_verified_desk');
    expect(faults).to.deep.equal([]);
    await page.context().close();
  });

  it('is exported as it stands: every line belongs to the chain', async () => {
    const { administrator } = await adminUnderTest();
    const { page, url } = await pageOf(administrator, { ...DESK, acceptDownloads: true });
    await page.goto(`${url}/admin/audit?action=account.*`);
    await page.getByTestId('entry').first().waitFor();
    const download = page.waitForEvent('download');
    await page.getByTestId('export-ndjson').click();
    const lines = readFileSync(await (await download).path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines.length).to.be.greaterThan(1);
    for (const line of lines) {
      const entry = JSON.parse(line) as TrailEntry;
      expect(entry.action).to.match(/^account\./);
      expect(entry.hash).to.match(/^[0-9a-f]{64}$/);
    }
    await page.context().close();
  });

  it('prints signed heads, and verifies against them when they are brought back', async () => {
    const { administrator } = await adminUnderTest();
    const { page, url } = await pageOf(administrator, { ...DESK, acceptDownloads: true });
    await page.goto(`${url}/admin/audit/heads`);
    await page.getByTestId('heads').waitFor();
    const download = page.waitForEvent('download');
    await page.getByTestId('save-heads').click();
    const path = await (await download).path();
    const heads = JSON.parse(readFileSync(path, 'utf8')) as SignedHeads;
    const der = Buffer.from(heads.public_key.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    expect(createHash('sha256').update(der).digest('hex')).to.equal(heads.document.fingerprint);
    expect(await page.getByTestId('heads').innerText()).to.include(heads.document.heads[0]!.hash);
    await page.emulateMedia({ media: 'print' });
    await screenshot(page, 'admin_heads_print');
    await page.emulateMedia({ media: 'screen' });
    await page.goto(`${url}/admin/audit`);
    await page.locator('#kept-heads').setInputFiles({
      name: 'heads.json',
      mimeType: 'application/json',
      buffer: readFileSync(path),
    });
    await page.getByTestId('verified').waitFor();
    expect(await page.getByTestId('verified').innerText()).to.include('核验通过');
    const forged = { ...heads, document: { ...heads.document, at: '2020-01-01T00:00:00.000Z' } };
    await page.locator('#kept-heads').setInputFiles({
      name: 'heads.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(forged)),
    });
    await page.getByTestId('refusal').waitFor();
    await page.context().close();
  });
});
