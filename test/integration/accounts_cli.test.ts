import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { firstAdministratorLink } from '../../server/accounts/index.ts';
import { userCommand } from '../../server/cli/index.ts';
import { lockFolder, openEmbedded } from '../../server/db/index.ts';
import { Problem } from '../../server/problems.ts';
import { ENGINE, testDatabase } from '../support/database.ts';
import { type Served, serve } from '../support/serve.ts';
import { Visitor } from '../support/signed_in.ts';

const PASSWORD = 'mianhua tang yueliang';

describe('cunma user', () => {
  let served: Served;

  async function run(line: string): Promise<{ code: number | string; said: string }> {
    let said = '';
    const code = await userCommand(line.split(' '), {
      withDatabase: async (use) => use(await testDatabase()),
      publicUrl: 'https://cunma.example',
      write: (text) => {
        said += text;
      },
    }).catch((error: unknown) => (error instanceof Problem ? error.code : String(error)));
    return { code, said };
  }
  const linkIn = (said: string): string => /set-password#([\w-]{43})/.exec(said)![1]!;
  const clear = async () => {
    const { knex } = await testDatabase();
    for (const table of ['account', 'installation', 'sign_in_attempt', 'one_time_link'])
      await knex(table).delete();
  };

  before(async () => {
    served = await serve();
    await clear();
  });
  after(async () => {
    await clear();
    await served.close();
  });

  it('makes a planner, then the first administrator, whose area is the installation’s', async () => {
    const { knex } = await testDatabase();
    expect((await run('create wang --name 王芳 --area 410821 --role planner')).code).to.equal(0);
    expect(await knex('installation').select()).to.deep.equal([]);
    expect(await firstAdministratorLink(knex, 'http://x', new Date())).to.not.equal(null);
    const made = await run('create li --name 李明 --area 41 --role administrator');
    expect(made.code).to.equal(0);
    expect(await knex('installation').pluck('area')).to.deep.equal(['41']);
    expect(await knex('one_time_link').where({ purpose: 'first_administrator' })).to.deep.equal([]);
    expect((await run('first-link')).code).to.equal(1);
    const one = new Visitor(served.base);
    expect(
      await one.said('POST', '/api/passwords', { token: linkIn(made.said), password: PASSWORD }),
    ).to.equal('204');
    expect((await one.signIn({ login: 'li', password: PASSWORD })).account.name).to.equal('李明');
  });

  it('gives and takes roles, and keeps the last administrator', async () => {
    expect((await run('assign wang --role inspector:410821101')).said).to.include('inspector:410821101');
    const taken = await run('assign wang --role planner --remove');
    expect(taken.said).to.include('inspector:410821101').and.not.include('planner');
    expect((await run('assign li --role administrator --remove')).code).to.equal('last_administrator');
    expect((await run('deactivate li')).code).to.equal('last_administrator');
    expect((await run('assign nobody --role planner')).code).to.equal('account_unknown');
    expect((await run('assign wang --role planner:999999')).code).to.equal('division_unknown');
  });

  it('closes an account with its sessions, opens it again, and lists who is there', async () => {
    const link = linkIn((await run('password-link wang')).said);
    const one = new Visitor(served.base);
    await one.said('POST', '/api/passwords', { token: link, password: PASSWORD });
    await one.signIn({ login: 'wang', password: PASSWORD });
    expect((await run('deactivate wang')).code).to.equal(0);
    expect(await one.said('GET', '/api/me')).to.equal('401 sign_in_required');
    expect((await run('password-link wang')).code).to.equal('account_inactive');
    expect((await run('list --area 4108')).said).to.include('wang  王芳  410821 焦作市修武县  closed');
    expect((await run('activate wang')).code).to.equal(0);
    expect((await run('list')).said.match(/^\w+ {2}/gm)).to.deep.equal(['li  ', 'li  ', 'wang  ', 'wang  ']);
  });

  it('leaves its changes in the trail, as the operator’s', async () => {
    const { knex } = await testDatabase();
    const bodies = (await knex('audit_entry').where({ action: 'account.create' }).pluck('body')) as string[];
    const mine = bodies.map((text) => JSON.parse(text) as { address: string; account_id: null });
    expect(mine.some(({ address, account_id }) => address === 'local' && account_id === null)).to.equal(true);
  });

  it('a first link is good for a day, and once', async () => {
    await clear();
    const { knex } = await testDatabase();
    const now = new Date(Date.now() - 24 * 3_600_000 - 1000);
    const late = (await firstAdministratorLink(knex, 'http://x', now))!;
    const body = (url: string) => ({
      ...{ token: url.split('#')[1], login: 'first', name: '甲', password: PASSWORD, division_code: '4108' },
    });
    const one = new Visitor(served.base);
    expect(await one.said('POST', '/api/setup', body(late.url))).to.equal('410 link_invalid');
    const link = (await firstAdministratorLink(knex, 'http://x', new Date()))!;
    expect(await one.said('POST', '/api/setup', body(link.url))).to.equal('201');
    expect(await knex('installation').pluck('area')).to.deep.equal(['4108']);
    expect(await firstAdministratorLink(knex, 'http://x', new Date())).to.equal(null);
  });

  if (ENGINE === 'embedded')
    it('says what to do while the server holds the embedded database', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'cunma-cli-'));
      const unlock = await lockFolder(folder);
      let said = '';
      const code = await userCommand(['list'], {
        withDatabase: async (use) => use(await openEmbedded(folder)),
        publicUrl: '',
        write: (text) => {
          said += text;
        },
      });
      await unlock();
      rmSync(folder, { recursive: true, force: true });
      expect(code).to.equal(1);
      expect(said).to.include('Stop it before you run this command').and.include('请先停止服务器');
    });
});
