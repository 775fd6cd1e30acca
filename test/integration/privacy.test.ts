import { hash } from '@node-rs/argon2';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { secretHash } from '../../server/actor.ts';
import type { CheckAnswer, PrivacyStatement, ProblemBody } from '../../server/contract/index.ts';
import { readKept } from '../../server/privacy/index.ts';
import { testDatabase } from '../support/database.ts';
import { installedFor } from '../support/installation.ts';
import { type Person, person } from '../support/people.ts';
import { serve } from '../support/serve.ts';
import { cells, polygon } from '../support/test_land.ts';

const HOUSE = polygon(cells(1.9, 0.2, 2.1, 0.3));

describe('privacy', () => {
  installedFor('41');
  let base = '';
  let close: () => Promise<void>;
  let knex: Knex;

  before(async () => {
    ({ base, close } = await serve());
    ({ knex } = await testDatabase());
  });
  after(() => close());

  const call = async (method: string, path: string, who: Person | null, body?: unknown) => {
    const response = await fetch(base + path, {
      method,
      headers: { 'content-type': 'application/json', ...who?.headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, text, json: () => JSON.parse(text) };
  };

  it('names every table of the database: as holding personal data, or as holding none and why', async () => {
    const { rows } = await knex.raw<{ rows: { table_name: string }[] }>(
      "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
    );
    const { records, no_personal_data } = readKept();
    const named = [...records.flatMap(({ tables }) => tables), ...Object.keys(no_personal_data)];
    expect(named.slice().sort()).to.deep.equal(rows.map(({ table_name }) => table_name).sort());
  });

  it('shows the statement in both languages, with the days that the check really keeps', async () => {
    const zh = (await call('GET', '/api/privacy?lang=zh', null)).json() as PrivacyStatement;
    const en = (await call('GET', '/api/privacy?lang=en', null)).json() as PrivacyStatement;
    const checks = zh.records.find(({ key }) => key === 'checks')!;
    expect(checks.keep.text).to.include(`${checks.keep.days} 天`);
    expect(checks.legal_basis[0]!.article).to.equal('第十三条第一款第三项');
    expect(JSON.stringify(en)).not.to.match(/[\u4e00-\u9fff]|\{days\}/);
    const made = (
      await call('POST', '/api/checks', null, { geometry: HOUSE, activity: 'house' })
    ).json() as CheckAnswer;
    const { rows } = await knex.raw<{ rows: { days: number }[] }>(
      'select extract(day from expires_at - created_at)::integer as days from land_check where id = ?',
      [made.id],
    );
    expect(rows[0]!.days).to.equal(checks.keep.days);
  });

  it('lets whoever holds its address delete a check, once, and keeps of it neither id nor place', async () => {
    const made = (
      await call('POST', '/api/checks', null, { geometry: HOUSE, activity: 'house' })
    ).json() as CheckAnswer;
    const stranger = await person(knex, [{ role: 'planner', division_code: '41' }]);
    expect((await call('DELETE', `/api/checks/${'0'.repeat(32)}`, stranger)).status).to.equal(404);
    expect((await call('DELETE', `/api/checks/${made.id}`, null)).status).to.equal(204);
    expect((await call('GET', `/api/checks/${made.id}`, null)).status).to.equal(404);
    expect((await call('DELETE', `/api/checks/${made.id}`, null)).status).to.equal(404);
    const entry = (await knex('audit_entry')
      .where({ action: 'check.delete' })
      .orderBy('at', 'desc')
      .first()) as {
      body: string;
      division_code: string;
    };
    expect(entry.division_code).to.equal(made.village!.code);
    expect(entry.body).not.to.include(made.id);
    expect(entry.body).not.to.match(/11[0-9]\.\d{3}|coordinates/);
  });

  it('hands a person all that is kept of them, and nothing of anybody else', async () => {
    const mine = await person(knex, [{ role: 'planner', division_code: '410821' }], {
      login: 'privacy.mine',
    });
    const other = await person(knex, [{ role: 'administrator', division_code: '4108' }], {
      login: 'privacy.other',
    });
    for (const { account_id, login } of [mine, other]) {
      await knex('sign_in_attempt').insert({ login, address: `addr-${login}`, succeeded: true });
      await knex('api_token').insert({
        account_id,
        label: `token of ${login}`,
        token_hash: Buffer.from(login),
        rights: ['checks.read'],
        division_code: '410821',
        created_by: account_id,
        expires_at: knex.raw("now() + interval '1 day'"),
      });
    }
    const { text, json } = await call('GET', '/api/me/data', mine);
    const data = json();
    expect(data.account).to.include({ id: mine.account_id, login: 'privacy.mine' });
    expect(data.assignments).to.have.length(1);
    expect(data.sessions).to.have.length(1);
    expect(data.api_tokens[0]).to.include({ label: 'token of privacy.mine' });
    expect(data.sign_in_attempts[0]).to.include({ address: 'addr-privacy.mine' });
    expect(data).to.include.keys('files', 'jobs', 'trail');
    expect(text).not.to.match(/_hash|privacy\.other/);
    expect((await call('GET', '/api/me/data', null)).status).to.equal(401);
  });

  describe('deleting one’s own account', () => {
    it('leaves a number: nothing to sign in with, no name, no session; the trail knows who it was in part', async () => {
      await person(knex, [{ role: 'administrator', division_code: '41' }]);
      const me = await person(knex, [{ role: 'administrator', division_code: '41' }], {
        login: 'privacy.leaves',
      });
      await knex('account_secret').insert({ account_id: me.account_id, totp_secret: Buffer.from('sealed') });
      const refused = await call('DELETE', '/api/me', { ...me, headers: { cookie: me.headers.cookie! } }, {});
      expect(refused.status, 'without the CSRF token').to.equal(403);
      const done = await call('DELETE', '/api/me', me, {});
      expect(done.status, done.text).to.equal(204);
      expect((await call('GET', '/api/me/trail', me)).status).to.equal(401);
      const account = (await knex('account').where({ id: me.account_id }).first()) as Record<string, unknown>;
      const number = `deleted-${me.account_id}`;
      expect(account).to.include({ login: number, name: number, active: false, external_subject: null });
      for (const table of ['account_secret', 'assignment', 'session', 'api_token', 'recovery_code'])
        expect(await knex(table).where({ account_id: me.account_id }), table).to.deep.equal([]);
      const entry = (await knex('audit_entry')
        .where({ action: 'account.forget' })
        .orderBy('at', 'desc')
        .first()) as { body: string };
      expect(JSON.parse(entry.body)).to.deep.include({
        account_id: me.account_id,
        login: 'pr***',
        before: { login: 'pr***', name: 'p**' },
      });
      expect(entry.body).not.to.include('leaves');
    });

    it('asks for the password where there is one', async () => {
      const me = await person(knex, [{ role: 'planner', division_code: '410821' }]);
      await knex('account_secret').insert({
        account_id: me.account_id,
        password_hash: await hash('correct horse'),
      });
      for (const body of [{}, { password: 'wrong' }]) {
        const { status, json } = await call('DELETE', '/api/me', me, body);
        expect([status, (json() as ProblemBody).code]).to.deep.equal([422, 'password_wrong']);
      }
      expect((await call('DELETE', '/api/me', me, { password: 'correct horse' })).status).to.equal(204);
    });

    it('is refused to the last administrator, to a token and to people made up for the demonstration', async () => {
      const code = async (who: Person, headers = who.headers) =>
        ((await call('DELETE', '/api/me', { ...who, headers }, {})).json() as ProblemBody).code;
      const madeUp = await person(knex, [{ role: 'planner', division_code: '410821' }]);
      await knex('account').where({ id: madeUp.account_id }).update({ demonstration: true });
      expect(await code(madeUp)).to.equal('demonstration_account');

      const program = await person(knex, [{ role: 'planner', division_code: '410821' }]);
      const secret = 'privacy-token-of-a-program';
      await knex('api_token').insert({
        account_id: program.account_id,
        label: 'program',
        token_hash: secretHash(secret),
        rights: ['checks.read'],
        division_code: '410821',
        created_by: program.account_id,
        expires_at: knex.raw("now() + interval '1 day'"),
      });
      expect(await code(program, { authorization: `Bearer ${secret}` })).to.equal('session_required');

      const others = (await knex('assignment').where({ role: 'administrator' }).select('account_id')) as {
        account_id: string;
      }[];
      const active = (await knex('account')
        .whereIn(
          'id',
          others.map(({ account_id }) => account_id),
        )
        .where({ active: true })
        .select('id')) as { id: string }[];
      const ids = active.map(({ id }) => id);
      await knex('account').whereIn('id', ids).update({ active: false });
      try {
        const last = await person(knex, [{ role: 'administrator', division_code: '41' }]);
        await person(knex, [{ role: 'administrator', division_code: '4108' }]);
        expect(await code(last)).to.equal('last_administrator');
        await person(knex, [{ role: 'administrator', division_code: '41' }]);
        expect((await call('DELETE', '/api/me', last, {})).status).to.equal(204);
      } finally {
        await knex('account').whereIn('id', ids).update({ active: true });
      }
    });
  });
});
