import { expect } from 'chai';
import type { Knex } from 'knex';
import { RATES_PER_MINUTE } from '../../server/http/index.ts';
import { testDatabase } from '../support/database.ts';
import { person } from '../support/people.ts';
import { type Served, serve } from '../support/serve.ts';
import { cells, polygon } from '../support/test_land.ts';

const OVERLAY = JSON.stringify({
  geometry: polygon(cells(1.9, 0.2, 2.1, 0.3)),
  layers: ['permanent_basic_farmland'],
});
const RATE = RATES_PER_MINUTE.check;
const JSON_TYPE = { 'content-type': 'application/json' };

describe('limits of people who are signed in, and of proxies', function () {
  this.timeout(180_000);
  let knex: Knex;
  before(async () => {
    ({ knex } = await testDatabase());
  });

  const opened: Served[] = [];
  const open = async (config: Parameters<typeof serve>[1]): Promise<Served> => {
    const served = await serve(undefined, { land: 'none', ...config });
    opened.push(served);
    return served;
  };
  afterEach(async () => {
    for (const served of opened.splice(0)) await served.close();
  });

  /** A request that counts as a `check` and costs nothing: its body is refused. */
  const ask = (base: string, headers: Record<string, string>, body = '{}') =>
    fetch(`${base}/api/overlays`, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body });
  const statuses = async (times: number, once: () => Promise<Response>): Promise<Record<number, number>> => {
    const counts: Record<number, number> = {};
    for (let left = times; left > 0; left -= 40) {
      const batch = await Promise.all(Array.from({ length: Math.min(40, left) }, once));
      for (const response of batch) {
        counts[response.status] = (counts[response.status] ?? 0) + 1;
        await response.text();
      }
    }
    return counts;
  };
  const planner = async () => (await person(knex, [{ role: 'planner', division_code: '41' }])).headers;

  it('counts a whole office behind one address person by person', async () => {
    const { base } = await open({ rateLimits: true });
    const [one, two] = [await planner(), await planner()];
    // the first request of each counts for the address: nobody is known yet
    expect((await ask(base, one)).status).to.equal(400);
    expect((await ask(base, two)).status).to.equal(400);
    expect(await statuses(RATE + 5, () => ask(base, one))).to.deep.equal({ 400: RATE, 429: 5 });
    expect((await ask(base, two)).status).to.equal(400);
    expect((await ask(base, two, OVERLAY)).status).to.equal(200);
    // nor does the first one's zeal keep a neighbour without an account out
    expect((await ask(base, {})).status).to.equal(401);
  });

  it('counts one person once, however many sessions', async () => {
    const { base } = await open({ rateLimits: true });
    const { headers, account_id } = await person(knex, [{ role: 'planner', division_code: '41' }]);
    const other = await person(knex, [{ role: 'planner', division_code: '41' }]);
    await knex('session').where({ account_id: other.account_id }).update({ account_id });
    await ask(base, headers);
    await ask(base, other.headers);
    expect(await statuses(RATE, () => ask(base, headers))).to.deep.equal({ 400: RATE });
    expect((await ask(base, other.headers)).status).to.equal(429);
  });

  it('bounds whoever guesses at tokens and cookies by address, before the database is asked', async () => {
    const { base } = await open({ rateLimits: true });
    const colleague = await planner();
    await ask(base, colleague);
    let asked = 0;
    const count = (query: { sql: string }) => {
      if (query.sql.includes('from session s') || query.sql.includes('from api_token t')) asked += 1;
    };
    knex.on('query', count);
    try {
      let n = 0;
      const guess = () => {
        n += 1;
        const secret = `${'g'.repeat(40)}${String(n).padStart(4, '0')}`;
        return ask(
          base,
          n % 2 === 0 ? { authorization: `Bearer ${secret}` } : { cookie: `cunma_session=${secret}` },
        );
      };
      expect(await statuses(RATE + 20, guess)).to.deep.equal({ 401: RATE - 1, 429: 21 });
      expect(asked).to.equal(RATE - 1);
      // whoever is known already goes on working beside the guesser
      expect((await ask(base, colleague)).status).to.equal(400);
    } finally {
      knex.removeListener('query', count);
    }
  });

  it('believes nobody’s X-Forwarded-For without a proxy: neither a new address nor loopback', async () => {
    const { base } = await open({ rateLimits: true, trustProxy: 0 });
    let n = 0;
    const forged = () => {
      n += 1;
      return ask(base, { 'x-forwarded-for': `198.51.100.${n % 250}`, 'x-real-ip': '127.0.0.1' });
    };
    expect(await statuses(RATE + 5, forged)).to.deep.equal({ 401: RATE, 429: 5 });
    for (const forgedFrom of ['127.0.0.1', '::1', 'localhost'])
      expect(
        (await fetch(`${base}/metrics`, { headers: { 'x-forwarded-for': forgedFrom } })).status,
      ).to.equal(401);
  });

  it('believes as many proxies as there are, from the right', async () => {
    const { base } = await open({ rateLimits: true, trustProxy: 1 });
    const via = (forwarded: string) => ask(base, { 'x-forwarded-for': forwarded });
    // what the caller wrote stands to the left of what our proxy added
    let n = 0;
    const forging = () => {
      n += 1;
      return via(`10.0.0.${n % 250}, 203.0.113.9`);
    };
    expect(await statuses(RATE + 5, forging)).to.deep.equal({ 401: RATE, 429: 5 });
    expect((await via('203.0.113.10')).status).to.equal(401);
  });

  it('opens this machine’s doors neither to a page from a name that leads to 127.0.0.1 nor to a silent proxy', async () => {
    const { base } = await open({ land: 'demo' });
    const { hostname, port } = new URL(base);
    const { request } = await import('node:http');
    const status = (host: string) =>
      new Promise<number>((resolve, reject) => {
        request({ hostname, port, path: '/metrics', headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode!);
        })
          .on('error', reject)
          .end();
      });
    expect(await status(`localhost:${port}`)).to.equal(200);
    expect(await status(`[::1]:${port}`)).to.equal(200);
    for (const host of [`evil.example:${port}`, 'cunma.example.gov.cn', 'localhost.evil.example'])
      expect(await status(host), host).to.equal(401);
  });

  it('sends strict headers with pages, replies and problems', async () => {
    const plain = await open({});
    const secure = await open({ publicUrl: 'https://cunma.example' });
    for (const path of ['/', '/api/villages?limit=1', '/api/me', '/nowhere']) {
      const { headers } = await fetch(plain.base + path);
      const policy = headers.get('content-security-policy')!;
      expect(policy, path).to.include("default-src 'none'").and.include("frame-ancestors 'none'");
      expect(policy).not.to.match(/unsafe|\*|http:/);
      expect(headers.get('x-content-type-options')).to.equal('nosniff');
      expect(headers.get('permissions-policy')).to.include('microphone=()').and.include('geolocation=(self)');
      expect(headers.get('referrer-policy')).to.equal('same-origin');
      expect(headers.get('strict-transport-security')).to.equal(null);
      expect(headers.get('x-powered-by')).to.equal(null);
      const over = (await fetch(secure.base + path)).headers;
      expect(over.get('strict-transport-security')).to.equal('max-age=31536000');
      expect(over.get('content-security-policy')).to.include('upgrade-insecure-requests');
    }
  });
});
