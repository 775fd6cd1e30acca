import { expect } from 'chai';
import type { Knex } from 'knex';
import { OPERATOR } from '../../server/audit/index.ts';
import { enqueue } from '../../server/jobs/index.ts';
import { readKept, retentionJob, retentionSchedule } from '../../server/privacy/index.ts';
import {
  type RetentionRule,
  type RetentionState,
  type RetentionStep,
  ROWS_PER_SLICE,
  retentionRules,
  runRetention,
} from '../../server/privacy/retention.ts';
import { rolledBack, testDatabase } from '../support/database.ts';
import { ended, until, working } from '../support/jobs.ts';

const RULES = retentionRules(readKept());
const daysOf = (table: string) => RULES.find((rule) => rule.table === table)!.days;

/** One old row for every table, `days` old by the clock that the statement speaks of; `label` tells rows apart. */
const INSERT: Record<string, string> = {
  land_check: `insert into land_check (county_code, id, created_at, expires_at, activity, outcome, geom, answer)
    values ('410821', rpad(:label, 32, '0'), :then, now(), 'house', 'clear',
      st_geomfromtext('MULTIPOLYGON(((113 35,113.1 35,113.1 35.1,113 35)))', 4490), '{}')`,
  session: `insert into session (account_id, token_hash, created_at, expires_at)
    values (:account, sha256(:label), '2000-01-01', :then)`,
  overlay_batch: `insert into overlay_batch (division_code, account_id, title, as_of, format, crs, notes, land, shapes, remarks, created_at)
    values ('41', :account, :label, '2026-11-22', 'geojson', '{}', '[]', '{}', 0, 0, :then)`,
  overlay_batch_item: `with batch as (
      insert into overlay_batch (division_code, account_id, title, as_of, format, crs, notes, land, shapes, remarks)
      values ('41', :account, :label, '2026-11-22', 'geojson', '{}', '[]', '{}', 0, 1) returning id)
    insert into overlay_batch_item (batch_id, index, division_code, attributes, status, remark, created_at)
    select id, 1, '41', '{}', 'remark', '{}', :then from batch`,
  one_time_link: `insert into one_time_link (token_hash, account_id, purpose, expires_at)
    values (sha256(:label), :account, 'set_password', :then)`,
  oidc_flow: `insert into oidc_flow (state_hash, browser_hash, nonce, code_verifier, expires_at)
    values (sha256(:label), '', '', '', :then)`,
  sign_in_attempt: `insert into sign_in_attempt (login, address, at, succeeded) values (:label, '', :then, true)`,
  api_token: `insert into api_token (account_id, label, token_hash, rights, division_code, created_by, expires_at)
    values (:account, :label, sha256(:label), '{}', '41', 1, :then)`,
  job: `insert into job (division_code, kind, title, input, status, max_attempts, ended_at)
    values ('41', 'test', '{}', '{}', 'failed', 1, :then)`,
  idempotency: `insert into idempotency (owner, key, request_hash, created_at) values ('public', :label, '', :then)`,
};

async function insert(
  db: Knex,
  account: string,
  table: string,
  daysAgo: string,
  label: string,
): Promise<void> {
  const then = `(now() - interval '${daysAgo}')`;
  const sql = INSERT[table]!.replaceAll(':then', then)
    .replaceAll(':account', account)
    .replaceAll(':label', `'${label}'`);
  await db.raw(sql);
}

async function count(db: Knex, table: string): Promise<number> {
  const { rows } = await db.raw<{ rows: { n: number }[] }>(`select count(*)::integer as n from ${table}`);
  return rows[0]!.n;
}

const trail = async (db: Knex) =>
  (
    (await db('audit_entry').where('action', 'like', 'retention.%').orderBy('seq').select('body')) as {
      body: string;
    }[]
  ).map(({ body }) => JSON.parse(body) as { action: string; after: Record<string, unknown> });

/** A run without a queue. `after` sees each step's state, and may throw: then the step is undone. */
function run(
  db: Knex.Transaction,
  options: {
    rules?: readonly RetentionRule[];
    state?: RetentionState;
    after?: (state: RetentionState) => void;
  } = {},
): Promise<RetentionState> {
  const step: RetentionStep = (work) =>
    db.transaction(async (inner) => {
      const state = await work(inner);
      options.after?.(state);
      return state;
    });
  return runRetention({
    rules: options.rules ?? RULES,
    state: options.state ?? null,
    step,
    who: OPERATOR,
    division_code: '41',
  });
}

