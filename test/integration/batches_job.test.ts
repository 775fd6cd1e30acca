import { expect } from 'chai';
import type { Knex } from 'knex';
import type { BatchDetail, ItemList, NewBatch } from '../../server/contract/index.ts';
import type { Database } from '../../server/db/index.ts';
import { measureBatchCoverage, measureBatchParts } from '../../server/overlay/batch_queries.ts';
import { measureOverlap } from '../../server/overlay/overlap_queries.ts';
import { loadCounty } from '../../server/seed.ts';
import { Startup } from '../../server/startup.ts';
import { collection, feature, giveBatch, kindOf, workOff } from '../support/batches.ts';
import { type Opened, openEmpty } from '../support/database.ts';
import { ended, logOf, stored, until, working } from '../support/jobs.ts';
import { type Person, person } from '../support/people.ts';
import { prepareEmpty } from '../support/prepare.ts';
import { type Served, serve } from '../support/serve.ts';
import { COUNTY, cells, polygon, testCounty } from '../support/test_land.ts';

const SHAPES = 12;
/** Twelve plots in a row, so that each slice of four has its own. */
const FILE = collection(
  Array.from({ length: SHAPES }, (_, i) =>
    feature(polygon(cells(0.3 * i + 0.05, 0.2, 0.3 * i + 0.25, 0.9)), { name: `plot ${i + 1}` }),
  ),
);

interface Item {
  index: number;
  status: string;
  answer: unknown;
}

