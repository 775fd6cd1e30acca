import { expect } from 'chai';
import { TOTP } from 'otpauth';
import type { Me, SecondFactorSecret, SignInOptions } from '../../server/contract/index.ts';
import { testDatabase } from '../support/database.ts';
import { type Served, serve } from '../support/serve.ts';
import { firstLink, Visitor } from '../support/signed_in.ts';

const PASSWORD = 'kaoyan huapu 37 shanshui';
const OTHER = 'liushu xiangqi chuanghu';

describe('signing in', () => {
  let served: Served;
  const visitor = () => new Visitor(served.base);
  const root = { login: 'root-person', name: '李明', password: PASSWORD, division_code: '41' };

  before(async () => {
    served = await serve();
    const { knex } = await testDatabase();
    await knex('account').delete();
    await knex('installation').delete();
  });
  after(async () => {
    const { knex } = await testDatabase();
    await knex('account').delete();
    await knex('installation').delete();
    await knex('sign_in_attempt').delete();
    await served.close();
  });

  describe('the first administrator', () => {
    it('is missing at first, and nobody gets in without the link', async () => {
      const options = await visitor().json<SignInOptions>('GET', '/api/sign-in-options');
      expect(options.setup_needed).to.equal(true);
      const token = 'A'.repeat(43);
      expect(await visitor().said('POST', '/api/setup', { ...root, token })).to.equal('410 link_invalid');
      const late = await firstLink(new Date(Date.now() - 1000));
      expect(await visitor().said('POST', '/api/setup', { ...root, token: late })).to.equal(
        '410 link_invalid',
      );
    });

    it('is one of two who try at once, and the link is worth nothing afterwards', async () => {
      const [one, two] = [await firstLink(), await firstLink()];
      const weak = { ...root, token: one, password: 'root-person1' };
      expect(await visitor().said('POST', '/api/setup', weak)).to.equal('422 password_refused');
      const nowhere = { ...root, token: one, division_code: '99' };
      expect(await visitor().said('POST', '/api/setup', nowhere)).to.equal('422 division_unknown');
      const said = await Promise.all([
        visitor().said('POST', '/api/setup', { ...root, token: one }),
        visitor().said('POST', '/api/setup', { ...root, login: 'rival', token: two }),
      ]);
      expect(said.sort()).to.deep.equal(['201', '410 link_invalid']);
      const { knex } = await testDatabase();
      const logins = (await knex('account').select('id', 'login')) as { id: string; login: string }[];
      expect(logins).to.have.length(1);
      await knex('account').where({ id: logins[0]!.id }).update({ login: root.login });
      expect(await knex('installation').select('area')).to.deep.equal([{ area: '41' }]);
      expect(await visitor().said('POST', '/api/setup', { ...root, token: two })).to.equal(
        '410 link_invalid',
      );
      const options = await visitor().json<SignInOptions>('GET', '/api/sign-in-options');
      expect(options.setup_needed).to.equal(false);
    });
  });

  describe('with a password', () => {
    it('answers the same to a wrong password, an unknown login and an account without password', async () => {
      const { knex } = await testDatabase();
      await knex('account').insert({ login: 'no-password', name: 'x', division_code: '41' });
      for (const login of ['root-person', 'nobody-here', 'no-password', "' or 1=1 --"]) {
        const response = await visitor().ask('POST', '/api/sessions', { login, password: 'wrong' });
        const body = (await response.json()) as Record<string, unknown>;
        delete body.request_id;
        expect(response.status).to.equal(401);
        expect(body.code).to.equal('sign_in_failed');
        expect(response.headers.getSetCookie()).to.deep.equal([]);
      }
    });

    it('keeps no login that does not exist, but counts it', async () => {
      const { knex } = await testDatabase();
      await visitor().said('POST', '/api/sessions', { login: 'hunter2 my password', password: 'x' });
      const rows = (await knex('sign_in_attempt').select('login')) as { login: string }[];
      expect(rows.some(({ login }) => login.includes('hunter2'))).to.equal(false);
      expect(rows.length).to.be.greaterThan(3);
    });

    it('lets in with a cookie that no script reads, and says who it is', async () => {
      const one = visitor();
      const response = await one.ask('POST', '/api/sessions', { login: ' ROOT-person ', password: PASSWORD });
      expect(response.status).to.equal(201);
      const set = response.headers.getSetCookie().join();
      expect(set).to.match(/^cunma_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800$/);
      const me = (await response.json()) as Me;
      expect(me).to.deep.equal(await one.json('GET', '/api/me'));
      expect(me.account).to.include({ login: 'root-person', division_name: '河南省', has_password: true });
      expect(me.rights.map(({ right }) => right)).to.include('accounts.manage');
      const { knex } = await testDatabase();
      const hashes = JSON.stringify(await knex('session').select('token_hash'));
      expect(hashes).to.not.include(one.cookie.split('=')[1]);
    });

    it('binds the cookie to the host where the public address is https', async () => {
      const secure = await serve(undefined, { publicUrl: 'https://cunma.example' });
      const one = new Visitor(secure.base);
      const body = { login: root.login, password: PASSWORD };
      const response = await one.ask('POST', '/api/sessions', body, { origin: 'https://cunma.example' });
      const set = response.headers.getSetCookie().join();
      expect(set).to.match(
        /^__Host-cunma_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800; Secure$/,
      );
      expect(await one.said('GET', '/api/me')).to.equal('200');
      one.cookie = one.cookie.replace('__Host-', '');
      expect(await one.said('GET', '/api/me'), 'a neighbouring host can set this one').to.equal(
        '401 sign_in_required',
      );
      await secure.close();
    });

    it('opens a new session whatever cookie came along', async () => {
      const one = visitor();
      one.cookie = `cunma_session=${'f'.repeat(43)}`;
      await one.signIn({ login: root.login, password: PASSWORD });
      expect(one.cookie).to.not.include('fff');
    });

    it('is refused to a foreign page, as form, and as text', async () => {
      const body = { login: root.login, password: PASSWORD };
      for (const headers of [
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { origin: 'https://evil.example' },
        { origin: 'null' },
      ] as Record<string, string>[])
        expect(await visitor().said('POST', '/api/sessions', body, headers)).to.equal('403 csrf_refused');
      for (const type of ['text/plain', 'application/x-www-form-urlencoded'])
        expect(await visitor().said('POST', '/api/sessions', body, { 'content-type': type })).to.equal(
          '415 unsupported_media_type',
        );
      const same = { origin: served.base, 'sec-fetch-site': 'same-origin' };
      expect(await visitor().said('POST', '/api/sessions', body, same)).to.equal('201');
    });

    it('ends by signing out, also where nobody is signed in', async () => {
      const one = visitor();
      await one.signIn({ login: root.login, password: PASSWORD });
      const stolen = visitor();
      stolen.cookie = one.cookie;
      expect(await one.said('DELETE', '/api/sessions/current')).to.equal('204');
      expect(one.cookie).to.equal('');
      expect(await stolen.said('GET', '/api/me')).to.equal('401 sign_in_required');
      expect(await one.said('DELETE', '/api/sessions/current')).to.equal('204');
    });

    it('a change of password ends the other sessions and no link stays', async () => {
      const [one, two] = [visitor(), visitor()];
      await one.signIn({ login: root.login, password: PASSWORD });
      await two.signIn({ login: root.login, password: PASSWORD });
      const change = (current: string, password: string) =>
        one.said('PUT', '/api/me/password', { current, password });
      expect(await change('not it at all', OTHER)).to.equal('422 password_wrong');
      expect(await change(PASSWORD, 'short')).to.equal('422 password_refused');
      expect(await change(PASSWORD, OTHER)).to.equal('204');
      expect(await one.said('GET', '/api/me')).to.equal('200');
      expect(await two.said('GET', '/api/me')).to.equal('401 sign_in_required');
      expect(
        await visitor().said('POST', '/api/sessions', { login: root.login, password: PASSWORD }),
      ).to.equal('401 sign_in_failed');
      expect(await change(OTHER, PASSWORD)).to.equal('204');
    });

    it('shows and ends one’s own sessions, and nobody else’s', async () => {
      const [one, two] = [visitor(), visitor()];
      await one.signIn({ login: root.login, password: PASSWORD });
      await two.signIn({ login: root.login, password: PASSWORD });
      const { sessions } = await one.json<{ sessions: { id: string; current: boolean }[] }>(
        'GET',
        '/api/me/sessions',
      );
      expect(sessions.filter(({ current }) => current)).to.have.length(1);
      const mine = (await two.json<Me>('GET', '/api/me')).session!.id;
      expect(await one.said('DELETE', '/api/me/sessions/999999999')).to.equal('404 session_unknown');
      expect(await one.said('DELETE', `/api/me/sessions/${mine}`)).to.equal('204');
      expect(await two.said('GET', '/api/me')).to.equal('401 sign_in_required');
    });
  });

  describe('with a second factor', () => {
    let secret: SecondFactorSecret;
    let codes: string[];
    const codeAt = (ms: number) =>
      TOTP.generate({ secret: new TOTP({ secret: secret.secret }).secret, timestamp: ms });

    it('is in force only once a code of it has been seen', async () => {
      const one = visitor();
      const other = visitor();
      await one.signIn({ login: root.login, password: PASSWORD });
      await other.signIn({ login: root.login, password: PASSWORD });
      secret = await one.json<SecondFactorSecret>('POST', '/api/me/second-factor');
      expect(secret.uri).to.match(/^otpauth:\/\/totp\//);
      expect(secret.qr_svg).to.include('<svg');
      expect(
        await visitor().said('POST', '/api/sessions', { login: root.login, password: PASSWORD }),
      ).to.equal('201');
      expect(await one.said('POST', '/api/me/second-factor/confirm', { code: '000000x' })).to.equal(
        '401 second_factor_wrong',
      );
      ({ recovery_codes: codes } = await one.json<{ recovery_codes: string[] }>(
        'POST',
        '/api/me/second-factor/confirm',
        {
          code: codeAt(Date.now() - 30_000),
        },
      ));
      expect(codes).to.have.length(10);
      expect(await other.said('GET', '/api/me')).to.equal('401 sign_in_required');
      const me = await one.json<Me>('GET', '/api/me');
      expect(me.second_factor).to.deep.equal({ enabled: true, recovery_codes_left: 10 });
      expect(await one.said('POST', '/api/me/second-factor')).to.equal('409 second_factor_present');
    });

    it('stands sealed in the database', async () => {
      const { knex } = await testDatabase();
      const [row] = (await knex('account_secret').whereNotNull('totp_secret').select('totp_secret')) as {
        totp_secret: Buffer;
      }[];
      const plain = Buffer.from(new TOTP({ secret: secret.secret }).secret.bytes);
      expect(row!.totp_secret.includes(plain)).to.equal(false);
      expect(JSON.stringify(await knex('recovery_code').select('code_hash'))).to.not.include(codes[0]);
    });

    it('asks for a code, takes each once, and a recovery code once', async () => {
      const body = { login: root.login, password: PASSWORD };
      const said = (code?: string) =>
        visitor().said('POST', '/api/sessions', code === undefined ? body : { ...body, code });
      expect(await said()).to.equal('401 second_factor_required');
      const code = codeAt(Date.now() + 30_000);
      const racers = await Promise.all([said(code), said(code)]);
      expect(racers.sort()).to.deep.equal(['201', '401 second_factor_wrong']);
      expect(await said(code)).to.equal('401 second_factor_wrong');
      const [first = ''] = codes;
      expect(await said(first.toUpperCase().replaceAll('-', ' '))).to.equal('201');
      expect(await said(first)).to.equal('401 second_factor_wrong');
    });

    it('goes with a code, and a signed-in thief of a session cannot guess it', async () => {
      const one = visitor();
      await one.signIn({ login: root.login, password: PASSWORD, code: codes[1] });
      expect((await one.json<Me>('GET', '/api/me')).session?.second_factor).to.equal(true);
      expect(await one.said('DELETE', '/api/me/second-factor', { code: '123456' })).to.equal(
        '401 second_factor_wrong',
      );
      expect(await one.said('DELETE', '/api/me/second-factor', { code: codes[2] })).to.equal('204');
      expect((await one.json<Me>('GET', '/api/me')).second_factor).to.deep.equal({
        enabled: false,
        recovery_codes_left: 0,
      });
    });
  });

  describe('as somebody of the demonstration', () => {
    it('is not offered where real land is meant, whatever stands in the database', async () => {
      const real = await serve(undefined, { land: 'none' });
      const one = new Visitor(real.base);
      const options = await one.json<SignInOptions>('GET', '/api/sign-in-options');
      expect(options.demonstration_roles).to.deep.equal([]);
      const said = await one.said('POST', '/api/sessions', { demonstration_login: 'demo.planner' });
      expect(said).to.equal('401 sign_in_failed');
      await real.close();
    });

    it('is offered on this machine only', async () => {
      const options = () => visitor().json<SignInOptions>('GET', '/api/sign-in-options');
      expect((await options()).demonstration_roles.map(({ role }) => role)).to.include.members([
        'administrator',
        'village_officer',
      ]);
      const behind = await visitor().ask('GET', '/api/sign-in-options', undefined, {
        'x-forwarded-for': '1.2.3.4',
      });
      expect(((await behind.json()) as SignInOptions).demonstration_roles).to.deep.equal([]);
      const far = { 'x-forwarded-for': '1.2.3.4' };
      const body = { demonstration_login: 'demo.planner' };
      expect(await visitor().said('POST', '/api/sessions', body, far)).to.equal('401 sign_in_failed');
      expect(await visitor().said('POST', '/api/sessions', { demonstration_login: 'root-person' })).to.equal(
        '401 sign_in_failed',
      );
    });

    it('is marked, has its role, and its password-less account opens no other way', async () => {
      const one = visitor();
      const me = await one.signIn({ demonstration_login: 'demo.planner' });
      expect(me.account.demonstration).to.equal(true);
      expect(me.assignments).to.deep.equal([
        { role: 'planner', division_code: '410821', division_name: '焦作市修武县' },
      ]);
      expect(await visitor().said('POST', '/api/sessions', { login: 'demo.planner', password: '' })).to.equal(
        '401 sign_in_failed',
      );
    });
  });
});
