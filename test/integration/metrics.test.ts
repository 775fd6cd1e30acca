import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Installation, ProblemBody } from '../../server/contract/index.ts';
import { testDatabase } from '../support/database.ts';
import { installationAreaForTests } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { serve } from '../support/serve.ts';
import { cells, polygon, VILLAGE } from '../support/test_land.ts';

/** name{labels} → value, as Prometheus reads it. */
function series(page: string): Map<string, number> {
  const lines = page.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

describe('metrics and the state of the installation', () => {
  let base = '';
  let close: () => Promise<void>;
  let area = '';
  before(async () => {
    area = await installationAreaForTests();
    ({ base, close } = await serve(undefined, { land: 'none' }));
  });
  after(() => close());

  const scrape = async () => series(await (await fetch(`${base}/metrics`)).text());

  it('counts requests by route pattern, never by address', async () => {
    await fetch(`${base}/api/villages/${VILLAGE}`);
    await fetch(`${base}/api/villages/${VILLAGE}?lang=en`);
    await fetch(`${base}/api/villages/999999999999`);
    await fetch(`${base}/api/nothing/${VILLAGE}`);
    await fetch(`${base}/api/checks/${'a'.repeat(32)}`);
    const found = await scrape();
    const count = (labels: string) => found.get(`cunma_http_request_duration_seconds_count{${labels}}`);
    expect(count('method="GET",route="/api/villages/:code",status="200"')).to.equal(2);
    expect(count('method="GET",route="/api/villages/:code",status="404"')).to.equal(1);
    expect(count('method="GET",route="none",status="404"')).to.equal(1);
    expect(found.get('cunma_problems_total{code="check_unknown"}')).to.equal(1);
    const page = await (await fetch(`${base}/metrics`)).text();
    for (const value of [VILLAGE, '999999999999', 'aaaa', 'nothing']) expect(page).not.to.include(value);
  });

  it('tells of jobs, connections, sizes and the disk', async () => {
    const found = await scrape();
    for (const name of ['cunma_database_bytes', 'cunma_disk_free_bytes', 'cunma_state_age_seconds'])
      expect(found.get(name), name).to.be.at.least(0);
    expect(found.get('cunma_database_bytes')).to.be.greaterThan(1_000_000);
    expect(found.get('cunma_database_connections{state="waiting"}')).to.equal(0);
    // an alert on a large age must go off where there is none
    expect(await (await fetch(`${base}/metrics`)).text()).to.match(/^cunma_last_backup_age_seconds \+Inf$/m);
  });

  it('has every figure that docs/operation.md alerts on', async () => {
    const page = await (await fetch(`${base}/metrics`)).text();
    const named = new Set(readFileSync('docs/operation.md', 'utf8').match(/\bcunma_(?!app|sign_in)[a-z_]+/g));
    expect(named.size).to.be.greaterThan(6);
    for (const name of named) expect(page).to.include(`# TYPE ${name} `);
  });

  it('counts what is under way while it is', async () => {
    const body = new TransformStream<Uint8Array, Uint8Array>();
    const writer = body.writable.getWriter();
    const request = fetch(`${base}/api/checks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: body.readable,
      duplex: 'half',
    } as RequestInit);
    await writer.write(new TextEncoder().encode('{"activity":"house","geometry":'));
    while ((await scrape()).get('cunma_requests_under_way') !== 1);
    await writer.write(new TextEncoder().encode(`${JSON.stringify(polygon(cells(1, 1, 2, 2)))}}`));
    await writer.close();
    expect((await request).status).to.equal(201);
    while ((await scrape()).get('cunma_requests_under_way') !== 0);
  });

  it('is closed to whoever comes through a proxy or under another name, open to a token of the whole', async () => {
    const { knex } = await testDatabase();
    const status = async (headers: Record<string, string>) =>
      (await fetch(`${base}/metrics`, { headers })).status;
    expect(await status({})).to.equal(200);
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-host'])
      expect(await status({ [name]: '127.0.0.1' }), name).to.equal(401);
    const auditor = async (division_code: string) =>
      (await person(knex, [{ role: 'auditor', division_code }])).headers;
    expect(await status({ 'x-forwarded-for': '127.0.0.1', ...(await auditor(area)) })).to.equal(200);
    expect(await status(await auditor('419821'))).to.equal(403);
    expect(await status((await person(knex, [{ role: 'planner', division_code: area }])).headers)).to.equal(
      403,
    );
    expect(await status({ authorization: `Bearer ${'x'.repeat(43)}` })).to.equal(401);
  });

  it('shows the installation on one page, in words, to whoever has the whole of it', async () => {
    const { knex, kind } = await testDatabase();
    const { headers } = await person(knex, [{ role: 'administrator', division_code: area }]);
    const response = await fetch(`${base}/api/installation?lang=en`, { headers });
    const body = (await response.json()) as Installation;
    expect(response.status, JSON.stringify(body)).to.equal(200);
    expect(body.engine.kind).to.equal(kind);
    expect(body.engine.postgis).to.match(/^3\./);
    expect(body.area).to.equal(area);
    const [{ counties }] = (await knex('layer_version').countDistinct('county_code as counties')) as [
      { counties: string },
    ];
    expect(body.land.counties).to.be.within(1, Number(counties));
    expect(body.migrations.last).to.match(/^2026/);
    expect(body.last_backup_at).to.equal(null);
    expect(body.health.map(({ code }) => code)).to.include('no_backup');
    for (const { text } of body.health) expect(text).not.to.match(/[\u4e00-\u9fff]|\{/);
    expect(JSON.stringify(body)).not.to.include('test-');
    const county = await person(knex, [{ role: 'administrator', division_code: '419821' }]);
    const refused = await fetch(`${base}/api/installation`, { headers: county.headers });
    expect(((await refused.json()) as ProblemBody).code).to.equal('forbidden');
  });
});
