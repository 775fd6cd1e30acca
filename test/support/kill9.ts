import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { type Database, LOAD_STATEMENT_LIMIT_MS, openEmbedded, openNative } from '../../server/db/index.ts';
import { ENGINE, openEmpty } from './database.ts';
import { makeEffectTable } from './jobs.ts';
import { Writer } from './kill9_writer.ts';
import { person } from './people.ts';
import { prepareEmpty } from './prepare.ts';
import { ServerProcess } from './server_process.ts';

const WRITERS = 4;
const LONGEST_ROUND_MS = 5_000;
/** Every so manieth server is killed while it starts. */
const IN_THE_START = 5;

/** Where the servers of a run keep everything. */
interface Place {
  data: string;
  env: Record<string, string>;
  /** as the owner, while no server holds the embedded folder */
  open(): Promise<Database>;
  remove(): Promise<void>;
}

async function makePlace(): Promise<Place> {
  const data = mkdtempSync(join(tmpdir(), 'cunma-kill9-'));
  const env = { CUNMA_LAND: 'none', CUNMA_RATE_LIMITS: 'off', CUNMA_JOBS: '6' };
  const clear = () => rmSync(data, { recursive: true, force: true });
  if (ENGINE === 'embedded')
    return {
      data,
      env,
      open: () => openEmbedded(data, { limitMs: LOAD_STATEMENT_LIMIT_MS }),
      remove: async () => clear(),
    };
  const empty = await openEmpty();
  const { connectionString } = empty.database.knex.client.config.connection as { connectionString: string };
  return {
    data,
    env: { ...env, DATABASE_URL: connectionString },
    open: async () => openNative(connectionString),
    remove: async () => {
      await empty.remove();
      clear();
    },
  };
}

const PRELOAD = new URL('./kill9_preload.mjs', import.meta.url);

/**
 * Kills the real server `kills` times with SIGKILL while it writes, and starts it again on what is left: one server on
 * the embedded engine, two that share the work on PostgreSQL. Afterwards everything acknowledged is there, and every
 * effect once.
 */
export async function killAndRecover(kills: number): Promise<void> {
  const place = await makePlace();
  const servers: ServerProcess[] = [];
  try {
    const writer = await prepare(place);
    const launch = () => ServerProcess.launch({ data: place.data, env: place.env, preload: PRELOAD });
    const start = () => ServerProcess.start({ data: place.data, env: place.env, preload: PRELOAD });
    const count = ENGINE === 'embedded' ? 1 : 2;
    for (let n = 0; n < count; n++) servers.push(await start());
    for (let kill = 1; kill <= kills; kill++) {
      const victim = kill % count;
      await writeAndKill(writer, servers, victim, kill % 3 > 0);
      if (kill % IN_THE_START === 0 && ++kill <= kills) {
        const starting = await launch();
        await sleep(Math.random() * 4_000);
        await starting.kill9();
      }
      servers[victim] = await start();
    }
    await writer.settle(servers[0]!.url);
    await writer.verify(servers[0]!.url);
    for (const server of servers) await server.stop();
    await verifyDatabase(place, writer);
  } finally {
    for (const server of servers) if (server.running) await server.kill9();
    await place.remove();
  }
}

async function prepare(place: Place): Promise<Writer> {
  const database = await place.open();
  try {
    await prepareEmpty(database);
    await makeEffectTable(database.knex);
    const steward = await person(database.knex, [{ role: 'data_steward', division_code: '410821' }]);
    await database.knex('session').update({ expires_at: database.knex.raw("now() + interval '1 day'") });
    return new Writer(steward.headers);
  } finally {
    await database.close();
  }
}

/** At a moment that nobody chose; with `inAJob` one while a job is under way, wherever. */
async function writeAndKill(
  writer: Writer,
  servers: readonly ServerProcess[],
  victim: number,
  inAJob: boolean,
): Promise<void> {
  const stop = new AbortController();
  const url = () => servers[Math.floor(Math.random() * servers.length)]!.url;
  const writing = Array.from({ length: WRITERS }, () => writer.write(url, stop.signal));
  // counted in what was written, not in time: on a busy machine too something is always under way
  const enough = writer.acknowledged + 2 + Math.random() * 20;
  const late = performance.now() + LONGEST_ROUND_MS;
  while (writer.acknowledged < enough && performance.now() < late) await sleep(1 + Math.random() * 10);
  while (inAJob && !(await writer.isAtWork(url())) && performance.now() < late) await sleep(1);
  await servers[victim]!.kill9();
  stop.abort();
  await Promise.all(writing);
}

interface JobFacts {
  id: string;
  status: string;
  steps: number;
  checkpoint: number | null;
  claims: string;
  effects: number[];
  entries: string[];
}

async function verifyDatabase(place: Place, writer: Writer): Promise<void> {
  const database = await place.open();
  try {
    const { rows } = await database.knex.raw<{ rows: JobFacts[] }>(`
      select j.id, j.status, (j.input ->> 'steps')::int as steps, j.checkpoint::int as checkpoint, j.fence as claims,
        array(select n from test_effect e where e.job_id = j.id order by n) as effects,
        array(select action from audit_entry a where a.record_kind = 'job'
              and split_part(a.record_id, ':', 1) = j.id::text and action <> 'job.cancel' order by seq) as entries
      from job j`);
    expect(rows.map(({ id }) => id).sort(), 'one job for each key').to.deep.equal(
      [...writer.jobs.keys()].sort(),
    );
    for (const job of rows) {
      const steps = job.status === 'succeeded' ? job.steps : (job.checkpoint ?? 0);
      const upTo = Array.from({ length: steps }, (_, n) => n + 1);
      expect(job.effects, `job ${job.id} (${job.status})`).to.deep.equal(upTo);
      expect(job.entries, `trail of job ${job.id}`).to.deep.equal([
        'job.start',
        ...upTo.map(() => 'test.step'),
      ]);
    }
    const resumed = rows.filter(({ claims }) => Number(claims) > 1).length;
    expect(resumed, 'jobs that were cut off and went on').to.be.greaterThan(0);
    expect(writer.checks.size, 'acknowledged checks').to.be.greaterThan(0);
    await verifyChain(database.knex, '410821');
  } finally {
    await database.close();
  }
}

/** Each hash is that of the one before and of the entry, as migration 06 says. */
async function verifyChain(knex: Knex, chain: string): Promise<void> {
  const entries = (await knex('audit_entry').where({ county_code: chain }).orderBy('seq')) as {
    seq: string;
    at: string;
    body: string;
    hash: Buffer;
  }[];
  let hash = createHash('sha256').update(`cunma audit ${chain}`).digest();
  for (const [i, entry] of entries.entries()) {
    expect(entry.seq).to.equal(String(i + 1));
    hash = createHash('sha256').update(hash).update(`${entry.seq}\n${entry.at}\n${entry.body}`).digest();
    expect(Buffer.from(entry.hash).equals(hash), `entry ${entry.seq} of the trail`).to.equal(true);
  }
}