describe('the job of a batch', function () {
  this.timeout(180_000);
  let opened: Opened;
  let database: Database;
  let served: Served;
  let knex: Knex;
  let who: Person;
  let whole: Item[];

  before(async () => {
    opened = await openEmpty();
    ({ database } = opened);
    ({ knex } = database);
    await prepareEmpty(database);
    await loadCounty(database, testCounty(), () => undefined);
    const startup = new Startup();
    startup.ready(database);
    served = await serve(startup, { rateLimits: false });
    who = await person(knex, [{ role: 'inspector', division_code: COUNTY }]);
    const batch = await taken();
    expect(await workOff(database, batch.job_id, { slice: 4 })).to.include({
      status: 'succeeded',
      done: '12',
    });
    whole = await items(batch);
  });
  after(async () => {
    await served.close();
    await opened.remove();
  });

  const taken = async (): Promise<NewBatch> => (await giveBatch(served.base, who, FILE)).body;
  const items = async ({ id }: NewBatch): Promise<Item[]> =>
    (await knex('overlay_batch_item')
      .where({ batch_id: id })
      .orderBy('index')
      .select('index', 'status', 'answer')) as Item[];
  const batchRow = async ({ id }: NewBatch) =>
    (await knex('overlay_batch').where({ id }).first()) as { done: number; shapes: number; affected: number };
  const show = async ({ id }: NewBatch): Promise<BatchDetail> =>
    (
      await fetch(`${served.base}/api/overlay-batches/${id}`, { headers: who.headers })
    ).json() as Promise<BatchDetail>;
  /** Measures, but not before `gate` has let the n-th slice pass. */
  const gated = (gate: (slice: number) => Promise<void>) => {
    let count = 0;
    const parts: typeof measureBatchParts = async (...given) => {
      await gate(++count);
      return measureBatchParts(...given);
    };
    return { batch: { parts, coverage: measureBatchCoverage, overlap: measureOverlap } };
  };

  it('goes on where it was interrupted, after every slice, and leaves what one run leaves', async () => {
    const batch = await taken();
    for (const done of ['4', '8', '12'])
      await working(
        database,
        [kindOf(database, { slice: 4, lanes: 1, measures: gated(async () => pause(30)) })],
        async () => {
          await until(knex, batch.job_id, (job) => BigInt(job.done) >= BigInt(done));
        },
      );
    await workOff(database, batch.job_id, { slice: 4 });
    expect(await stored(knex, batch.job_id)).to.include({ status: 'succeeded', done: '12' });
    expect(await items(batch)).to.deep.equal(whole);
    expect(await batchRow(batch)).to.include({
      done: 12,
      shapes: 12,
      affected: whole.filter(({ status }) => status === 'affected').length,
    });
  });

  it('counts nothing twice where another worker has taken over', async () => {
    const batch = await taken();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = kindOf(database, {
      slice: 4,
      lanes: 1,
      measures: gated((n) => (n === 2 ? held : Promise.resolve())),
    });
    if (database.kind === 'embedded') release();
    await working(database, [first], async () => {
      await until(knex, batch.job_id, ({ done }) => done !== '0');
      if (database.kind === 'native') {
        await knex('job')
          .where({ id: batch.job_id })
          .update({ lease_until: knex.raw("now() - interval '1 hour'") });
        await workOff(database, batch.job_id, { slice: 4 });
        release();
      } else await until(knex, batch.job_id, ended);
    });
    expect(await stored(knex, batch.job_id)).to.include({ status: 'succeeded', done: '12' });
    expect(await items(batch)).to.deep.equal(whole);
    expect(await batchRow(batch)).to.include({ done: 12, shapes: 12 });
  });

  it('keeps what is done when it is cancelled, says so, and goes on when it is asked to', async () => {
    const batch = await taken();
    const cancel = async (n: number) => {
      if (n !== 3) return;
      // outside the transaction of the slice: on the embedded engine there is one connection
      void fetch(`${served.base}/api/jobs/${batch.job_id}`, { method: 'DELETE', headers: who.headers });
      await pause(50);
    };
    const job = await workOff(database, batch.job_id, { slice: 2, lanes: 1, measures: gated(cancel) });
    expect(job.status).to.equal('cancelled');
    const body = await show(batch);
    expect(body.status).to.equal('cancelled');
    expect(body.counts.done).to.be.within(2, 10);
    const rows = await items(batch);
    expect(rows.filter(({ status }) => status === 'waiting')).to.have.length(SHAPES - body.counts.done);
    for (const row of rows) if (row.status !== 'waiting') expect(row).to.deep.equal(whole[row.index - 1]);
    const path = `${served.base}/api/overlay-batches/${batch.id}/items?status=waiting`;
    const list = (await (await fetch(path, { headers: who.headers })).json()) as ItemList;
    expect(list.total).to.equal(SHAPES - body.counts.done);

    await fetch(`${served.base}/api/jobs/${batch.job_id}/retry`, { method: 'POST', headers: who.headers });
    await workOff(database, batch.job_id, { slice: 2 });
    expect(await items(batch)).to.deep.equal(whole);
    expect((await show(batch)).counts).to.include({ done: 12, shapes: 12 });
  });

  it('measures two slices at once, and answers the same in the same order', async () => {
    const batch = await taken();
    let [now, most] = [0, 0];
    const parts: typeof measureBatchParts = async (...given) => {
      most = Math.max(most, ++now);
      await pause(20);
      now--;
      return measureBatchParts(...given);
    };
    const measures = { batch: { parts, coverage: measureBatchCoverage, overlap: measureOverlap } };
    await workOff(database, batch.job_id, { slice: 1, measures });
    expect(most).to.equal(database.kind === 'native' ? 2 : 1);
    expect(await items(batch)).to.deep.equal(whole);
  });

  it('ends where its batch has been removed', async () => {
    const batch = await taken();
    await fetch(`${served.base}/api/overlay-batches/${batch.id}`, { method: 'DELETE', headers: who.headers });
    const job = await workOff(database, batch.job_id);
    expect(job).to.include({ status: 'succeeded' });
    expect(job.result).to.deep.equal({ removed: true });
  });

  it('does nothing more for somebody who has lost the right', async () => {
    const leaving = await person(knex, [{ role: 'inspector', division_code: COUNTY }]);
    const { body: batch } = await giveBatch(served.base, leaving, FILE);
    await knex('assignment').where({ account_id: leaving.account_id }).delete();
    const job = await workOff(database, batch.job_id);
    expect([job.status, job.problem?.code]).to.deep.equal(['failed', 'job_right_lost']);
    expect((await items(batch)).every(({ status }) => status === 'waiting')).to.equal(true);
  });

  it('says of each shape that its slice could not be measured, and is itself done', async () => {
    const batch = await taken();
    const parts = () => Promise.reject(Object.assign(new Error('no'), { code: 'XX000' }));
    const told: string[] = [];
    const measures = {
      batch: { parts, coverage: measureBatchCoverage, overlap: measureOverlap },
      measures: { parts, coverage: () => Promise.reject(Object.assign(new Error('no'), { code: 'XX000' })) },
    };
    const job = await workOff(database, batch.job_id, { measures, warn: (what) => told.push(what) });
    expect(job).to.include({ status: 'succeeded', done: '12' });
    expect(told.length).to.be.greaterThan(12);
    const rows = await items(batch);
    expect(rows.every(({ status }) => status === 'failed')).to.equal(true);
    expect((await show(batch)).counts).to.include({ done: 12, failed: 12, affected: 0 });
    expect(await logOf(knex, batch.job_id)).to.deep.equal([]);
  });
});

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
