import { expect } from 'chai';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { Assignment, Job, JobList } from '../../server/contract/index.ts';
import { enterScope } from '../../server/db/index.ts';
import { enqueue, type JobKind } from '../../server/jobs/index.ts';
import { rolledBack, testDatabase } from '../support/database.ts';
import { type Person, person } from '../support/people.ts';
import { type Served, serve } from '../support/serve.ts';

const TITLE = { zh: '测试任务', en: 'Test job' };
/** What a data steward may queue in their area. */
const local: JobKind = {
  kind: 'test_local',
  title: TITLE,
  input: z.strictObject({ amount: z.number().int().max(10) }),
  right: 'jobs.manage',
  maxAttempts: 3,
  run: async () => null,
};
const system: JobKind = {
  kind: 'test_system',
  title: TITLE,
  input: z.strictObject({}),
  right: 'installation.manage',
  maxAttempts: 1,
  asOwner: true,
  run: async () => null,
};
const hidden: JobKind = { ...local, kind: 'test_hidden', internal: true };

const STEWARD = (division_code: string): Assignment[] => [{ role: 'data_steward', division_code }];

describe('the API of jobs', () => {
  let knex: Knex;
  let served: Served;
  const people: Record<string, Person> = {};
  before(async () => {
    ({ knex } = await testDatabase());
    await knex.raw("insert into installation (area) values ('4108') on conflict do nothing");
    served = await serve(undefined, {}, [local, system, hidden]);
    people.steward = await person(knex, STEWARD('410821'));
    people.colleague = await person(knex, STEWARD('410821'));
    people.neighbour = await person(knex, STEWARD('410822'));
    people.city = await person(knex, [{ role: 'administrator', division_code: '4108' }]);
    people.county = await person(knex, [{ role: 'administrator', division_code: '410821' }]);
    people.auditor = await person(knex, [{ role: 'auditor', division_code: '4108' }]);
    people.planner = await person(knex, [{ role: 'planner', division_code: '410821' }]);
  });
  after(async () => {
    await served.close();
    await knex.raw("delete from job where kind like 'test\\_%'");
  });

  function ask(who: string, method: string, path: string, body?: unknown, headers = {}): Promise<Response> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    return fetch(`${served.base}${path}`, {
      method,
      headers: { ...people[who]!.headers, 'accept-language': 'en', ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
  async function start(
    who: string,
    body: unknown = { kind: 'test_local', input: { amount: 1 } },
  ): Promise<Job> {
    const response = await ask(who, 'POST', '/api/jobs', body);
    expect(response.status, await response.clone().text()).to.equal(201);
    return (await response.json()) as Job;
  }
  async function code(response: Promise<Response>): Promise<string> {
    const { status, code } = (await (await response).json()) as { status: number; code?: string };
    return `${status} ${code ?? ''}`.trim();
  }

  it('queues, shows and lists a job; its start stands in the trail', async () => {
    const response = await ask('steward', 'POST', '/api/jobs', { kind: 'test_local', input: { amount: 3 } });
    const job = (await response.json()) as Job;
    expect(response.headers.get('location')).to.equal(`/api/jobs/${job.id}`);
    expect(job).to.deep.include({
      kind: 'test_local',
      title: 'Test job',
      status: 'queued',
      progress: { done: 0, total: null },
      division_code: '410821',
      attempts: 0,
      max_attempts: 3,
      result: null,
      problem: null,
      log: [],
    });
    expect(job.account).to.deep.equal({ id: people.steward!.account_id, name: people.steward!.login });
    expect(await (await ask('steward', 'GET', `/api/jobs/${job.id}`)).json()).to.deep.equal(job);
    const { rows } = await knex.raw<{ rows: { action: string; account_id: string }[] }>(
      "select action, account_id from audit_entry where record_kind = 'job' and record_id = ?",
      [job.id],
    );
    expect(rows).to.deep.equal([{ action: 'job.start', account_id: people.steward!.account_id }]);
  });

  it('shows the jobs of an area to whoever may see jobs there, and to nobody else', async () => {
    const { id } = await start('steward');
    for (const [who, expected] of [
      ['steward', '200'],
      ['colleague', '200'],
      ['city', '200'],
      ['auditor', '200'],
      ['neighbour', '404'],
      ['planner', '404'],
    ] as const) {
      const response = await ask(who, 'GET', `/api/jobs/${id}`);
      expect(String(response.status), who).to.equal(expected);
      const { jobs } = (await (await ask(who, 'GET', '/api/jobs?kind=test_local')).json()) as JobList;
      expect(
        jobs.some((job) => job.id === id),
        who,
      ).to.equal(expected === '200');
    }
  });

  it('turns pages, and filters by status and kind', async () => {
    const made = [await start('colleague'), await start('colleague'), await start('colleague')];
    const page = (await (await ask('colleague', 'GET', '/api/jobs?limit=2&status=queued')).json()) as JobList;
    expect(page.jobs.map(({ id }) => id)).to.deep.equal([made[2]!.id, made[1]!.id]);
    const next = (await (
      await ask('colleague', 'GET', `/api/jobs?limit=2&before=${page.next}`)
    ).json()) as JobList;
    expect(next.jobs[0]!.id).to.equal(made[0]!.id);
    for (const filter of ['status=failed', 'kind=test_other'])
      expect(await (await ask('colleague', 'GET', `/api/jobs?${filter}`)).json()).to.deep.equal({
        jobs: [],
        next: null,
      });
    for (const filter of ['status=lost', 'limit=0', 'limit=201', 'before=0', 'before=x'])
      expect((await ask('colleague', 'GET', `/api/jobs?${filter}`)).status, filter).to.equal(400);
  });

  it('refuses what the caller may not queue', async () => {
    const job = (kind: string, rest = {}) => ({ kind, input: { amount: 1 }, ...rest });
    expect(await code(ask('planner', 'POST', '/api/jobs', job('test_local')))).to.equal('403 forbidden');
    expect(
      await code(ask('steward', 'POST', '/api/jobs', job('test_local', { division_code: '410822' }))),
    ).to.equal('403 forbidden');
    expect(
      await code(ask('steward', 'POST', '/api/jobs', job('test_local', { division_code: '4108' }))),
    ).to.equal('403 forbidden');
    expect(await code(ask('city', 'POST', '/api/jobs', job('nothing')))).to.equal('422 job_kind_unknown');
    expect(await code(ask('city', 'POST', '/api/jobs', job('test_hidden')))).to.equal('422 job_kind_unknown');
    for (const input of [undefined, null, {}, { amount: 11 }, { amount: 1, more: 1 }, { amount: 'a\0' }])
      expect(
        await code(ask('steward', 'POST', '/api/jobs', { kind: 'test_local', input })),
        JSON.stringify(input),
      ).to.equal('400 invalid_request');
    const anonymous = await fetch(`${served.base}/api/jobs`);
    expect(anonymous.status).to.equal(401);
  });

  it('lets only whoever has the right in the whole installation queue its work', async () => {
    const body = { kind: 'test_system', input: {} };
    expect((await start('city', body)).division_code).to.equal('4108');
    expect(await code(ask('county', 'POST', '/api/jobs', body))).to.equal('403 forbidden');
    expect(await code(ask('county', 'POST', '/api/jobs', { ...body, division_code: '410821' }))).to.equal(
      '403 forbidden',
    );
  });

  it('queues once for one Idempotency-Key', async () => {
    const key = { 'idempotency-key': `jobs-${process.pid}-once` };
    const body = { kind: 'test_local', input: { amount: 2 } };
    const both = await Promise.all([1, 2].map(() => ask('steward', 'POST', '/api/jobs', body, key)));
    const ids = await Promise.all(both.map(async (response) => ((await response.json()) as Job).id));
    expect(ids[0]).to.match(/^\d+$/).and.to.equal(ids[1]);
  });

  it('cancels what waits at once, and lets it try again', async () => {
    const { id } = await start('steward');
    expect(await code(ask('neighbour', 'DELETE', `/api/jobs/${id}`))).to.equal('404 not_found');
    expect(await code(ask('auditor', 'DELETE', `/api/jobs/${id}`))).to.equal('403 forbidden');
    expect(await code(ask('steward', 'POST', `/api/jobs/${id}/retry`))).to.equal('409 job_not_ended');
    const cancelled = (await (await ask('steward', 'DELETE', `/api/jobs/${id}`)).json()) as Job;
    expect(cancelled).to.include({ status: 'cancelled', cancel_requested: true });
    expect(cancelled.ended_at).to.be.a('string');
    expect(await code(ask('steward', 'DELETE', `/api/jobs/${id}`))).to.equal('409 job_ended');
    const again = (await (await ask('colleague', 'POST', `/api/jobs/${id}/retry`)).json()) as Job;
    expect(again).to.include({ status: 'queued', cancel_requested: false, ended_at: null });
    const { rows } = await knex.raw<{ rows: { action: string }[] }>(
      "select action from audit_entry where record_kind = 'job' and record_id = ? order by at",
      [id],
    );
    expect(rows.map(({ action }) => action)).to.deep.equal(['job.start', 'job.cancel', 'job.retry']);
  });

  it('allows a person 20 jobs that wait or run, also when they are asked for at once', async () => {
    people.busy = await person(knex, STEWARD('410821'));
    const replies = await Promise.all(
      Array.from({ length: 24 }, () =>
        ask('busy', 'POST', '/api/jobs', { kind: 'test_local', input: { amount: 1 } }),
      ),
    );
    const statuses = replies.map(({ status }) => status).sort();
    expect(statuses).to.deep.equal([...Array(20).fill(201), ...Array(4).fill(429)]);
    const { jobs } = (await (await ask('busy', 'GET', '/api/jobs')).json()) as JobList;
    const mine = jobs.find(({ account }) => account?.id === people.busy!.account_id)!;
    expect((await ask('busy', 'DELETE', `/api/jobs/${mine.id}`)).status).to.equal(200);
    await start('busy');
    expect(await code(ask('busy', 'POST', `/api/jobs/${mine.id}/retry`))).to.equal('429 too_many_jobs');
  });

  it('refuses an input that is too large', async () => {
    const wide: JobKind = { ...local, input: z.unknown() };
    const fault = await knex
      .transaction((db) =>
        enqueue(db, wide, { input: 'x'.repeat(65 * 1024), division_code: '41', account_id: null }),
      )
      .catch((error: { code: string }) => error.code);
    expect(fault).to.equal('body_too_large');
  });
});

describe('row-level security of jobs', () => {
  const INSERT = `insert into job (kind, title, division_code, account_id, input, max_attempts)
    values ('test_rls', '{}', ?, ?, '{}', 1) returning id`;

  it(
    'shows own jobs and those of the areas, with their logs',
    rolledBack(async (db) => {
      const mine = await person(db, STEWARD('410821'));
      const theirs = await person(db, STEWARD('410822'));
      for (const [area, who] of [
        ['410821', mine],
        ['410822', theirs],
        ['410822', mine],
        ['41', null],
      ] as const) {
        const { rows } = await db.raw<{ rows: { id: string }[] }>(INSERT, [area, who?.account_id ?? null]);
        await db.raw("insert into job_log (job_id, line, text) values (?, 1, '{}')", [rows[0]!.id]);
      }
      for (const [account, areas, expected] of [
        [null, [], 0],
        [mine.account_id, [], 2],
        [mine.account_id, ['410821'], 2],
        [mine.account_id, ['410822'], 3],
        [theirs.account_id, [], 1],
        [null, ['41'], 4],
      ] as const) {
        await enterScope(db, { role: 'cunma_app', account, areas });
        for (const sql of [
          "select count(*)::int as n from job where kind = 'test_rls'",
          "select count(*)::int as n from job_log join job on job.id = job_id where kind = 'test_rls'",
        ]) {
          const { rows } = await db.raw<{ rows: { n: number }[] }>(sql);
          expect(rows[0]!.n, `${account} [${areas}] ${sql}`).to.equal(expected);
        }
      }
    }),
  );

  it(
    'lets nobody queue for somebody else or elsewhere, nor write what only the worker may',
    rolledBack(async (db) => {
      const mine = await person(db, STEWARD('410821'));
      const theirs = await person(db, STEWARD('410821'));
      await enterScope(db, { role: 'cunma_app', account: mine.account_id, areas: ['410821'] });
      const fails = (sql: string, values: unknown[] = []) =>
        db
          .transaction((inner) => inner.raw(sql, values as never))
          .then(
            () => 'done',
            (error: { code: string }) => error.code,
          );
      expect(await fails(INSERT, ['410821', mine.account_id])).to.equal('done');
      for (const [area, account] of [
        ['410822', mine.account_id],
        ['4108', mine.account_id],
        ['410821', theirs.account_id],
        ['410821', null],
      ])
        expect(await fails(INSERT, [area, account]), `${area} ${account}`).to.equal('42501');
      for (const sql of [
        "update job set result = '{}'",
        "update job set checkpoint = '{}'",
        "update job set input = '{}'",
        'update job set account_id = null',
        "update job set division_code = '41'",
        'update job set fence = 0',
        'update job set lease_until = now()',
        'delete from job',
        "insert into job_log (job_id, line, text) values (1, 1, '{}')",
        'delete from job_log',
        'select * from job_schedule',
        "insert into job_schedule values ('x', now())",
      ])
        expect(await fails(sql), sql).to.equal('42501');
    }),
  );
});