/** Nobody else's rows: this run's database holds those of other tests. */
async function emptied(db: Knex): Promise<string> {
  for (const table of Object.keys(INSERT)) await db(table).delete();
  await db.raw("delete from audit_entry where action like 'retention.%'");
  const [account] = (await db('account')
    .insert({ login: 'retention', name: 'x', division_code: '41' })
    .returning('id')) as {
    id: string;
  }[];
  return account!.id;
}

describe('retention', () => {
  for (const table of Object.keys(INSERT))
    it(
      `removes from ${table} what is an hour past the days of the statement, and nothing an hour before`,
      rolledBack(async (db) => {
        const account = await emptied(db);
        const days = daysOf(table);
        await insert(db, account, table, `${days} days 1 hour`, 'past');
        await insert(db, account, table, `${days - 1} days 23 hours`, 'kept');
        const state = await run(db);
        expect(state.removed[table]).to.equal(1);
        expect(await count(db, table)).to.equal(1);
        const [entry] = await trail(db);
        expect(entry!.after.removed).to.deep.include({ table, rows: 1 });
      }),
    );

  it('has a rule for every kind of record that the statement gives a number of days', () => {
    expect(RULES.map(({ table }) => table).sort()).to.deep.equal(Object.keys(INSERT).sort());
  });

  it(
    'keeps what has not ended: an open session, a queued job',
    rolledBack(async (db) => {
      const account = await emptied(db);
      await insert(db, account, 'session', '-1 days', 'open');
      await db.raw(
        "insert into job (division_code, kind, title, input, max_attempts, created_at) values ('41', 'test', '{}', '{}', 1, '2000-01-01')",
      );
      await run(db);
      expect([await count(db, 'session'), await count(db, 'job')]).to.deep.equal([1, 1]);
    }),
  );

  it(
    'goes on after a crash where it was, counting nothing twice and entering the trail once',
    rolledBack(async (db) => {
      await emptied(db);
      await db.raw(
        `insert into sign_in_attempt (login, address, at, succeeded)
         select 'x', '', '2000-01-01', true from generate_series(1, ${2 * ROWS_PER_SLICE + 7})`,
      );
      const rules = [{ table: 'sign_in_attempt', days: 183 }];
      const states: RetentionState[] = [];
      let steps = 0;
      await run(db, {
        rules,
        after: (state) => {
          steps += 1;
          if (steps === 3) throw new Error('kill -9');
          states.push(state);
        },
      }).catch((error: Error) => expect(error.message).to.equal('kill -9'));
      expect(await count(db, 'sign_in_attempt')).to.equal(ROWS_PER_SLICE + 7);
      const end = await run(db, { rules, state: states.at(-1)! });
      expect(end).to.deep.equal({
        removed: { sign_in_attempt: 2 * ROWS_PER_SLICE + 7 },
        tables_done: 1,
        ended: 'run',
      });
      expect(await run(db, { rules, state: end })).to.equal(end);
      expect((await trail(db)).map(({ action }) => action)).to.deep.equal(['retention.run']);
    }),
  );

  it(
    'removes nothing on the first day after the clock has jumped, and goes on the next time',
    rolledBack(async (db) => {
      const account = await emptied(db);
      await run(db);
      await insert(db, account, 'session', '400 days', 'old');
      await db.raw(
        "update audit_entry set at = '2020-01-01T00:00:00.000000Z' where action = 'retention.run'",
      );
      expect((await run(db)).ended).to.equal('put_off');
      expect(await count(db, 'session')).to.equal(1);
      expect((await run(db)).ended).to.equal('run');
      expect(await count(db, 'session')).to.equal(0);
    }),
  );

  it('is done by the job queue as a job of every day', async () => {
    const database = await testDatabase();
    const { knex } = database;
    const job = retentionJob(readKept());
    const attempt = { login: 'retention-job', address: '', at: '2000-01-01', succeeded: false };
    await knex('sign_in_attempt').insert(attempt);
    const { kind, input } = retentionSchedule(job);
    await working(database, [job], async () => {
      const id = await knex.transaction((db) =>
        enqueue(db, kind, { input, division_code: '41', account_id: null }),
      );
      const done = await until(knex, id!, ended);
      expect(done.status, JSON.stringify(done.problem)).to.equal('succeeded');
      expect(done.result).to.have.nested.property('removed.sign_in_attempt').that.is.at.least(1);
      await knex('job').where({ id: id! }).delete();
    });
    expect(await knex('sign_in_attempt').where({ login: attempt.login })).to.deep.equal([]);
  });
});
