import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { Knex } from 'knex';
import pg from 'pg';
import { z } from 'zod';
import type { Job, ProblemBody } from '../../server/contract/index.ts';
import type { JobKind } from '../../server/jobs/index.ts';
import { ENGINE, testDatabase } from '../support/database.ts';
import { type Person, person } from '../support/people.ts';
import { serve } from '../support/serve.ts';

const KIND: JobKind = {
  kind: 'restart_test',
  title: { zh: '试', en: 'test' },
  input: z.unknown(),
  right: 'jobs.manage',
  maxAttempts: 1,
  run: async () => null,
};

/** Only PostgreSQL can go away from under us; what becomes of the embedded engine's faults: embedded.test.ts. */
if (ENGINE === 'native')
  describe('a database that restarts in the middle of a request', function () {
    this.timeout(60_000);
    let knex: Knex;
    let base = '';
    let close: () => Promise<void>;
    let admin: pg.Client;
    let steward: Person;

    before(async () => {
      ({ knex } = await testDatabase());
      ({ base, close } = await serve(undefined, { rateLimits: false }, [KIND]));
      const { rows } = await knex.raw<{ rows: { name: string }[] }>('select current_database() as name');
      const url = Object.assign(new URL(process.env.CUNMA_TEST_DATABASE_URL!), {
        pathname: `/${rows[0]!.name}`,
      });
      admin = new pg.Client({ connectionString: url.href });
      await admin.connect();
      steward = await person(knex, [{ role: 'data_steward', division_code: '410821' }]);
    });
    after(async () => {
      await admin.end();
      await close();
    });

    /** As `pg_ctl restart -m fast` does to those who are connected. */
    const cutAll = () =>
      admin.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
    const queue = (key: string) =>
      fetch(`${base}/api/jobs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key, ...steward.headers },
        body: JSON.stringify({ kind: KIND.kind, division_code: '410821' }),
      });
    /** A request on a connection that was just cut is refused with 503, as it says: to be sent again. */
    const untilServed = async (key: string): Promise<Response> => {
      const response = await queue(key);
      return response.status === 503 ? untilServed(key) : response;
    };
    const jobs = async (): Promise<number> =>
      Number((await admin.query("select count(*) from job where kind = 'restart_test'")).rows[0].count);
    /** Until a statement of a request waits for the lock that `admin` holds. */
    const waiting = async () => {
      for (;;) {
        const { rows } = await admin.query(
          "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        );
        if (rows.length > 0) return;
        await sleep(10);
      }
    };

    it('says so and how to go on, then serves again; the same request again is carried out once', async () => {
      const key = randomUUID();
      await admin.query('begin');
      await admin.query('lock table job in share mode');
      const cut = queue(key);
      await waiting();
      await cutAll();
      await admin.query('commit');
      const refused = await cut;
      expect(refused.status).to.equal(503);
      expect(refused.headers.get('retry-after')).to.match(/^\d+$/);
      expect(((await refused.json()) as ProblemBody).code).to.equal('database_unavailable');
      expect(await jobs()).to.equal(0);

      const first = await queue(key);
      expect(first.status).to.equal(201);
      const { id } = (await first.json()) as Job;
      const again = await queue(key);
      expect(again.status).to.equal(201);
      expect(((await again.json()) as Job).id).to.equal(id);
      expect(await jobs()).to.equal(1);
    });

    it('carries a request out once where the reply was lost after the commit', async () => {
      const before = await jobs();
      const key = randomUUID();
      await queue(key).then((response) => response.body?.cancel());
      await cutAll();
      const ids = new Set<string>();
      for (let i = 0; i < 3; i++) ids.add(((await (await untilServed(key)).json()) as Job).id);
      expect(ids.size).to.equal(1);
      expect(await jobs()).to.equal(before + 1);
    });

    it('serves at once after connections that lay idle were cut', async () => {
      await Promise.all(Array.from({ length: 8 }, () => fetch(`${base}/api/villages?limit=1`)));
      await cutAll();
      // what the pool holds must not be handed out dead
      await sleep(100);
      const statuses = await Promise.all(
        Array.from({ length: 16 }, async () => (await fetch(`${base}/api/villages?limit=1`)).status),
      );
      expect(new Set(statuses)).to.deep.equal(new Set([200]));
      expect((await fetch(`${base}/readyz`)).status).to.equal(200);
    });

    it('never lets two of the same request through at the same time', async () => {
      const before = await jobs();
      const key = randomUUID();
      const replies = await Promise.all(Array.from({ length: 6 }, () => queue(key)));
      const bodies = (await Promise.all(replies.map((r) => r.json()))) as (Job & ProblemBody)[];
      const ids = new Set(bodies.filter((_, i) => replies[i]!.status === 201).map(({ id }) => id));
      expect(ids.size).to.equal(1);
      expect(await jobs()).to.equal(before + 1);
    });
  });
