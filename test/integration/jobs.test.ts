import { expect } from 'chai';
import type { Knex } from 'knex';
import type { Database } from '../../server/db/index.ts';
import { claimNext } from '../../server/jobs/claim.ts';
import { type JobContext, JobQueue, TryAgain } from '../../server/jobs/index.ts';
import { Problem } from '../../server/problems.ts';
import { ENGINE, testDatabase } from '../support/database.ts';
import {
  addEffect,
  counting,
  effects,
  ended,
  logOf,
  makeEffectTable,
  queue,
  type Steps,
  type StoredJob,
  stored,
  until,
  working,
} from '../support/jobs.ts';
import { type Person, person } from '../support/people.ts';

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
const running = ({ status }: { status: string }) => status === 'running';

describe('jobs', () => {
  let database: Database;
  let knex: Knex;
  let steward: Person;
  before(async () => {
    database = await testDatabase();
    ({ knex } = database);
    await makeEffectTable(knex);
  });
  beforeEach(async () => {
    steward = await person(knex, [{ role: 'data_steward', division_code: '410821' }]);
  });
  afterEach(async () => {
    await knex.raw("delete from job where kind like 'test\\_%'");
  });
  after(() => knex.raw('drop table test_effect'));

  describe('a step', () => {
    it('acts for the person who queued the job, in their areas, and the job goes to its end', async () => {
      const seen: unknown[] = [];
      const kind = counting('test_scope', {
        run: async (context) => {
          await context.log({ zh: '开始', en: 'begun' });
          seen.push(context.account_id, context.areas, context.who.actor?.login);
          return context.step(
            async (db) => {
              await context.log({ zh: '在做', en: 'under way' });
              const { rows } = await db.raw(
                "select current_user as role, current_setting('cunma.account') as account, current_setting('cunma.scope') as scope",
              );
              return rows[0];
            },
            { checkpoint: { at: 7 }, done: 7, total: 9 },
          );
        },
      });
      const id = await queue(knex, kind, 1, { for: steward, division_code: '410821100' });
      await working(database, [kind], async () => {
        const job = await until(knex, id, ended);
        expect(job).to.deep.include({ status: 'succeeded', problem: null, lease_until: null, worker: null });
        expect(job).to.deep.include({ checkpoint: { at: 7 }, done: '7', total: '9' });
        expect(job.result).to.deep.equal({ role: 'cunma_app', account: steward.account_id, scope: '410821' });
        expect(seen).to.deep.equal([steward.account_id, ['410821'], steward.login]);
        expect(await logOf(knex, id)).to.deep.equal(['begun', 'under way']);
      });
    });

    it('is one transaction with its checkpoint: the same one wrote both rows', async () => {
      const writers: string[] = [];
      const kind = counting('test_one', {
        between: async ({ job_id }) => {
          const { rows } = await knex.raw<{ rows: { one: string }[] }>(
            `select case when j.xmin = e.xmin then 'one' else 'two' end as one
             from job j join test_effect e on e.job_id = j.id and e.n = j.checkpoint::int where j.id = ?`,
            [job_id],
          );
          writers.push(...rows.map(({ one }) => one));
        },
      });
      const id = await queue(knex, kind, 3, { for: steward });
      await working(database, [kind], async () => void (await until(knex, id, ended)), {
        heartbeatMs: 60_000,
      });
      expect(writers).to.deep.equal(['one', 'one', 'one']);
    });

    it('acts as the owner where the kind is system work, which alone has the database itself', async () => {
      const { rows } = await knex.raw<{ rows: { role: string }[] }>('select current_user as role');
      const role = (context: JobContext<Steps>) =>
        context.step(async (db) => (await db.raw('select current_user as role')).rows[0]);
      const system = counting('test_owner', {
        asOwner: true,
        run: async (context) => ({ ...(await role(context)), has: context.database === database }),
      });
      const local = counting('test_local', { run: async (context) => context.database });
      const ids = [await queue(knex, system, 1), await queue(knex, local, 1, { for: steward })];
      await working(database, [system, local], async () => {
        expect((await until(knex, ids[0]!, ended)).result).to.deep.equal({ role: rows[0]!.role, has: true });
        expect((await until(knex, ids[1]!, ended)).problem?.code).to.equal('internal');
      });
    });

    it('that throws leaves nothing, neither effect nor log; what was done before stays', async () => {
      const kind = counting('test_throws', {
        run: async (context) => {
          await context.step((db) => addEffect(db, context.job_id, 1), { checkpoint: 1, done: 1 });
          await context.step(async (db) => {
            await addEffect(db, context.job_id, 2);
            await context.log({ zh: '二', en: 'two' });
            throw new Problem('too_many_features', { params: { limit: 5 } });
          });
        },
      });
      const id = await queue(knex, kind, 1, { for: steward });
      await working(database, [kind], async () => {
        const job = await until(knex, id, ended);
        expect(job).to.deep.include({ status: 'failed', attempts: 1, checkpoint: 1, done: '1' });
        expect(job.problem).to.include({ code: 'too_many_features', status: 422 });
        expect(job.problem!.title.zh).to.match(/[一-鿿]/);
        expect(job.problem!.title.en).to.match(/^[\x20-\x7e]+$/);
      });
      expect(await effects(knex, id)).to.deep.equal([1]);
      expect(await logOf(knex, id)).to.deep.equal([]);
    });

    it('that takes too long is undone and tried again', async () => {
      const kind = counting('test_slow', {
        stepLimitMs: 50,
        maxAttempts: 2,
        run: async (context) => {
          await context.step(async (db) => {
            await addEffect(db, context.job_id, 1);
            await db.raw('select pg_sleep(0.2)');
          });
        },
      });
      const id = await queue(knex, kind, 1, { for: steward });
      await working(database, [kind], async () => {
        const job = await until(knex, id, ended);
        expect(job).to.include({ status: 'failed', attempts: 2 });
        expect(job.problem!.code).to.equal('job_step_too_slow');
      });
      expect(await effects(knex, id)).to.deep.equal([]);
    });

    it('cannot hold another one', async () => {
      const kind = counting('test_nested', {
        run: async (context) => context.step(() => context.step(async () => 1)),
      });
      const id = await queue(knex, kind, 1, { for: steward });
      await working(database, [kind], async () => {
        expect(await until(knex, id, ended)).to.include({ status: 'failed', attempts: 1 });
      });
    });
  });

  describe('a person who may no longer', () => {
    for (const [what, take] of [
      ['has lost the role', () => knex('assignment').where({ account_id: steward.account_id }).delete()],
      ['is closed', () => knex('account').where({ id: steward.account_id }).update({ active: false })],
      [
        'has moved to another area',
        () =>
          knex('assignment').where({ account_id: steward.account_id }).update({ division_code: '410822' }),
      ],
    ] as const)
      it(`${what}: the job stops with a reason, and what was done stays`, async () => {
        const kind = counting('test_lost', { between: (_, n) => (n === 2 ? take() : null) });
        const id = await queue(knex, kind, 5, { for: steward });
        await working(database, [kind], async () => {
          const job = await until(knex, id, ended);
          expect(job.status).to.equal('failed');
          expect(job.problem!.code).to.equal('job_right_lost');
        });
        expect(await effects(knex, id)).to.deep.equal([1, 2]);
      });

    it('is gone altogether: nothing goes on in the name of nobody, not even system work', async () => {
      const admin = await person(knex, [{ role: 'administrator', division_code: '41' }]);
      const kind = counting('test_gone', { asOwner: true, right: 'installation.manage' });
      const id = await queue(knex, kind, 3, { for: admin });
      await knex('account').where({ id: admin.account_id }).delete();
      await working(database, [kind], async () => {
        expect((await until(knex, id, ended)).problem!.code).to.equal('job_right_lost');
      });
      expect(await effects(knex, id)).to.deep.equal([]);
    });

    it('queued it with a token: it may do no more than the token, and stops with it', async () => {
      const token = async (rights: string[], division_code: string) => {
        const [row] = (await knex('api_token')
          .insert({
            account_id: steward.account_id,
            label: 'test',
            token_hash: Buffer.from(`${Math.random()}`),
            rights,
            division_code,
            created_by: steward.account_id,
            expires_at: knex.raw("now() + interval '1 hour'"),
          })
          .returning('id')) as { id: string }[];
        return row!.id;
      };
      const good = await token(['jobs.manage'], '410821');
      const narrow = await token(['jobs.manage'], '410821100');
      const other = await token(['files.read'], '410821');
      const kind = counting('test_token', {
        between: (_, n) =>
          n === 1 && knex('api_token').where({ id: good }).update({ revoked_at: new Date() }),
      });
      const ids: string[] = [];
      for (const token_id of [narrow, other, good])
        ids.push(await queue(knex, kind, 3, { for: steward, token_id }));
      await working(database, [kind], async () => {
        for (const [i, done] of [[], [], [1]].entries()) {
          expect((await until(knex, ids[i]!, ended)).problem?.code).to.equal('job_right_lost');
          expect(await effects(knex, ids[i]!)).to.deep.equal(done);
        }
      });
    });
  });

  describe('what goes wrong', () => {
    it('is tried again where it may pass, from the checkpoint', async () => {
      let faults = 0;
      const kind = counting('test_again', {
        between: (_, n) => {
          if (n === 2 && faults++ === 0) throw new TryAgain('for a moment');
        },
      });
      const id = await queue(knex, kind, 4, { for: steward });
      await working(database, [kind], async () => {
        expect(await until(knex, id, ended)).to.include({ status: 'succeeded', problem: null });
      });
      expect(await effects(knex, id)).to.deep.equal(upTo(4));
      expect(await logOf(knex, id)).to.deep.equal(['Going on from where it had got to.']);
    });

    it('is given up after the tries of its kind without getting further, and waits longer each time', async () => {
      const waits: number[] = [];
      let tries = 0;
      const kind = counting('test_given_up', {
        between: () => {
          tries++;
          throw new TryAgain('always');
        },
      });
      const id = await queue(knex, kind, 1, { for: steward });
      const options = { backoff: (attempts: number) => waits.push(attempts) - waits.length };
      await working(
        database,
        [kind],
        async () => {
          const job = await until(knex, id, ended);
          // one try counts the step, the others find it counted and succeed
          expect(job.status).to.equal('succeeded');
        },
        options,
      );
      expect(tries).to.equal(1);
      const never = counting('test_never', {
        run: async () => {
          tries++;
          throw new TryAgain('always');
        },
      });
      const second = await queue(knex, never, 1, { for: steward });
      await working(
        database,
        [never],
        async () => {
          const job = await until(knex, second, ended);
          expect(job).to.include({ status: 'failed', attempts: 3 });
          expect(job.problem!.code).to.equal('busy');
        },
        options,
      );
      expect(tries).to.equal(4);
      expect(waits).to.deep.equal([1, 1, 2, 3]);
    });

    it('is not tried again where nobody knows what it was', async () => {
      const kind = counting('test_bug', {
        run: async () => {
          throw new TypeError('x is undefined');
        },
      });
      const id = await queue(knex, kind, 1, { for: steward });
      await working(database, [kind], async () => {
        const job = await until(knex, id, ended);
        expect(job).to.include({ status: 'failed', attempts: 1 });
        expect(job.problem!.code).to.equal('internal');
      });
    });

    it('does not hold up the jobs behind it', async () => {
      const bad = counting('test_bad', {
        run: async () => {
          throw new TryAgain('always');
        },
      });
      const good = counting('test_good');
      await queue(knex, bad, 1, { for: steward });
      const id = await queue(knex, good, 2, { for: steward });
      await working(database, [bad, good], async () => void (await until(knex, id, ended)), {
        backoff: () => 60_000,
      });
      expect(await effects(knex, id)).to.deep.equal([1, 2]);
    });

    it('a result, a log or an input beyond the limit', async () => {
      const large = counting('test_large', { run: async () => 'x'.repeat(65 * 1024) });
      const wordy = counting('test_wordy', {
        run: async (context) => {
          for (const n of upTo(205))
            await context.log({ zh: `${n}`, en: n === 1 ? 'x'.repeat(600) : `${n}` });
        },
      });
      const stale = counting('test_stale', { input: counting('x').input.refine(({ steps }) => steps > 5) });
      const ids: string[] = [];
      for (const kind of [large, wordy, stale]) ids.push(await queue(knex, kind, 1, { for: steward }));
      await working(database, [large, wordy, stale], async () => {
        expect((await until(knex, ids[0]!, ended)).problem?.code).to.equal('job_result_too_large');
        expect((await until(knex, ids[1]!, ended)).status).to.equal('succeeded');
        expect(await until(knex, ids[2]!, ended)).to.include({ status: 'failed', attempts: 1 });
      });
      const log = await logOf(knex, ids[1]!);
      expect(log.length).to.equal(200);
      expect(log[0]).to.have.length(500);
      expect(log.at(-1)).to.match(/left out/);
    });
  });

  describe('a worker that dies or is slow', () => {
    const expire = (id: string) =>
      knex('job')
        .where({ id })
        .update({ lease_until: knex.raw("now() - interval '1 second'") });

    it('loses its job, which goes on from the checkpoint elsewhere', async () => {
      const kind = counting('test_crash');
      const id = await queue(knex, kind, 5, { for: steward });
      const claimed = await claimNext(knex, [kind.kind], [], 'dead');
      expect(claimed).to.include({ id, fence: '1' });
      await addEffect(knex, id, 1);
      await knex('job').where({ id }).update({ checkpoint: '1', done: 1 });
      expect(await claimNext(knex, [kind.kind], [], 'other')).to.equal(null);
      await expire(id);
      await working(database, [kind], async () => {
        expect(await until(knex, id, ended)).to.include({ status: 'succeeded' });
      });
      expect(await effects(knex, id)).to.deep.equal(upTo(5));
    });

    it('loses it also where its lease was given by a clock that was years ahead', async () => {
      const kind = counting('test_clock');
      const id = await queue(knex, kind, 1, { for: steward });
      await claimNext(knex, [kind.kind], [], 'dead');
      await knex('job')
        .where({ id })
        .update({ lease_until: knex.raw("now() + interval '10 years'") });
      expect(await claimNext(knex, [kind.kind], [], 'other')).to.include({ id, fence: '2' });
    });

    it('again and again: the job fails visibly', async () => {
      const kind = counting('test_killer');
      const id = await queue(knex, kind, 1, { for: steward });
      for (const attempt of upTo(3)) {
        expect(await claimNext(knex, [kind.kind], [], 'dead')).to.include({ id, attempts: attempt });
        await expire(id);
      }
      expect(await claimNext(knex, [kind.kind], [], 'dead')).to.equal(null);
      const job = await stored(knex, id);
      expect(job).to.include({ status: 'failed', lease_until: null });
      expect(job.problem!.code).to.equal('job_crashed');
    });

    it('and comes back after another has taken over: it can do no more', async () => {
      const kind = counting('test_zombie', {
        maxAttempts: 5,
        between: async ({ job_id }, n) => {
          if (n !== 2) return;
          await expire(job_id);
          await claimNext(knex, ['test_zombie'], [], 'thief');
        },
      });
      const id = await queue(knex, kind, 6, { for: steward });
      await working(database, [kind], async (worker) => {
        await until(knex, id, ({ worker: name }) => name === 'thief');
        await worker.stop();
      });
      const job = await stored(knex, id);
      expect(job).to.include({ status: 'running', worker: 'thief', checkpoint: 2 });
      expect(await effects(knex, id)).to.deep.equal([1, 2]);
    });

    if (ENGINE === 'native')
      it('loses it in the middle of a step: the step is undone', async () => {
        let stolen = false;
        const kind = counting('test_stolen', {
          run: async (context) => {
            for (let n = ((context.checkpoint as number | null) ?? 0) + 1; n <= 4; n++)
              await context.step(
                async (db) => {
                  await addEffect(db, context.job_id, n);
                  if (n !== 2 || stolen) return;
                  stolen = true;
                  await expire(context.job_id);
                  expect(await claimNext(knex, ['test_stolen'], [], 'thief')).to.include({ fence: '2' });
                  await expire(context.job_id);
                },
                { checkpoint: n, done: n },
              );
          },
        });
        const id = await queue(knex, kind, 1, { for: steward });
        await working(database, [kind], async () => {
          expect(await until(knex, id, ended)).to.include({ status: 'succeeded' });
        });
        expect(await effects(knex, id)).to.deep.equal(upTo(4));
      });

    if (ENGINE === 'native')
      it('has its connections cut by a restart of the database: the job goes on, each effect once', async () => {
        const kind = counting('test_restart', { maxAttempts: 10 });
        const id = await queue(knex, kind, 60, { for: steward });
        // the test's own connections are cut too
        const survivingUntil = async (...how: [string, (job: StoredJob) => boolean]): Promise<StoredJob> => {
          for (;;) {
            const job = await until(knex, ...how).catch(() => null);
            if (job !== null) return job;
          }
        };
        const cut = () =>
          knex
            .raw(
              'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
            )
            .catch(() => undefined);
        await working(database, [kind], async () => {
          for (const share of [5, 20, 40]) {
            await survivingUntil(id, (job) => Number(job.done) >= share);
            await cut();
          }
          expect(await survivingUntil(id, ended)).to.include({ status: 'succeeded' });
        });
        expect(await effects(knex, id)).to.deep.equal(upTo(60));
      }).timeout(60_000);
  });

  describe('cancelling', () => {
    const ask = (id: string) => knex('job').where({ id }).update({ cancel_requested_at: new Date() });

    it('ends a running job between two steps', async () => {
      const kind = counting('test_cancel', { between: ({ job_id }, n) => (n === 3 ? ask(job_id) : null) });
      const id = await queue(knex, kind, 10, { for: steward });
      await working(database, [kind], async () => {
        expect(await until(knex, id, ended)).to.include({
          status: 'cancelled',
          checkpoint: 3,
          problem: null,
        });
      });
      expect(await effects(knex, id)).to.deep.equal([1, 2, 3]);
    });

    it('reaches work outside steps through its signal', async () => {
      const kind = counting('test_wait', {
        run: ({ signal }) =>
          new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
      });
      const id = await queue(knex, kind, 1, { for: steward });
      await working(database, [kind], async () => {
        await until(knex, id, running);
        await ask(id);
        expect(await until(knex, id, ended)).to.include({ status: 'cancelled' });
      });
    });

    it('holds where the kind takes no notice', async () => {
      const kind = counting('test_deaf', {
        run: async (context) => {
          await ask(context.job_id);
          await context.step((db) => addEffect(db, context.job_id, 1)).catch(() => undefined);
          return 'all done';
        },
      });
      const id = await queue(knex, kind, 1, { for: steward });
      await working(database, [kind], async () => {
        expect(await until(knex, id, ended)).to.include({ status: 'cancelled', result: null });
      });
      expect(await effects(knex, id)).to.deep.equal([]);
    });
  });

  describe('several workers', () => {
    it('share the jobs, each done once', async () => {
      const kind = counting('test_shared');
      const ids: string[] = [];
      for (const _ of upTo(15)) ids.push(await queue(knex, kind, 3, { for: steward }));
      await working(database, [kind], () =>
        working(database, [kind], async () => {
          for (const id of ids) expect(await until(knex, id, ended)).to.include({ status: 'succeeded' });
        }),
      );
      for (const id of ids) expect(await effects(knex, id)).to.deep.equal([1, 2, 3]);
    });

    it('that stop in order give their job back at once, untouched by it', async () => {
      const kind = counting('test_stop', { maxAttempts: 1 });
      const id = await queue(knex, kind, 400, { for: steward });
      await working(
        database,
        [kind],
        async () => void (await until(knex, id, (job) => Number(job.done) > 3)),
      );
      const job = await stored(knex, id);
      expect(job).to.include({ status: 'queued', attempts: 0, lease_until: null });
      expect(await effects(knex, id)).to.deep.equal(upTo(job.checkpoint as number));
      await knex('job')
        .where({ id })
        .update({ input: { steps: (job.checkpoint as number) + 2 } });
      await working(database, [kind], async () => void (await until(knex, id, ended)));
      expect(await effects(knex, id)).to.deep.equal(upTo((job.checkpoint as number) + 2));
    });

    it('leave alone what they do not know', async () => {
      const id = await queue(knex, counting('test_newer'), 1, { for: steward });
      const kind = counting('test_known');
      const known = await queue(knex, kind, 1, { for: steward });
      await working(database, [kind], async () => void (await until(knex, known, ended)));
      expect(await stored(knex, id)).to.include({ status: 'queued' });
    });

    it('refuse two kinds of one name, and a schedule of what is not system work', () => {
      const kind = counting('test_twice');
      const log = { warn: () => undefined, error: () => undefined };
      expect(() => new JobQueue(database, [kind, kind], log)).to.throw('test_twice');
      const schedules = [{ kind, input: { steps: 1 }, at: '02:30', timeZone: 'local' }];
      expect(() => new JobQueue(database, [kind], log, { schedules })).to.throw('test_twice');
    });
  });
});
