import { expect } from 'chai';
import type {
  Account,
  AccountList,
  Assignment,
  CreatedAccount,
  CreatedToken,
  Me,
} from '../../server/contract/index.ts';
import { testDatabase } from '../support/database.ts';
import { type Person, person } from '../support/people.ts';
import { type Served, serve } from '../support/serve.ts';
import { Visitor } from '../support/signed_in.ts';

const PASSWORD = 'mianhua tang yueliang';

describe('people and their roles', () => {
  let served: Served;
  let city: Visitor;
  let county: Visitor;
  let auditor: Visitor;
  let planner: Visitor;
  const ids: Record<string, string> = {};

  const as = ({ headers }: Person): Visitor => {
    const visitor = new Visitor(served.base);
    visitor.cookie = headers.cookie!;
    visitor.csrf = headers['x-csrf-token']!;
    return visitor;
  };
  const made = async (login: string, assignments: Assignment[], division_code?: string) => {
    const { knex } = await testDatabase();
    const one = await person(knex, assignments, {
      login,
      ...(division_code === undefined ? {} : { division_code }),
    });
    ids[login] = one.account_id;
    return as(one);
  };
  const role = (name: Assignment['role'], division_code: string): Assignment => ({
    role: name,
    division_code,
  });
  const body = (login: string, division_code: string, ...assignments: Assignment[]) => ({
    login,
    name: '王芳',
    division_code,
    assignments,
  });
  const fresh = (login: string, area: string, ...assignments: Assignment[]) =>
    city.json<CreatedAccount>('POST', '/api/accounts', body(login, area, ...assignments));
  const clear = async () => {
    const { knex } = await testDatabase();
    for (const table of ['account', 'installation', 'sign_in_attempt']) await knex(table).delete();
  };

  before(async () => {
    served = await serve();
    await clear();
    const { knex } = await testDatabase();
    await knex('installation').insert({ area: '41' });
    city = await made('city', [role('administrator', '41')]);
    county = await made('county', [role('administrator', '410821')]);
    auditor = await made('auditor', [role('auditor', '410821')]);
    planner = await made('planner', [role('planner', '410821')]);
    await made('neighbour', [role('planner', '411221')]);
    await made('both', [role('planner', '410821'), role('planner', '411221')], '410821');
    await made('guest', [role('inspector', '410821')], '411221');
  });
  after(async () => {
    await clear();
    await served.close();
  });

  it('are seen by those who administer or audit their area, and nobody else', async () => {
    const logins = async (visitor: Visitor, search = '') =>
      (await visitor.json<AccountList>('GET', `/api/accounts${search}`)).accounts.map(({ login }) => login);
    expect(await logins(city)).to.deep.equal([
      'auditor',
      'both',
      'city',
      'county',
      'guest',
      'neighbour',
      'planner',
    ]);
    const local = ['auditor', 'both', 'county', 'guest', 'planner'];
    expect(await logins(county)).to.deep.equal(local);
    expect(await logins(auditor)).to.deep.equal(local);
    expect(await planner.said('GET', '/api/accounts')).to.equal('403 forbidden');
    expect(await new Visitor(served.base).said('GET', '/api/accounts')).to.equal('401 sign_in_required');
    expect(await county.said('GET', `/api/accounts/${ids.neighbour}`)).to.equal('404 account_unknown');
    expect(await logins(city, '?role=planner')).to.deep.equal(['both', 'neighbour', 'planner']);
    expect(await logins(city, '?role=planner&division=4112')).to.deep.equal(['both', 'neighbour']);
    expect(await logins(city, '?q=%25')).to.deep.equal([]);
    const page = await city.json<AccountList>('GET', '/api/accounts?limit=2&offset=2');
    expect(page.accounts.map(({ login }) => login)).to.deep.equal(['city', 'county']);
    expect(page.number_matched).to.equal(7);
  });

  it('shows of a person only the roles in one’s own area', async () => {
    const both = await county.json<Account>('GET', `/api/accounts/${ids.both}`);
    expect(both.assignments).to.deep.equal([
      { role: 'planner', division_code: '410821', division_name: '焦作市修武县' },
    ]);
    expect(both.within_area).to.equal(false);
  });

  it('are made with a link that sets a password once', async () => {
    const { account, password_link } = await fresh(
      'newcomer',
      '410821101',
      role('township_clerk', '410821101'),
    );
    expect(account).to.include({ login: 'newcomer', active: true, version: 1, within_area: true });
    const token = password_link.url.split('#')[1];
    const set = (password: string) =>
      new Visitor(served.base).said('POST', '/api/passwords', { token, password });
    expect(await set('newcomer12')).to.equal('422 password_refused');
    const racers = await Promise.all([set(PASSWORD), set(PASSWORD)]);
    expect(racers.sort()).to.deep.equal(['204', '410 link_invalid']);
    const me = await new Visitor(served.base).signIn({ login: 'newcomer', password: PASSWORD });
    expect(me.assignments.map(({ division_name }) => division_name)).to.deep.equal(['焦作市修武县七贤镇']);
  });

  it('a newer link ends the older one, and using it ends sessions', async () => {
    const { account, password_link } = await fresh('links', '410821');
    const newer = await city.json<{ url: string }>('POST', `/api/accounts/${account.id}/password-link`);
    const set = (url: string) =>
      new Visitor(served.base).said('POST', '/api/passwords', {
        token: url.split('#')[1],
        password: PASSWORD,
      });
    expect(await set(password_link.url)).to.equal('410 link_invalid');
    expect(await set(newer.url)).to.equal('204');
    const one = new Visitor(served.base);
    await one.signIn({ login: 'links', password: PASSWORD });
    const again = await county.json<{ url: string }>('POST', `/api/accounts/${account.id}/password-link`);
    expect(await one.said('GET', '/api/me')).to.equal('200');
    expect(await set(again.url)).to.equal('204');
    expect(await one.said('GET', '/api/me')).to.equal('401 sign_in_required');
  });

  it('nobody gives what lies beyond their own area', async () => {
    const create = (...given: Parameters<typeof body>) =>
      county.said('POST', '/api/accounts', body(...given));
    expect(await create('x1', '411221')).to.equal('403 beyond_area');
    expect(await create('x2', '410821', role('planner', '4108'))).to.equal('403 beyond_area');
    expect(await create('x3', '410821', role('administrator', '41'))).to.equal('403 beyond_area');
    expect(await create('x4', '410821999')).to.equal('422 division_unknown');
    expect(await create('neighbour', '410821')).to.equal('409 login_taken');
    expect(await create('demo.x', '410821')).to.equal('409 login_taken');
    expect(await create('x5', '410821101', role('administrator', '410821101'))).to.equal('201');
    const edit = (login: string, change: object, version = 1) =>
      county.said('PATCH', `/api/accounts/${ids[login]}`, { version, ...change });
    expect(await edit('neighbour', { name: 'x' })).to.equal('404 account_unknown');
    expect(await edit('guest', { name: 'x' })).to.equal('403 beyond_area');
    expect(await edit('guest', { assignments: [] })).to.equal('403 beyond_area');
    expect(await edit('county', { assignments: [role('administrator', '4108')] })).to.equal(
      '403 beyond_area',
    );
    expect(await edit('planner', { division_code: '411221' })).to.equal('403 beyond_area');
    expect(await edit('city', { active: false })).to.equal('404 account_unknown');
  });

  it('a way in is opened or closed only by those who administer all that it leads to', async () => {
    for (const [method, path, sent] of [
      ['POST', 'password-link', undefined],
      ['DELETE', 'second-factor', undefined],
      ['DELETE', 'sessions', undefined],
      ['GET', 'sessions', undefined],
      [
        'POST',
        'tokens',
        { label: 'x', rights: ['overlays.run'], division_code: '410821', expires_at: soon(10) },
      ],
    ] as const) {
      const said = await county.said(method, `/api/accounts/${ids.both}/${path}`, sent);
      expect(said, `${method} ${path}`).to.equal('403 beyond_area');
    }
    expect(await county.said('PATCH', `/api/accounts/${ids.both}`, { version: 1, active: false })).to.equal(
      '403 beyond_area',
    );
    expect(await county.said('PATCH', `/api/accounts/${ids.both}`, { version: 1, assignments: [] })).to.equal(
      '200',
    );
    const { knex } = await testDatabase();
    expect(await knex('assignment').where({ account_id: ids.both }).pluck('division_code')).to.deep.equal([
      '411221',
    ]);
  });

  it('of two who edit the same person one is told, and nothing is overwritten', async () => {
    const { account } = await fresh('edited', '410821', role('planner', '410821'));
    const edit = (visitor: Visitor, change: object) =>
      visitor.said('PATCH', `/api/accounts/${account.id}`, { version: 1, ...change });
    const said = await Promise.all([
      edit(city, { name: '甲' }),
      edit(county, { assignments: [role('reviewer', '410821')] }),
    ]);
    expect(said.sort()).to.deep.equal(['200', '409 edit_conflict']);
    const now = await city.json<Account>('GET', `/api/accounts/${account.id}`);
    const renamed = now.name === '甲';
    expect(now.assignments.map(({ role: one }) => one)).to.deep.equal([renamed ? 'planner' : 'reviewer']);
    expect(now.version).to.equal(2);
  });

  it('closing an account ends its sessions, tokens and links', async () => {
    const { account, password_link } = await fresh('leaver', '410821', role('planner', '410821'));
    const token = password_link.url.split('#')[1];
    await new Visitor(served.base).said('POST', '/api/passwords', { token, password: PASSWORD });
    const link = await city.json<{ url: string }>('POST', `/api/accounts/${account.id}/password-link`);
    const one = new Visitor(served.base);
    await one.signIn({ login: 'leaver', password: PASSWORD });
    const issued = await city.json<CreatedToken>('POST', `/api/accounts/${account.id}/tokens`, {
      ...{ label: '导出', rights: ['overlays.run'], division_code: '410821', expires_at: soon(10) },
    });
    const program = new Visitor(served.base);
    const bearer = { authorization: `Bearer ${issued.token}` };
    expect(await program.said('GET', '/api/me', undefined, bearer)).to.equal('200');
    expect(await city.said('PATCH', `/api/accounts/${account.id}`, { version: 1, active: false })).to.equal(
      '200',
    );
    expect(await one.said('GET', '/api/me')).to.equal('401 sign_in_required');
    expect(await program.said('GET', '/api/me', undefined, bearer)).to.equal('401 token_invalid');
    expect(
      await one.said('POST', '/api/passwords', { token: link.url.split('#')[1], password: PASSWORD }),
    ).to.equal('410 link_invalid');
    expect(
      await new Visitor(served.base).said('POST', '/api/sessions', { login: 'leaver', password: PASSWORD }),
    ).to.equal('401 sign_in_failed');
    expect(await city.said('PATCH', `/api/accounts/${account.id}`, { version: 2, active: true })).to.equal(
      '200',
    );
    expect(await one.said('GET', '/api/me')).to.equal('401 sign_in_required');
    expect(await program.said('GET', '/api/me', undefined, bearer)).to.equal('401 token_invalid');
  });

  it('the last administrator of the installation stays, also when two take each other away', async () => {
    const self = (change: object) =>
      city.said('PATCH', `/api/accounts/${ids.city}`, { version: 1, ...change });
    expect(await self({ active: false })).to.equal('409 last_administrator');
    expect(await self({ assignments: [role('planner', '41')] })).to.equal('409 last_administrator');
    const second = await made('second', [role('administrator', '41')]);
    const said = await Promise.all([
      city.said('PATCH', `/api/accounts/${ids.second}`, { version: 1, active: false }),
      second.said('PATCH', `/api/accounts/${ids.city}`, { version: 1, active: false }),
    ]);
    expect(said.filter((one) => one === '200')).to.have.length(1);
    const { knex } = await testDatabase();
    await knex('account').where({ id: ids.city }).update({ active: true, version: 1 });
    await knex('account').where({ id: ids.second }).delete();
    const [row] = await knex('session').where({ account_id: ids.city }).count({ n: '*' });
    expect(Number(row!.n)).to.equal(1);
    await knex('session').where({ account_id: ids.city }).update({ ended_at: null });
  });

  describe('tokens', () => {
    const issue = (login: string, change: object = {}) =>
      city.ask('POST', `/api/accounts/${ids[login]}/tokens`, {
        ...{ label: '接口', rights: ['checks.read'], division_code: '410821', expires_at: soon(30) },
        ...change,
      });
    const code = async (asked: Promise<Response>) => ((await (await asked).json()) as { code?: string }).code;

    it('give at most what their person has, where they have it, for at most a year', async () => {
      expect(await code(issue('planner', { rights: ['accounts.manage'] }))).to.equal('token_right_missing');
      expect(await code(issue('planner', { division_code: '4108' }))).to.equal('token_right_missing');
      expect(await code(issue('planner', { expires_at: soon(400) }))).to.equal('token_too_long');
      expect(await code(issue('planner', { expires_at: soon(-1) }))).to.equal('token_too_long');
      expect(await code(issue('planner', { rights: ['everything'] }))).to.equal('invalid_request');
    });

    it('are shown once, stand hashed, and end when revoked', async () => {
      const response = await issue('planner', { division_code: '410821101' });
      const issued = (await response.json()) as CreatedToken;
      expect(response.headers.get('cache-control')).to.equal('no-store');
      expect(issued.token).to.match(/^cunma_[\w-]{43}$/);
      const { knex } = await testDatabase();
      expect(JSON.stringify(await knex('api_token').select())).to.not.include(issued.token);
      expect(JSON.stringify(await knex('audit_entry').select('body'))).to.not.include(issued.token);
      const bearer = { authorization: `Bearer ${issued.token}` };
      const program = new Visitor(served.base);
      const me = (await (await program.ask('GET', '/api/me', undefined, bearer)).json()) as Me;
      expect(me.rights).to.deep.equal([{ right: 'checks.read', division_codes: ['410821101'] }]);
      expect(me.csrf_token).to.equal(null);
      for (const [method, path, sent] of [
        ['PUT', '/api/me/password', { password: PASSWORD }],
        ['POST', '/api/me/second-factor', undefined],
        ['GET', '/api/me/sessions', undefined],
      ] as const)
        expect(await program.said(method, path, sent, bearer)).to.equal('403 session_required');
      expect(await city.said('DELETE', `/api/tokens/${issued.id}`)).to.equal('204');
      expect(await city.said('DELETE', `/api/tokens/${issued.id}`)).to.equal('404 api_token_unknown');
      expect(await program.said('GET', '/api/me', undefined, bearer)).to.equal('401 token_invalid');
    });

    it('open no way in to more than they are', async () => {
      const rights = ['accounts.manage', 'accounts.read'];
      const issued = (await (await issue('city', { rights })).json()) as CreatedToken;
      const bearer = { authorization: `Bearer ${issued.token}` };
      const program = new Visitor(served.base);
      const at = (login: string) => `/api/accounts/${ids[login]}`;
      expect(await program.said('GET', at('planner'), undefined, bearer)).to.equal('200');
      expect(await program.said('GET', at('neighbour'), undefined, bearer)).to.equal('404 account_unknown');
      for (const [method, path, sent] of [
        ['POST', '/api/accounts', body('by-token', '410821')],
        ['POST', `${at('planner')}/password-link`, undefined],
        ['PATCH', at('planner'), { version: 1, assignments: [role('administrator', '410821')] }],
      ] as const)
        expect(await program.said(method, path, sent, bearer), path).to.equal('403 session_required');
      const other = await county.said('DELETE', `/api/tokens/${issued.id}`);
      expect(other).to.equal('404 api_token_unknown');
    });
  });

  it('leave their changes in the trail, without names and secrets', async () => {
    const { knex } = await testDatabase();
    const { account, password_link } = await fresh('trailed', '410821', role('planner', '410821'));
    await city.said('PATCH', `/api/accounts/${account.id}`, { version: 1, assignments: [] });
    const bodies = (await knex('audit_entry')
      .where({ record_id: account.id, record_kind: 'account' })
      .orderBy('seq')
      .pluck('body')) as string[];
    const entries = bodies.map(
      (text) =>
        JSON.parse(text) as { action: string; before: { assignments: string[] } | null; right: string },
    );
    expect(entries.map(({ action }) => action)).to.deep.equal(['account.create', 'account.edit']);
    expect(entries[1]!.before!.assignments).to.deep.equal(['planner:410821']);
    expect(entries[1]!.right).to.equal('accounts.manage');
    expect(bodies.join()).to.not.include('王芳').and.not.include(password_link.url.split('#')[1]);
  });
});

function soon(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString();
}
