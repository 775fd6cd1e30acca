import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { appendAudit, OPERATOR } from '../../server/audit/index.ts';
import { auditCommand } from '../../server/cli/index.ts';
import type { SignedHeads } from '../../server/contract/index.ts';
import { installationKey } from '../../server/keys.ts';
import type { Problem } from '../../server/problems.ts';
import { testDatabase } from '../support/database.ts';

const COUNTY = '419931';

describe('cunma audit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cunma-audit-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Exit code and what was written. */
  async function run(...words: string[]): Promise<{ code: number; text: string }> {
    const { knex } = await testDatabase();
    let text = '';
    const code = await auditCommand(words, {
      withKnex: (use) => use(knex),
      key: () => installationKey(folder),
      write: (more) => {
        text += more;
      },
    });
    return { code, text };
  }

  it('keeps the heads in a file, never over another, and finds by them a chain written anew', async () => {
    const { knex } = await testDatabase();
    const entry = { action: 'test.write', record_kind: 'test', record_id: '1', division_code: COUNTY };
    for (let i = 0; i < 2; i++) await knex.transaction((db) => appendAudit(db, OPERATOR, entry));
    const file = join(folder, 'heads.json');
    expect((await run('head', '--out', file)).text).to.include(installationKey(folder).fingerprint);
    const again = await run('head', '--out', file).catch((error: { code: string }) => error.code);
    expect(again).to.equal('EEXIST');
    expect((JSON.parse((await run('head')).text) as SignedHeads).document.kind).to.equal('cunma-audit-heads');
    const good = await run('verify', '--heads', file);
    expect(good.text).to.include(`${COUNTY} `);
    expect(good.code, good.text).to.equal(0);

    await knex.raw(`delete from audit_entry where county_code = '${COUNTY}' and seq = 2`);
    const cut = await run('verify');
    expect(cut.code).to.equal(1);
    expect(cut.text).to.include(`${COUNTY} ：有问题。第 2 条记录不见了`).and.include('Entry 2 is not there');
    await knex.raw(
      `update audit_head h set (seq, hash) = (select seq, hash from audit_entry e where e.county_code = h.county_code)
       where county_code = '${COUNTY}'`,
    );
    expect((await run('verify')).code, 'a chain cut in order shows only against kept heads').to.equal(0);
    expect((await run('verify', '--heads', file)).code).to.equal(1);
    await knex.raw(`delete from audit_entry where county_code = '${COUNTY}'`);
    await knex.raw(`delete from audit_head where county_code = '${COUNTY}'`);
  });

  it('refuses a file of heads that was changed, or is none', async () => {
    const file = join(folder, 'forged.json');
    const refused = () => run('verify', '--heads', file).catch((error: Problem) => error.code);
    writeFileSync(file, (await run('head')).text.replace('"at": "20', '"at": "19'));
    expect(readFileSync(file, 'utf8')).to.include('"at": "19');
    expect(await refused()).to.equal('heads_invalid');
    for (const content of ['', '{}', 'not json']) {
      writeFileSync(file, content);
      expect(await refused(), content).to.equal('heads_invalid');
    }
  });

  it('does nothing that it did not understand', async () => {
    for (const words of [
      ['verify', 'x'],
      ['head', '--heads', 'f'],
      ['verify', '--out', 'f'],
      ['burn'],
      ['--odd'],
    ]) {
      const { code, text } = await run(...words);
      expect([code, /cunma audit verify/.test(text)], words.join(' ')).to.deep.equal([2, true]);
    }
    expect((await run('--help')).code).to.equal(0);
  });
});
