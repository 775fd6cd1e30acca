import { expect } from 'chai';
import type { Knex } from 'knex';
import { type Database, query } from '../../server/db/index.ts';
import type { Schedule } from '../../server/jobs/index.ts';
import { queueDue } from '../../server/jobs/queue_due.ts';
import { testDatabase } from '../support/database.ts';
import { counting, effects, ended, makeEffectTable, until, working } from '../support/jobs.ts';

describe('daily jobs', () => {
  let database: Database;
  let knex: Knex;
  const kind = counting('test_daily', { asOwner: true, right: 'installation.manage' });
  const daily: Schedule = { kind, input: { steps: 2 }, at: '02:30', timeZone: 'Asia/Shanghai' };
  before(async () => {
    database = await testDatabase();
    ({ knex } = database);
    await makeEffectTable(knex);
  });
  afterEach(async () => {
    await knex.raw("delete from job where kind like 'test\\_%'");
    await knex.raw("delete from job_schedule where name like 'test\\_%'");
  });
  after(() => knex.raw('drop table test_effect'));

  const at = (local: string) => queueDue(knex, [daily], new Date(`${local}+08:00`));
  async function queued(): Promise<string[]> {
    const rows = await query<{ unique_key: string }>(
      knex,
      "select unique_key from job where kind = 'test_daily' order by id",
    );
    return rows.map(({ unique_key }) => unique_key.split(':')[2]!);
  }

  it('wait for their next hour when they are new, then are queued once a day', async () => {
    for (const [now, expected] of [
      ['2026-11-22T12:00', []],
      ['2026-11-23T02:29', []],
      ['2026-11-23T02:30', ['2026-11-23']],
      ['2026-11-23T02:31', ['2026-11-23']],
      ['2026-11-23T23:59', ['2026-11-23']],
      ['2026-11-24T02:30', ['2026-11-23', '2026-11-24']],
    ] as const) {
      await at(now);
      expect(await queued(), now).to.deep.equal(expected);
    }
  });

  it('are caught up with once after days of standing still', async () => {
    await at('2026-11-01T12:00');
    await at('2026-11-20T12:00');
    await at('2026-11-20T12:01');
    expect(await queued()).to.deep.equal(['2026-11-20']);
  });

  it('are not repeated when the clock is put back, and go on after it was years ahead', async () => {
    await at('2026-11-20T12:00');
    await at('2026-11-21T12:00');
    await at('2026-11-20T12:00');
    await at('2036-01-01T12:00');
    await at('2026-11-21T12:00');
    await at('2026-11-22T12:00');
    expect(await queued()).to.deep.equal(['2026-11-21', '2036-01-01', '2026-11-22']);
  });

  it('are queued once by processes that look at the same moment', async () => {
    await at('2026-11-20T12:00');
    await Promise.all(Array.from({ length: 6 }, () => at('2026-11-21T12:00')));
    expect(await queued()).to.deep.equal(['2026-11-21']);
  });

  it('are carried out as the owner, for nobody', async () => {
    await at('2026-11-20T12:00');
    await at('2026-11-21T12:00');
    const [job] = await query<{ id: string }>(knex, "select id from job where kind = 'test_daily'");
    await working(database, [kind], async () => {
      const row = await until(knex, job!.id, ended);
      expect(row).to.include({ status: 'succeeded', account_id: null });
    });
    expect(await effects(knex, job!.id)).to.deep.equal([1, 2]);
  });

  it('are looked after by the queue itself', async () => {
    const { rows } = await knex.raw<{ rows: { day: string }[] }>(
      "insert into job_schedule values ('test_daily', current_date - 3) returning last_day as day",
    );
    await working(
      database,
      [kind],
      async () => {
        while ((await queued()).length === 0);
      },
      { schedules: [daily] },
    );
    expect((await queued())[0]! > rows[0]!.day).to.equal(true);
  });
});
