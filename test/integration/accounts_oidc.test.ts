import { expect } from 'chai';
import type { Me, SignInOptions } from '../../server/contract/index.ts';
import { testDatabase } from '../support/database.ts';
import { freePort } from '../support/free_port.ts';
import { CLIENT_ID, CLIENT_SECRET, startProvider, type TestProvider } from '../support/oidc_provider.ts';
import { person } from '../support/people.ts';
import { type Served, serve } from '../support/serve.ts';
import { Visitor } from '../support/signed_in.ts';

/** Follows redirects within the provider as a browser does; answers the address that leads back to us. */
async function throughProvider(start: string, user: string | null): Promise<string> {
  const jar = new Map<string, string>(user === null ? [] : [['test_user', user]]);
  const home = new URL(start).origin;
  let url = start;
  for (let hop = 0; hop < 10; hop++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = response.headers.get('location');
    if (location === null)
      throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
    url = new URL(location, url).href;
    if (new URL(url).origin !== home) return url;
  }
  throw new Error('the provider led in a circle');
}

describe('the organisation’s own sign-in (OpenID Connect, a real provider)', () => {
  let provider: TestProvider;
  let served: Served;
  let publicUrl: string;
  let account: string;
  const visitor = () => new Visitor(served.base);
  const local = (url: string) => `/api/oidc/callback${new URL(url).search}`;

  async function begin(one: Visitor, next?: string): Promise<string> {
    const search = next === undefined ? '' : `?next=${encodeURIComponent(next)}`;
    const response = await one.ask('GET', `/api/oidc/start${search}`);
    expect(response.status).to.equal(302);
    return response.headers.get('location')!;
  }
  async function end(one: Visitor, path: string): Promise<string> {
    const response = await one.ask('GET', path);
    expect(response.status).to.equal(302);
    return response.headers.get('location')!;
  }

  before(async () => {
    publicUrl = `http://127.0.0.1:${await freePort()}`;
    provider = await startProvider(() => `${publicUrl}/api/oidc/callback`);
    served = await serve(undefined, {
      publicUrl,
      ...{
        oidcIssuer: provider.issuer,
        oidcClientId: CLIENT_ID,
        oidcClientSecret: CLIENT_SECRET,
        oidcName: '政务网',
      },
    });
    const { knex } = await testDatabase();
    const made = await person(knex, [{ role: 'planner', division_code: '410821' }], { login: 'linked' });
    account = made.account_id;
    await knex('account')
      .where({ id: account })
      .update({ external_issuer: provider.issuer, external_subject: 'zhang-san' });
  });
  after(async () => {
    const { knex } = await testDatabase();
    await knex('account').delete();
    await knex('oidc_flow').delete();
    await served.close();
    await provider.close();
  });

  it('is offered by its name', async () => {
    const options = await visitor().json<SignInOptions>('GET', '/api/sign-in-options');
    expect(options.oidc).to.deep.equal({ name: '政务网' });
  });

  it('lets in who is linked, and leads back to where they came from', async () => {
    const one = visitor();
    const at = await begin(one, '/checks/abc?x=1');
    const asked = new URL(at).searchParams;
    expect(asked.get('code_challenge_method')).to.equal('S256');
    expect([asked.has('state'), asked.has('nonce'), asked.has('code_challenge')]).to.deep.equal([
      true,
      true,
      true,
    ]);
    expect(await end(one, local(await throughProvider(at, 'zhang-san')))).to.equal('/checks/abc?x=1');
    const me = await one.json<Me>('GET', '/api/me');
    expect(me.account).to.include({ login: 'linked', external: true, has_password: false });
    expect(me.session?.second_factor).to.equal(false);
  });

  it('leads nowhere but to us', async () => {
    for (const next of [
      '//evil.example/',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
    ]) {
      const one = visitor();
      expect(
        await end(one, local(await throughProvider(await begin(one, next), 'zhang-san'))),
        next,
      ).to.equal('/me');
    }
  });

  it('makes no account for whoever the provider knows and we do not', async () => {
    const one = visitor();
    const back = await end(one, local(await throughProvider(await begin(one), 'li-si')));
    expect(back).to.equal('/sign-in?problem=oidc_unlinked&subject=li-si');
    expect(await one.said('GET', '/api/me')).to.equal('401 sign_in_required');
    const { knex } = await testDatabase();
    expect(await knex('account').where({ external_subject: 'li-si' })).to.deep.equal([]);
  });

  it('ends once: the same reply again is refused', async () => {
    const one = visitor();
    const path = local(await throughProvider(await begin(one), 'zhang-san'));
    const ends = await Promise.all([end(one, path), end(one, path)]);
    expect(ends.sort()).to.deep.equal(['/me', '/sign-in?problem=oidc_failed']);
    // the provider takes a code once as well: what we remembered is gone besides
    const { knex } = await testDatabase();
    expect(await knex('oidc_flow').select()).to.deep.equal([]);
    expect(await end(one, path)).to.equal('/sign-in?problem=oidc_failed');
  });

  it('is ended only by the browser that began it, with the state it was given', async () => {
    const one = visitor();
    const other = visitor();
    await begin(other);
    const path = local(await throughProvider(await begin(one), 'zhang-san'));
    expect(await end(other, path), 'another browser').to.equal('/sign-in?problem=oidc_failed');
    expect(await end(visitor(), path), 'no cookie').to.equal('/sign-in?problem=oidc_failed');
    const forged = path.replace(/state=[^&]+/, `state=${'x'.repeat(43)}`);
    expect(await end(one, forged), 'another state').to.equal('/sign-in?problem=oidc_failed');
    expect(await end(one, path.replace(/[?&]state=[^&]+/, '?')), 'no state').to.equal(
      '/sign-in?problem=oidc_failed',
    );
    expect(await end(one, path), 'the right one').to.equal('/me');
  });

  it('takes no code of somebody else’s sign-in', async () => {
    const [victim, thief] = [visitor(), visitor()];
    const theirs = new URL(await throughProvider(await begin(victim), 'zhang-san'));
    const own = new URL(await throughProvider(await begin(thief), 'li-si'));
    own.searchParams.set('code', theirs.searchParams.get('code')!);
    expect(await end(thief, local(own.href))).to.equal('/sign-in?problem=oidc_failed');
  });

  it('says so where the person declines, where it took too long, and where the account is closed', async () => {
    const one = visitor();
    expect(await end(one, local(await throughProvider(await begin(one), null)))).to.equal(
      '/sign-in?problem=oidc_failed',
    );
    const { knex } = await testDatabase();
    const late = local(await throughProvider(await begin(one), 'zhang-san'));
    await knex('oidc_flow').update({ expires_at: knex.raw("now() - interval '1 second'") });
    expect(await end(one, late)).to.equal('/sign-in?problem=oidc_failed');
    await knex('account').where({ id: account }).update({ active: false });
    const closed = await end(one, local(await throughProvider(await begin(one), 'zhang-san')));
    expect(closed).to.equal('/sign-in?problem=oidc_unlinked&subject=zhang-san');
    await knex('account').where({ id: account }).update({ active: true });
  });

  it('links one’s own account, with the session that began it, and each identity once', async () => {
    const { knex } = await testDatabase();
    const made = await person(knex, [{ role: 'leader', division_code: '41' }], { login: 'linking' });
    const one = visitor();
    one.cookie = made.headers.cookie!;
    one.csrf = made.headers['x-csrf-token']!;
    const linkAs = async (user: string) => {
      const { url } = await one.json<{ url: string }>('POST', '/api/me/external', {});
      return end(one, local(await throughProvider(url, user)));
    };
    expect(await linkAs('zhang-san')).to.equal('/sign-in?problem=external_taken');
    const { url } = await one.json<{ url: string }>('POST', '/api/me/external', {});
    const path = local(await throughProvider(url, 'wang-wu'));
    const signedOut = visitor();
    signedOut.cookie = one.cookie.replace(/cunma_session=[^;]+(; )?/, '');
    expect(await end(signedOut, path)).to.equal('/sign-in?problem=oidc_failed');
    expect(await linkAs('wang-wu')).to.equal('/me');
    const fresh = visitor();
    expect(await end(fresh, local(await throughProvider(await begin(fresh), 'wang-wu')))).to.equal('/me');
    expect((await fresh.json<Me>('GET', '/api/me')).account.login).to.equal('linking');
    expect(await one.said('DELETE', '/api/me/external')).to.equal('409 oidc_only_way');
  });

  it('is preset by an administrator, for one account only', async () => {
    const { knex } = await testDatabase();
    const made = await person(knex, [{ role: 'administrator', division_code: '41' }]);
    const admin = visitor();
    admin.cookie = made.headers.cookie!;
    admin.csrf = made.headers['x-csrf-token']!;
    const create = (login: string, external_subject: string) =>
      admin.said('POST', '/api/accounts', {
        login,
        name: 'x',
        division_code: '41',
        assignments: [],
        external_subject,
      });
    expect(await create('preset', 'zhao-liu')).to.equal('201');
    expect(await create('twin', 'zhao-liu')).to.equal('409 external_taken');
    const one = visitor();
    expect(await end(one, local(await throughProvider(await begin(one), 'zhao-liu')))).to.equal('/me');
  });

  it('a provider that does not answer is said, and tried again', async () => {
    const port = await freePort();
    const lost = await serve(undefined, {
      publicUrl,
      ...{ oidcIssuer: `http://127.0.0.1:${port}`, oidcClientId: CLIENT_ID },
    });
    const one = new Visitor(lost.base);
    for (let i = 0; i < 2; i++)
      expect((await one.ask('GET', '/api/oidc/start')).headers.get('location')).to.equal(
        '/sign-in?problem=oidc_unavailable',
      );
    await lost.close();
  });

  it('does not start half set, or in the clear beyond this machine', async () => {
    for (const config of [
      { oidcIssuer: 'https://id.example.org', oidcClientId: null },
      { oidcIssuer: 'http://id.example.org', oidcClientId: 'x' },
      { oidcIssuer: 'not an address', oidcClientId: 'x' },
    ]) {
      const fault = await serve(undefined, config).then(
        () => 'started',
        (error: Error) => error.name,
      );
      expect(fault).to.equal('ConfigFault');
    }
  });
});
