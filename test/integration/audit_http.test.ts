import { createPublicKey, verify } from 'node:crypto';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { appendAudit, OPERATOR } from '../../server/audit/index.ts';
import type { ProblemBody, SignedHeads, TrailPage, Verification } from '../../server/contract/index.ts';
import { testDatabase } from '../support/database.ts';
import { installedFor } from '../support/installation.ts';
import { type Person, person } from '../support/people.ts';
import { serve } from '../support/serve.ts';

const A = '419911';
const B = '419912';

describe('the audit trail over HTTP', () => {
  installedFor('41');
  let base = '';
  let close: () => Promise<void>;
  let knex: Knex;
  let city: Person;
  let countyA: Person;
  let clerk: Person;

  before(async () => {
    ({ base, close } = await serve());
    ({ knex } = await testDatabase());
    city = await person(knex, [{ role: 'auditor', division_code: '41' }]);
    countyA = await person(knex, [{ role: 'administrator', division_code: A }]);
    clerk = await person(knex, [{ role: 'township_clerk', division_code: `${A}100` }]);
    for (const division_code of [A, B, '4199', '000000'])
      for (const n of [1, 2, 3])
        await knex.transaction((db) =>
          appendAudit(db, OPERATOR, {
            action: n === 3 ? 'trail_test.last' : 'trail_test.first',
            record_kind: 'trail_test',
            record_id: `${division_code}-${n}`,
            division_code,
            after: { name: '张三丰', note: '=HYPERLINK("http://x")' },
          }),
        );
  });
  after(() => close());

  const ask = async <T>(who: Person, path: string, init: RequestInit = {}) => {
    const response = await fetch(base + path, {
      ...init,
      headers: { ...who.headers, 'content-type': 'application/json' },
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    return {
      response,
      text,
      body: (/^application\/(problem\+)?json/.test(type) ? JSON.parse(text) : null) as T,
    };
  };
  const ids = async (who: Person, query: string) => {
    const { body, text } = await ask<TrailPage>(who, `/api/audit?record_kind=trail_test&${query}`);
    expect(body?.entries, text).to.be.an('array');
    return body.entries.map(({ record_id }) => record_id);
  };

  it('shows a county administrator the own county, whoever has the whole installation everything', async () => {
    expect(await ids(countyA, '')).to.deep.equal([`${A}-3`, `${A}-2`, `${A}-1`]);
    expect((await ids(city, 'limit=200')).length).to.equal(12);
    expect(await ids(countyA, `division=${B}`)).to.deep.equal([]);
    const refused = await ask<ProblemBody>(clerk, '/api/audit');
    expect(refused.response.status).to.equal(403);
  });

  it('filters by action, kind of action, record, area and day', async () => {
    expect(await ids(city, `action=trail_test.last&division=${A}`)).to.deep.equal([`${A}-3`]);
    expect((await ids(city, `action=trail_test.*&division=${A}`)).length).to.equal(3);
    expect(await ids(city, `record_id=${B}-2`)).to.deep.equal([`${B}-2`]);
    expect((await ids(city, 'division=4199')).length).to.equal(9);
    const day = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
    expect((await ids(countyA, `from=${day}&until=${day}`)).length).to.equal(3);
    expect(await ids(countyA, 'until=2020-01-01')).to.deep.equal([]);
    for (const faulty of [
      'from=gestern',
      'account=x',
      'before=x',
      'limit=0',
      'limit=201',
      'action=%25',
      'odd=1',
    ])
      expect((await ask(city, `/api/audit?${faulty}`)).response.status, faulty).to.equal(400);
  });

  it('goes through all pages without an entry twice or left out', async () => {
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const { body }: { body: TrailPage } = await ask<TrailPage>(
        city,
        `/api/audit?record_kind=trail_test&limit=5${next ? `&before=${encodeURIComponent(next)}` : ''}`,
      );
      seen.push(...body.entries.map(({ record_id }) => record_id));
      next = body.next;
    } while (next !== null);
    expect(seen.length).to.equal(12);
    expect(new Set(seen).size).to.equal(12);
  });

  it('shows a person what they did and what was done to their account, and not from where others did it', async () => {
    const actor = {
      account_id: countyA.account_id,
      login: countyA.login,
      name: 'x',
      division_code: A,
      demonstration: false,
      assignments: [],
      session: { id: '1', second_factor: false },
      token: null,
      password_change_required: false,
    };
    for (const who of [
      { ...OPERATOR, address: '10.1.2.3' },
      { actor, address: '10.9.9.9', request_id: 'r' },
    ])
      await knex.transaction((db) =>
        appendAudit(db, who, {
          action: 'account.change',
          record_kind: 'account',
          record_id: clerk.account_id,
          division_code: `${A}100`,
        }),
      );
    const { body } = await ask<TrailPage>(clerk, '/api/me/trail');
    expect(body.entries.map(({ address, account }) => [address, account?.id])).to.deep.equal([
      [null, countyA.account_id],
      ['10.1.2.3', undefined],
    ]);
    await knex.transaction((db) =>
      appendAudit(db, OPERATOR, {
        action: 'account.change',
        record_kind: 'account',
        record_id: countyA.account_id,
        division_code: '4199',
      }),
    );
    const area = await ask<TrailPage>(countyA, '/api/audit?action=account.change');
    expect(
      area.body.entries.map(({ division_code }) => division_code),
      'one’s own, outside one’s area, belongs to one’s own trail',
    ).to.deep.equal([`${A}100`, `${A}100`]);
    const own = await ask<TrailPage>(countyA, '/api/me/trail');
    expect(own.body.entries.map(({ address }) => address)).to.deep.equal(['local', '10.9.9.9']);
    expect(own.body.entries[1]!.account!.login).to.match(/^te\*\*\*$/);
  });

  it('exports NDJSON and CSV that no spreadsheet runs, and enters the export itself', async () => {
    const nd = await ask(countyA, '/api/audit/export?record_kind=trail_test');
    const lines = nd.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { record_id: string; after: unknown });
    expect(lines.map(({ record_id }) => record_id)).to.deep.equal([`${A}-3`, `${A}-2`, `${A}-1`]);
    expect(lines[0]!.after).to.deep.equal({ name: '张**', note: '=HYPERLINK("http://x")' });
    const csv = await ask(countyA, `/api/audit/export?record_kind=trail_test&format=csv&division=${A}`);
    expect(csv.response.headers.get('content-disposition')).to.match(
      /^attachment; filename="cunma-audit-.*\.csv"$/,
    );
    const rows = csv.text
      .replace(/^\uFEFF/, '')
      .trim()
      .split('\r\n');
    expect(rows.length).to.equal(4);
    for (const cell of rows.flatMap((row) => row.slice(1, -1).split('","')))
      expect(cell).not.to.match(/^[=+\-@]/);
    const { body } = await ask<TrailPage>(countyA, '/api/audit?action=audit.export');
    expect(body.entries.map(({ after, account }) => [account!.id, after])).to.deep.equal([
      [countyA.account_id, { format: 'csv', entries: 3, record_kind: 'trail_test', division: A }],
      [countyA.account_id, { format: 'ndjson', entries: 3, record_kind: 'trail_test' }],
    ]);
  });

  it('signs the heads of the areas that the caller may read', async () => {
    const { body } = await ask<SignedHeads>(countyA, '/api/audit/heads');
    expect(body.document.heads.map(({ county_code }) => county_code)).to.deep.equal([A]);
    const whole = (await ask<SignedHeads>(city, '/api/audit/heads')).body;
    expect(whole.document.heads.map(({ county_code }) => county_code)).to.include.members(['000000', A, B]);
    const text = `{"at":"${whole.document.at}","fingerprint":"${whole.document.fingerprint}","heads":[${whole.document.heads
      .map(({ county_code, hash, seq }) => `{"county_code":"${county_code}","hash":"${hash}","seq":"${seq}"}`)
      .join(',')}],"kind":"cunma-audit-heads","version":1}`;
    const good = verify(
      null,
      Buffer.from(text),
      createPublicKey(whole.public_key),
      Buffer.from(whole.signature, 'base64'),
    );
    expect(good).to.equal(true);
  });

  it('verifies all chains, against heads kept elsewhere too, for whoever has the whole installation', async () => {
    const kept = (await ask<SignedHeads>(city, '/api/audit/heads')).body;
    const post = (who: Person, body: unknown) =>
      ask<Verification & ProblemBody>(who, '/api/audit/verification', {
        method: 'POST',
        body: JSON.stringify(body),
      });
    expect((await post(countyA, {})).response.status).to.equal(403);
    const { body } = await post(city, { heads: kept });
    expect(body.ok, JSON.stringify(body)).to.equal(true);
    expect(body.entries).to.equal(body.chains.reduce((sum, { entries }) => sum + entries, 0));
    expect(body.chains.find(({ county_code }) => county_code === B)).to.deep.include({
      entries: 3,
      ok: true,
      fault: null,
    });
    const before = (await ask<TrailPage>(city, '/api/audit?action=audit.verify')).body.entries;
    expect(before[0]!.after).to.include({ broken: 0, against_kept_heads: true });

    await knex.raw(`update audit_entry set body = body || ' ' where county_code = '${B}' and seq = 2`);
    const broken = (await post(city, {})).body;
    await knex.raw(`update audit_entry set body = rtrim(body) where county_code = '${B}' and seq = 2`);
    expect(broken.ok).to.equal(false);
    expect(broken.chains.find(({ county_code }) => county_code === B)!.fault).to.deep.include({
      kind: 'changed',
      seq: '2',
    });

    const forged = structuredClone(kept);
    forged.document.heads[0]!.seq = '1';
    expect((await post(city, { heads: forged })).body.code).to.equal('heads_invalid');
    const { base: elsewhere, close: stop } = await serve();
    const foreign = await fetch(`${elsewhere}/api/audit/heads`, { headers: city.headers }).then((r) =>
      r.json(),
    );
    await stop();
    expect((await post(city, { heads: foreign })).body.code).to.equal('heads_foreign');
  });
});
