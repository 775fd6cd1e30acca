import { expect } from 'chai';
import { parseRoute } from '../../../client/route.ts';
import { deviceWords } from '../../../client/staff/device_words.ts';
import { nextPath } from '../../../client/staff/next_path.ts';
import { mayIn } from '../../../client/staff/rights.ts';
import type { Me } from '../../../server/contract/index.ts';

const HERE = 'https://land.example';
const next = (path: string) => nextPath(`?next=${encodeURIComponent(path)}`, HERE);

describe('staff pages', () => {
  it('have addresses of their own', () => {
    expect(parseRoute('/sign-in')).to.deep.equal({ page: 'sign_in' });
    expect(parseRoute('/setup')).to.deep.equal({ page: 'setup' });
    expect(parseRoute('/set-password')).to.deep.equal({ page: 'set_password' });
    expect(parseRoute('/me/')).to.deep.equal({ page: 'me' });
    expect(parseRoute('/privacy')).to.deep.equal({ page: 'privacy' });
    expect(parseRoute('/admin')).to.deep.equal({ page: 'admin', parts: [] });
    expect(parseRoute('/admin/people/12')).to.deep.equal({ page: 'admin', parts: ['people', '12'] });
    for (const path of ['/me/x', '/constructor', '/admin/%E0%A4%A'])
      expect(parseRoute(path), path).to.deep.equal({ page: 'unknown' });
  });

  it('are gone back to after signing in, with search and place', () => {
    for (const path of ['/admin/audit?from=2026-01-01#x', '/me', '/v/410821101200'])
      expect(next(path)).to.equal(path);
    expect(nextPath('', HERE)).to.equal(null);
  });

  it('never lead to another site, however the address is written', () => {
    const foreign = [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      '/\t/evil.example',
      '/\n/evil.example',
      '/.//evil.example',
      '/me/..//evil.example',
      'javascript:alert(1)',
      'me',
      '',
    ];
    for (const path of foreign) {
      const to = next(path);
      if (to === null) continue;
      // what is let through stays here both for history.pushState and for a browser that follows it
      expect(to.startsWith('//'), path).to.equal(false);
      expect(new URL(to, HERE).origin, path).to.equal(HERE);
    }
    for (const path of ['/sign-in?next=/me', '/set-password#x', '/setup', '/api/me'])
      expect(next(path)).to.equal(null);
  });

  it('tell devices apart in few words', () => {
    const agents: [string, string | null][] = [
      [
        'Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.44',
        'WeChat · Android',
      ],
      [
        'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1',
        'Safari · iOS',
      ],
      [
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0',
        'Edge · Windows',
      ],
      ['Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0', 'Firefox · Linux'],
      ['', null],
    ];
    for (const [agent, words] of agents) expect(deviceWords(agent)).to.equal(words);
  });

  it('offer what a right allows inside its area, and not next door', () => {
    const me = { rights: [{ right: 'accounts.manage', division_codes: ['410821'] }] } as unknown as Me;
    expect(mayIn(me, 'accounts.manage', '410821101')).to.equal(true);
    expect(mayIn(me, 'accounts.manage', '410821')).to.equal(true);
    expect(mayIn(me, 'accounts.manage', '411221')).to.equal(false);
    expect(mayIn(me, 'accounts.manage', '41'), 'a wider area').to.equal(false);
    expect(mayIn(me, 'audit.read', '410821'), 'another right').to.equal(false);
  });
});
