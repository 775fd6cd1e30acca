import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import pg from 'pg';
import type { CheckAnswer } from '../../server/contract/index.ts';
import { Drain } from '../../server/http/index.ts';
import { ENGINE, testDatabase } from '../support/database.ts';
import { RECORDS } from '../support/matrix/records.ts';
import { person } from '../support/people.ts';
import { serve } from '../support/serve.ts';
import { ServerProcess } from '../support/server_process.ts';
import { SlowRequest } from '../support/slow_request.ts';

const SQUARE = [
  [113.24, 35.215],
  [113.241, 35.215],
  [113.241, 35.216],
  [113.24, 35.216],
  [113.24, 35.215],
];
const CHECK = JSON.stringify({ geometry: { type: 'Polygon', coordinates: [SQUARE] }, activity: 'house' });

describe('a server that is told to stop', function () {
  this.timeout(240_000);
  const data = mkdtempSync(join(tmpdir(), 'cunma-stop-'));
  const name = `cunma_stop_${process.pid}`;
  let server: ServerProcess;

  const admin = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: process.env.CUNMA_TEST_DATABASE_URL });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  const url = (): Record<string, string> =>
    ENGINE === 'native'
      ? {
          DATABASE_URL: Object.assign(new URL(process.env.CUNMA_TEST_DATABASE_URL!), { pathname: `/${name}` })
            .href,
        }
      : {};
  const start = async (stopSeconds: string): Promise<void> => {
    server = await ServerProcess.start({
      data,
      env: { CUNMA_LAND: 'none', CUNMA_STOP_SECONDS: stopSeconds, ...url() },
    });
  };
  before(async () => {
    if (ENGINE === 'native') await admin(`create database ${name}`);
  });
  after(async () => {
    await server?.stop();
    if (ENGINE === 'native') await admin(`drop database if exists ${name} with (force)`);
    rmSync(data, { recursive: true, force: true });
  });

  /** /readyz until it says what is wanted. */
  const readyz = async (status: string): Promise<void> => {
    for (;;) {
      const response = await fetch(`${server.url}/readyz`);
      const body = (await response.json()) as { status: string };
      if (body.status === status) return;
    }
  };

  it('answers the request under way, turns new ones away, and ends in order', async () => {
    await start('60');
    const slow = await SlowRequest.begin(`${server.url}/api/checks`, CHECK);
    // on a connection of its own: the server has read the head by now
    await readyz('ready');
    server.signal('SIGTERM');
    await readyz('stopping');
    const refused = await fetch(`${server.url}/api/villages`);
    expect(refused.status).to.equal(503);
    expect(refused.headers.get('retry-after')).to.match(/^\d+$/);
    expect(refused.headers.get('connection')).to.equal('close');
    expect(await refused.json()).to.include({ code: 'stopping' });
    const answered = await slow.finish();
    expect(answered.status).to.equal(201);
    expect(await server.ended()).to.equal(0);

    await start('1');
    const { id } = JSON.parse(answered.body) as CheckAnswer;
    const kept = await fetch(`${server.url}/api/checks/${id}`);
    expect(kept.status).to.equal(200);
  });

  it('waits no longer than its bound for a request that never ends', async () => {
    const slow = await SlowRequest.begin(`${server.url}/api/checks`, CHECK);
    await readyz('ready');
    const broken = slow.reply().then(
      () => 'answered',
      () => 'broken off',
    );
    server.signal('SIGTERM');
    expect(await server.ended()).to.equal(0);
    expect(await broken).to.equal('broken off');
    expect(server.log).to.include('requests were cut off');
  });

  it('ends at once at the second signal', async () => {
    await start('600');
    const slow = await SlowRequest.begin(`${server.url}/api/checks`, CHECK);
    const broken = slow.reply().catch(() => 'broken off');
    await readyz('ready');
    server.signal('SIGTERM');
    await readyz('stopping');
    // one that follows at once is the same signal, passed on
    while (server.running) {
      server.signal('SIGTERM');
      await readyz('stopping').catch(() => undefined);
    }
    expect(await server.ended()).to.equal(1);
    expect(await broken).to.equal('broken off');
  });

  it('says which setting cannot be used, and which nobody knows', async () => {
    const told = await ServerProcess.start({ data, env: { PORT: 'eighty', CUNMA_LANT: 'none' } }).then(
      () => 'started',
      (error: Error) => error.message,
    );
    expect(told).to.include('exit code 1').and.include('PORT').and.include('eighty');
    expect(told).to.include('CUNMA_LANT');
  });

  it('ends streams of events, whose listeners come back by themselves', async () => {
    const { knex } = await testDatabase();
    const drain = new Drain();
    const { base, close } = await serve(undefined, {}, [], { drain });
    try {
      const { headers, account_id } = await person(knex, [{ role: 'planner', division_code: '410821' }]);
      const job = await RECORDS.queued_job(knex, { area: '410821', account_id, stamp: 'x', sha256: '' });
      const response = await fetch(`${base}/api/jobs/${job}/events`, { headers });
      expect(response.status).to.equal(200);
      const reader = response.body!.getReader();
      expect((await reader.read()).done).to.equal(false);
      expect(drain.underWay).to.equal(1);
      expect(await drain.finish(60_000)).to.equal(0);
      await (async () => {
        while (!(await reader.read()).done);
      })().catch(() => undefined);
    } finally {
      await close();
    }
  });
});
