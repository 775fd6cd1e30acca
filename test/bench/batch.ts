import { setTimeout as sleep } from 'node:timers/promises';
import { inLanes } from '../../server/batches/lanes.ts';
import { LANES, SLICE_M2, SLICE_SHAPES, SLICE_VERTICES } from '../../server/batches/limits.ts';
import { groundOrder } from '../../server/batches/order.ts';
import { slicesFor } from '../../server/batches/slices.ts';
import { countiesOf } from '../../server/batches/work_queries.ts';
import type { Batch, NewBatch } from '../../server/contract/index.ts';
import { readShape, toEqualArea } from '../../server/geometry/index.ts';
import { listLayers, versionsInForce } from '../../server/layers/index.ts';
import {
  type BatchLand,
  type BatchShape,
  type OverlayResult,
  overlaySlice,
  sameCoverage,
  type Transactions,
  tolerance,
} from '../../server/overlay/index.ts';
import { type Person, person } from '../support/people.ts';
import { startPostgresCluster } from '../support/postgres_cluster.ts';
import { random } from '../support/random_shapes.ts';
import { ServerProcess } from '../support/server_process.ts';
import { interleave, quantile } from './measure.ts';
import { residentMb } from './memory.ts';
import { type BenchLand, benchLand, SCALES, type Scale } from './overlay/land.ts';
import { REFERENCE_BATCH } from './overlay/statements.ts';

const DAY = '2026-11-22';
const FLAGS = Number(process.env.BENCH_FLAGS ?? 5_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);

interface Flag {
  geometry: { type: 'Polygon'; coordinates: number[][][] };
  each: BatchShape;
}

/**
 * Many flagged shapes at once: `BENCH_SCALES=200k npm run bench -- batch`, or `BENCH_SCALES=full` with a database that
 * BENCH_LAND_FULL names. The reference statement over all of them, ours in one lane and in as many as the server uses,
 * interleaved; then the memory of a server that takes in and examines 20,000, at 50k parcels.
 */
export async function batchBench(): Promise<void> {
  const cluster = await startPostgresCluster();
  try {
    for (const scale of (process.env.BENCH_SCALES ?? '200k').split(',').filter(Boolean) as Scale[]) {
      if (!(scale in SCALES)) throw new Error(`no such scale: ${scale}`);
      const land = await benchLand(cluster.url, scale);
      try {
        console.log(`\n## ${scale}: ${land.parcels.toLocaleString('en')} parcels, ${FLAGS} shapes, PostGIS`);
        await speed(land);
      } finally {
        await land.close();
      }
    }
    if (process.env.BENCH_MEMORY !== 'off') await memory(cluster.url);
  } finally {
    await cluster.stop();
  }
}

/** Wavy discs of 0.02 to 2 ha with 12 to 60 corners at parcels drawn from the land, the same in every run. */
async function flags(land: BenchLand, count: number): Promise<Flag[]> {
  const { rows } = await land.client.query<{ lon: number; lat: number }>(
    `select st_x(c) as lon, st_y(c) as lat from (
       select st_transform(st_centroid(p.geom), 4490) as c
       from piece p join layer_version v on v.county_code = p.county_code and v.id = p.version_id
       where v.layer = 'land_use' order by hashint8(p.id), p.county_code, p.id limit $1) drawn`,
    [count],
  );
  const next = random(2);
  const shapes = rows.map(({ lon, lat }) => {
    const corners = 12 + Math.floor(next() * 49);
    const radius = Math.sqrt((200 * 100 ** next()) / Math.PI);
    const ring = Array.from({ length: corners }, (_, i) => {
      const angle = (2 * Math.PI * i) / corners;
      const r = radius * (0.8 + 0.4 * next());
      return [lon + (r * Math.cos(angle)) / 91_000, lat + (r * Math.sin(angle)) / 111_000];
    });
    const geometry = { type: 'Polygon' as const, coordinates: [[...ring, ring[0]!]] };
    return { geometry, shape: readShape(geometry, {}) };
  });
  const counties = await countiesOf(
    land.database.knex,
    shapes.map(({ shape: { bbox } }) => [...toEqualArea(bbox[0], bbox[1]), ...toEqualArea(bbox[2], bbox[3])]),
  );
  return shapes.map(({ geometry, shape }, i) => ({ geometry, each: { shape, counties: counties[i]! } }));
}

async function landOf({ database: { knex } }: BenchLand, all: readonly Flag[]): Promise<BatchLand> {
  const counties = [...new Set(all.flatMap(({ each }) => each.counties))];
  const versions = await versionsInForce(knex, DAY, counties);
  const coverage = await sameCoverage(
    knex,
    versions.map(({ id }) => id),
  );
  return { as_of: DAY, layers: await listLayers(knex), versions, coverage: Object.fromEntries(coverage) };
}

