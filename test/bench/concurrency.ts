import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { person } from '../support/people.ts';
import { startPostgresCluster } from '../support/postgres_cluster.ts';
import { ServerProcess } from '../support/server_process.ts';
import { interleave, ms, quantile } from './measure.ts';
import { residentMb } from './memory.ts';
import { type BenchLand, benchLand } from './overlay/land.ts';
import { type BenchShape, benchShapes, SIZES } from './overlay/shapes.ts';
import { poster } from './post.ts';

const SECONDS = Number(process.env.CUNMA_BENCH_SECONDS ?? 30);
/** Clients by size of what they ask, in the order of SIZES: 32 in all. */
const CLIENTS = [16, 8, 4, 4] as const;
const ALONE = 200;

/** Null: answered; else what was said instead. */
type Ask = () => Promise<string | null>;

/** Small overlays alone, and among 32 clients that ask for shapes of all sizes without a pause. */
export async function concurrencyBench(): Promise<void> {
  const cluster = await startPostgresCluster();
  const land = await benchLand(cluster.url, '50k');
  const server = await ServerProcess.start({
    env: { DATABASE_URL: land.url, CUNMA_RATE_LIMITS: 'off' },
    readyLimitMs: 300_000,
  });
  try {
    console.log(`${land.parcels.toLocaleString('en')} parcels, PostGIS`);
    await run(land, server);
  } finally {
    await server.stop();
    await land.close();
    await cluster.stop();
  }
}

async function run(land: BenchLand, server: ServerProcess): Promise<void> {
  const shapes: BenchShape[][] = [];
  for (const [, area, corners] of SIZES) shapes.push(await benchShapes(land, area, corners, 40));
  // each client is a person of its own: turns are taken by person
  const people = await Promise.all(
    Array.from({ length: 32 }, () => person(land.database.knex, [{ role: 'planner', division_code: '41' }])),
  );
  const asker = (size: number, client: number): Ask => {
    let i = client;
    const post = poster(server.url, people[client]!.headers);
    return async () => {
      const { geometry } = shapes[size]![i++ % shapes[size]!.length]!;
      const { status, text } = await post('/api/overlays', { geometry });
      return status < 300 ? null : `${status} ${(JSON.parse(text) as { code?: string }).code}`;
    };
  };
  const alone = await interleave({ small: asker(0, 0) }, ALONE, { warm: 400 });
  print(`${SIZES[0][0]} alone`, alone.small!);
  const idle = residentMb(server.pid);
  const before = cpuSeconds(server.pid);
  const { times, errors, peak } = await load(server, asker);
  const cpu = cpuSeconds(server.pid) - before;
  times.forEach((values, size) => {
    print(`${SIZES[size]![0]} among 32`, values);
  });
  const p99 = (values: number[]) => quantile(values, 0.99);
  console.log(
    `p99 of small overlays × ${(p99(times[0]!) / p99(alone.small!)).toFixed(1)}; errors ${JSON.stringify([...errors])}; memory ${idle.toFixed(0)} MB idle, ${peak.toFixed(0)} MB at most; ${((100 * cpu) / SECONDS).toFixed(0)} % of a processor in the server itself`,
  );
}

async function load(server: ServerProcess, asker: (size: number, client: number) => Ask) {
  const times: number[][] = SIZES.map(() => []);
  let peak = 0;
  const errors = new Map<string, number>();
  const until = performance.now() + SECONDS * 1000;
  const client = async (ask: Ask, into: number[]) => {
    while (performance.now() < until) {
      const started = performance.now();
      const error = await ask();
      if (error === null) into.push(performance.now() - started);
      else errors.set(error, (errors.get(error) ?? 0) + 1);
    }
  };
  const clients = CLIENTS.flatMap((count, size) => Array.from({ length: count }, () => size));
  const all = Promise.all(clients.map((size, i) => client(asker(size, i), times[size]!)));
  while (performance.now() < until) {
    peak = Math.max(peak, residentMb(server.pid));
    await sleep(100);
  }
  await all;
  return { times, errors, peak };
}

/** Processor time of a process, s (Linux: 100 ticks a second). */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function print(label: string, values: number[]): void {
  console.log(
    `${label.padEnd(34)} ${String(values.length).padStart(6)} ×  p50 ${ms(quantile(values, 0.5)).padStart(11)}  p99 ${ms(quantile(values, 0.99)).padStart(11)}`,
  );
}
