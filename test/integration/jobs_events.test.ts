import { expect } from 'chai';
import type { Knex } from 'knex';
import type { Job } from '../../server/contract/index.ts';
import type { Database } from '../../server/db/index.ts';
import { followJob } from '../../server/jobs/follow_job.ts';
import { findJob } from '../../server/jobs/manage_jobs.ts';
import { testDatabase } from '../support/database.ts';
import { counting, ended, makeEffectTable, queue, until, working } from '../support/jobs.ts';
import { type Person, person } from '../support/people.ts';
import { type Served, serve } from '../support/serve.ts';

interface Event {
  id: string;
  job: Job;
}

/** The events of a stream as they come, after WHATWG HTML 9.2.6; comments go to `comments`. */
async function* read(response: Response, comments: string[] = []): AsyncGenerator<Event> {
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop()!;
    for (const block of blocks) {
      const fields = new Map(
        block.split('\n').map((line) => line.split(/: ?(.*)/s).slice(0, 2) as [string, string]),
      );
      if (fields.has('')) comments.push(fields.get('')!);
      if (fields.has('data')) yield { id: fields.get('id')!, job: JSON.parse(fields.get('data')!) as Job };
    }
  }
}

describe('the events of a job', () => {
  let database: Database;
  let knex: Knex;
  let served: Served;
  let steward: Person;
  const leave: AbortController[] = [];
  const kind = counting('test_events');
  before(async () => {
    database = await testDatabase();
    ({ knex } = database);
    await makeEffectTable(knex);
    served = await serve(undefined, {}, [kind]);
  });
  beforeEach(async () => {
    steward = await person(knex, [{ role: 'data_steward', division_code: '410821' }]);
  });
  afterEach(async () => {
    for (const each of leave.splice(0)) each.abort();
    await knex.raw("delete from job where kind like 'test\\_%'");
  });
  after(async () => {
    await served.close();
    await knex.raw('drop table test_effect');
  });

  function follow(id: string, who = steward, headers: Record<string, string> = {}): Promise<Response> {
    const controller = new AbortController();
    leave.push(controller);
    return fetch(`${served.base}/api/jobs/${id}/events`, {
      headers: { ...who.headers, 'accept-language': 'en', ...headers },
      signal: controller.signal,
    });
  }

  it('are the job as it stands, its changes and its end, and then the stream ends', async () => {
    const id = await queue(knex, kind, 3, { for: steward });
    const events: Event[] = [];
    for await (const event of read(await follow(id))) {
      events.push(event);
      if (events.length === 1) {
        expect(event.job.status).to.equal('queued');
        await working(database, [kind], async () => void (await until(knex, id, ended)));
      }
    }
    const last = events.at(-1)!;
    expect(last.job).to.deep.include({
      status: 'succeeded',
      progress: { done: 3, total: 3 },
      title: 'Counting',
    });
    expect(last.job).to.deep.equal(
      await (await fetch(`${served.base}/api/jobs/${id}?lang=en`, steward)).json(),
    );
    const ids = events.map((event) => Number(event.id));
    expect(ids).to.deep.equal([...new Set(ids)].sort((a, b) => a - b));
  });

  it('come back after a break with what was missed, and with 204 when all has been heard', async () => {
    const id = await queue(knex, kind, 1, { for: steward });
    const [first] = await collect(read(await follow(id)), 1);
    await working(database, [kind], async () => void (await until(knex, id, ended)));
    const rest = await collect(read(await follow(id, steward, { 'last-event-id': first!.id })), 9);
    expect(rest.map(({ job }) => job.status)).to.deep.equal(['succeeded']);
    const over = await follow(id, steward, { 'last-event-id': rest[0]!.id });
    expect(over.status).to.equal(204);
  });

  it('pass through proxies as they come: not compressed, not kept, not collected', async () => {
    const id = await queue(knex, kind, 1, { for: steward });
    const response = await follow(id, steward, { 'accept-encoding': 'gzip, br' });
    expect(response.headers.get('content-type')).to.match(/^text\/event-stream/);
    expect(response.headers.get('content-encoding')).to.equal(null);
    expect(response.headers.get('cache-control'))
      .to.match(/no-store/)
      .and.match(/no-transform/);
    expect(response.headers.get('x-accel-buffering')).to.equal('no');
  });

  it('are only for whoever may see the job', async () => {
    const id = await queue(knex, kind, 1, { for: steward });
    const neighbour = await person(knex, [{ role: 'data_steward', division_code: '410822' }]);
    expect((await follow(id, neighbour)).status).to.equal(404);
    expect((await fetch(`${served.base}/api/jobs/${id}/events`)).status).to.equal(401);
  });

  it('end with the session, and for a reader who has lost the area', async () => {
    const id = await queue(knex, kind, 1, { for: steward });
    const reader = await person(knex, [{ role: 'auditor', division_code: '410821' }]);
    const own = read(await follow(id));
    const others = read(await follow(id, reader));
    for (const events of [own, others]) expect((await events.next()).value.job.status).to.equal('queued');
    await knex('session').where({ account_id: steward.account_id }).update({ ended_at: new Date() });
    expect(await own.next()).to.deep.equal({ value: undefined, done: true });
    await knex('assignment').where({ account_id: reader.account_id }).delete();
    await knex('job').where({ id }).update({ revision: 99 });
    expect(await others.next()).to.deep.equal({ value: undefined, done: true });
  });

  it('hold no connection: six pages of one person follow, a seventh waits, everybody else is served', async () => {
    const id = await queue(knex, kind, 1, { for: steward });
    for (let n = 0; n < 6; n++) expect((await follow(id)).status).to.equal(200);
    expect((await follow(id)).status).to.equal(429);
    const colleague = await person(knex, [{ role: 'data_steward', division_code: '410821' }]);
    expect((await follow(id, colleague)).status).to.equal(200);
    expect((await fetch(`${served.base}/api/jobs/${id}`, steward)).status).to.equal(200);
    for (const each of leave.splice(0)) each.abort();
    let status = 429;
    while (status === 429) ({ status } = await follow(id));
    expect(status).to.equal(200);
  });

  it('say that they are there while nothing happens', async () => {
    const id = await queue(knex, kind, 1, { for: steward });
    const actor = {
      ...(await knex('account').where({ id: steward.account_id }).first()),
      account_id: steward.account_id,
      assignments: [],
      token: null,
      session: {
        ...(await knex('session').where({ account_id: steward.account_id }).first()),
        second_factor: false,
      },
      password_change_required: false,
    };
    const first = await knex.transaction((db) => findJob(db, actor, id));
    const gone = new AbortController();
    const news = followJob(first, {
      database,
      actor,
      id,
      after: null,
      signal: gone.signal,
      pollMs: 5,
      quietMs: 20,
    });
    expect((await news.next()).value).to.include({ row: first.row });
    expect((await news.next()).value).to.equal('quiet');
    expect((await news.next()).value).to.equal('quiet');
    gone.abort();
    expect(await news.next()).to.deep.equal({ value: undefined, done: true });
  });
});

async function collect<T>(items: AsyncIterable<T>, atMost: number): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) {
    found.push(item);
    if (found.length === atMost) break;
  }
  return found;
}