async function speed(land: BenchLand): Promise<void> {
  const given = await flags(land, FLAGS);
  const all = groundOrder(given.map(({ each }) => each.shape.bbox)).map((i) => given[i]!);
  const rests = await landOf(land, all);
  const ids = rests.versions.map(({ id }) => id);
  const slices = slicesFor(
    all.map(({ each: { shape } }, turn) => ({ turn, vertices: shape.vertex_count, area_m2: shape.area_m2 })),
    { shapes: SLICE_SHAPES.native, vertices: SLICE_VERTICES.native, m2: SLICE_M2.native },
  );
  const { knex, gridSize } = land.database;
  const transaction: Transactions = (work) => knex.transaction(work, { isolationLevel: 'repeatable read' });
  let last: OverlayResult[] = [];
  const ours = (lanes: number) => async () => {
    const results: OverlayResult[] = [];
    const measure = ({ from, to }: { from: number; to: number }) =>
      overlaySlice(
        transaction,
        all.slice(from, to + 1).map(({ each }) => each),
        rests,
        { gridSize, onFailure: (_, error) => console.error(error) },
      );
    for await (const found of inLanes(slices, lanes, measure)) results.push(...found);
    last = results;
  };
  const text = JSON.stringify(all.map(({ geometry }) => geometry));
  await land.client.query('set statement_timeout = 0');
  const times = await interleave(
    {
      reference: () => land.client.query(REFERENCE_BATCH, [text, ids]),
      'one lane': ours(1),
      [`${LANES.native} lanes`]: ours(LANES.native),
    },
    ROUNDS,
    { warm: 1 },
  );
  const best = (name: string) => quantile(times[name]!, 0);
  const base = best('reference');
  for (const name of Object.keys(times))
    console.log(
      `${name.padEnd(10)} best ${best(name).toFixed(0)} ms  p50 ${quantile(times[name]!, 0.5).toFixed(0)} ms  × ${(best(name) / base).toFixed(2)} of the reference`,
    );
  console.log(`two lanes / one: ${(best(`${LANES.native} lanes`) / best('one lane')).toFixed(2)}`);
  console.log(`${slices.length} slices; ${conservation(last)}`);
}

/** How far areas are from adding up, and how many layers did not. */
function conservation(results: readonly OverlayResult[]): string {
  let [worst, failed, affected] = [0, 0, 0];
  for (const { layers, area_m2 } of results)
    for (const row of layers) {
      if (row.status === 'failed') failed++;
      if (row.status === 'affected') affected++;
      if (row.layer.kind !== 'land_use' || row.status === 'failed') continue;
      const whole = row.area_m2 + row.below_threshold_m2 + row.uncovered_m2;
      worst = Math.max(worst, Math.abs(whole - area_m2) / tolerance(area_m2));
    }
  return `${affected} layers met, ${failed} failed, conservation of land use within ${worst.toFixed(3)} of its tolerance`;
}

/** A real server takes in 20,000 shapes and examines them; its memory is read all the while. */
async function memory(cluster: string): Promise<void> {
  const land = await benchLand(cluster, '50k');
  const all = await flags(land, 20_000);
  const who = await person(land.database.knex, [{ role: 'inspector', division_code: '41' }]);
  const server = await ServerProcess.start({
    env: { DATABASE_URL: land.url, CUNMA_RATE_LIMITS: 'off' },
    readyLimitMs: 300_000,
  });
  try {
    await fetch(`${server.url}/api/overlay-batches`, { headers: who.headers });
    await sleep(2_000);
    const idle = residentMb(server.pid);
    let peak = idle;
    const sampler = setInterval(() => {
      peak = Math.max(peak, residentMb(server.pid));
    }, 50);
    const file = JSON.stringify({
      type: 'FeatureCollection',
      features: all.map(({ geometry }, i) => ({
        type: 'Feature',
        geometry,
        properties: { XH: i, name: `f${i}` },
      })),
    });
    console.log(
      `\n## 20,000 shapes in ${(file.length / 1024 / 1024).toFixed(1)} MB, ${land.parcels.toLocaleString('en')} parcels`,
    );
    const told = (what: string, since: number) =>
      console.log(
        `${what.padEnd(12)} ${((performance.now() - since) / 1000).toFixed(1)} s, memory ${idle.toFixed(0)} MB idle, at most ${(peak - idle).toFixed(0)} MB above`,
      );
    let started = performance.now();
    const batch = await give(server, who, file);
    told('taken in', started);
    peak = residentMb(server.pid);
    started = performance.now();
    await ended(server, who, batch);
    told('examined', started);
    for (const format of ['csv', 'xlsx', 'geojson']) {
      peak = residentMb(server.pid);
      started = performance.now();
      const response = await fetch(`${server.url}/api/overlay-batches/${batch.id}/export?format=${format}`, {
        headers: who.headers,
      });
      const { byteLength } = await response.arrayBuffer();
      told(`${format} ${(byteLength / 1024 / 1024).toFixed(1)} MB`, started);
    }
    clearInterval(sampler);
  } finally {
    await server.stop();
    await land.close();
  }
}

async function give(server: ServerProcess, who: Person, file: string): Promise<NewBatch> {
  const form = new FormData();
  form.append('file', new Blob([file]), 'flags.geojson');
  const response = await fetch(`${server.url}/api/overlay-batches`, {
    method: 'POST',
    headers: who.headers,
    body: form,
  });
  const text = await response.text();
  if (response.status !== 201) throw new Error(text);
  return JSON.parse(text) as NewBatch;
}

async function ended(server: ServerProcess, who: Person, { id }: NewBatch): Promise<void> {
  for (;;) {
    const response = await fetch(`${server.url}/api/overlay-batches/${id}`, { headers: who.headers });
    const { status, counts } = (await response.json()) as Batch;
    if (status === 'succeeded') return console.log(JSON.stringify(counts));
    if (status !== 'queued' && status !== 'running') throw new Error(status);
    await sleep(500);
  }
}
