import { shapeEwkb } from '../../../server/geometry/index.ts';
import { landAt } from '../../../server/layers/index.ts';
import { crossShape, overlayShape } from '../../../server/overlay/index.ts';
import { person } from '../../support/people.ts';
import { ServerProcess } from '../../support/server_process.ts';
import { interleave, ms, quantile } from '../measure.ts';
import { poster } from '../post.ts';
import type { BenchLand } from './land.ts';
import { measures, recordStatements, runPrepared, runStatements } from './same_sql.ts';
import { type BenchShape, benchShapes, SIZES } from './shapes.ts';
import { NAIVE, REFERENCE, VILLAGES } from './statements.ts';

const AS_OF = '2026-11-22';
/** Each contender measures each shape once, or they would be measured on different land: so many shapes as rounds. */
const ROUNDS = 40;
const LARGE_M2 = 1e6;
const LARGE_ROUNDS = 13;
/** Runs before the one that counts. With it the turns go round all shapes: 3 divides neither 40 nor 13. */
const LEAD = 2;
/** Node.js compiles well what has run some thousand times: measured is a server of some minutes, not of its start. */
const WARM_REQUESTS = 2000;

/** Naive and hand-written SQL, the server's own SQL, and the server, in turn. Answers the HTTP p50 at 0.1 ha, ms. */
export async function speed(land: BenchLand): Promise<number> {
  const server = await ServerProcess.start({
    env: { DATABASE_URL: land.url, CUNMA_RATE_LIMITS: 'off' },
    readyLimitMs: 300_000,
  });
  let smallest = 0;
  try {
    const { headers } = await person(land.database.knex, [{ role: 'planner', division_code: '41' }]);
    const post = mustAnswer(poster(server.url, headers));
    await warm(post, await benchShapes(land, SIZES[0][1], SIZES[0][2], ROUNDS));
    for (const [label, area, corners] of SIZES) {
      // the naive contender takes seconds for a large shape
      const shapes = await benchShapes(land, area, corners, area > LARGE_M2 ? LARGE_ROUNDS : ROUNDS);
      const times = await measure(land, post, shapes);
      const median = (name: string) => p50(times[name]!);
      if (label === '0.1 ha') smallest = median('HTTP overlay');
      for (const [name, values] of Object.entries(times))
        console.log(
          `${label.padEnd(24)} ${name.padEnd(18)} p50 ${ms(quantile(values, 0.5)).padStart(10)}  p95 ${ms(quantile(values, 0.95)).padStart(10)}  × naive ${(median(name) / median('naive')).toFixed(3)}`,
        );
      const { ratio, beyond } = await added(land, post, area, corners);
      console.log(
        `${label.padEnd(24)} HTTP / same SQL ${ratio.toFixed(2)}, basic SQL / naive ${(median('basic SQL') / median('naive')).toFixed(3)}, basic SQL / reference ${(median('basic SQL') / median('reference')).toFixed(2)}, /api/checks beyond /api/overlays ${ms(beyond)}, empty commit ${ms(median('empty commit'))}`,
      );
    }
  } finally {
    await server.stop();
  }
  return smallest;
}

/**
 * Two contenders on the same shapes, each shape twice by the one and twice by the other, in turn first: the second run
 * counts. Ms by shape.
 */
async function pairs(
  shapes: readonly BenchShape[],
  one: (shape: BenchShape) => Promise<unknown>,
  other: (shape: BenchShape) => Promise<unknown>,
): Promise<[number[], number[]]> {
  const times: [number[], number[]] = [[], []];
  const time = async (run: typeof one, shape: BenchShape) => {
    await run(shape);
    const started = performance.now();
    await run(shape);
    return performance.now() - started;
  };
  for (const [round, shape] of shapes.entries())
    for (const turn of round % 2 === 0 ? [0, 1] : [1, 0])
      times[turn]!.push(await time(turn === 0 ? one : other, shape));
  return times;
}

const p50 = (values: readonly number[]) => quantile(values, 0.5);

/** What HTTP adds to the server's own statements, and a check to an overlay; both of the same shapes, side by side. */
async function added(land: BenchLand, post: Post, area: number, corners: number) {
  const shapes = await benchShapes(land, area, corners, ROUNDS);
  const statements = await recorded(land, shapes, true);
  const overlay = ({ geometry }: BenchShape) => post('/api/overlays', { geometry });
  const sql = (shape: BenchShape) => runStatements(land.client, statements.get(shape)!);
  const check = ({ geometry }: BenchShape) => post('/api/checks', { geometry, activity: 'house' });
  const [http, same] = await pairs(shapes, overlay, sql);
  const [checks, overlays] = await pairs(shapes, check, overlay);
  return { ratio: p50(http) / p50(same), beyond: p50(checks.map((ms, i) => ms - overlays[i]!)) };
}

/** What the server sends for each shape. */
async function recorded({ database }: BenchLand, shapes: readonly BenchShape[], near: boolean) {
  const statements = new Map<BenchShape, Awaited<ReturnType<typeof recordStatements>>>();
  for (const shape of shapes)
    statements.set(
      shape,
      await recordStatements(database.knex, shape, () => overlayOnce(database, shape, near)),
    );
  return statements;
}

function overlayOnce({ knex, gridSize }: BenchLand['database'], { shape }: BenchShape, near: boolean) {
  return knex.transaction((db) => overlayShape(db, { shape, asOf: AS_OF, near }, { gridSize }));
}

type Post = (path: string, body: unknown) => Promise<void>;

function mustAnswer(ask: ReturnType<typeof poster>): Post {
  return async (path, body) => {
    const { status, text } = await ask(path, body);
    if (status >= 300) throw new Error(`${path}: ${status} ${text}`);
  };
}

/** Of the smallest size: what runs in the server is the same for all. */
async function warm(post: Post, shapes: readonly BenchShape[]): Promise<void> {
  for (let i = 0; i < WARM_REQUESTS; i++) {
    const { geometry } = shapes[i % shapes.length]!;
    await post('/api/overlays', { geometry });
    await post('/api/checks', { geometry, activity: 'house' });
  }
}

async function measure(
  land: BenchLand,
  post: Post,
  shapes: readonly BenchShape[],
): Promise<Record<string, number[]>> {
  const { client, database } = land;
  // no contender runs on what the one before it has just brought into the processor's caches
  let start = 0;
  const turn = () => {
    start += 5;
    let i = start;
    return () => shapes[i++ % shapes.length]!;
  };
  const versions = new Map(
    await Promise.all(
      shapes.map(async (shape) => {
        const land = await landAt(database.knex, shapeEwkb(shape.shape), AS_OF);
        return [shape, land.versions.map(({ id }) => id)] as const;
      }),
    ),
  );
  const whole = await recorded(land, shapes, true);
  const basic = await recorded(land, shapes, false);
  const turns = Array.from({ length: 8 }, turn);
  return interleave(
    {
      naive: () => {
        const shape = turns[0]!();
        const values = [JSON.stringify(shape.geometry), [VILLAGES, ...versions.get(shape)!]];
        return runPrepared(client, [{ text: NAIVE, values }]);
      },
      reference: () => {
        const shape = turns[1]!();
        return runPrepared(client, [
          { text: REFERENCE, values: [JSON.stringify(shape.geometry), versions.get(shape)] },
        ]);
      },
      'basic SQL': () => runPrepared(client, basic.get(turns[7]!())!.filter(measures)),
      'same SQL': () => runStatements(client, whole.get(turns[2]!())!),
      overlay: () => overlayOnce(database, turns[3]!(), true),
      'HTTP overlay': () => post('/api/overlays', { geometry: turns[4]!().geometry }),
      'HTTP check': () => post('/api/checks', { geometry: turns[5]!().geometry, activity: 'house' }),
      'with cross tables': () =>
        database.knex.transaction(async (db) => {
          const { shape } = turns[6]!();
          const input = { shape, asOf: AS_OF };
          const result = await overlayShape(db, input, { gridSize: database.gridSize });
          await crossShape(db, input, result, ['permanent_basic_farmland'], { gridSize: database.gridSize });
        }),
      'empty commit': async () => {
        await client.query('begin');
        await client.query('select txid_current()');
        await client.query('commit');
      },
    },
    shapes.length,
    { lead: LEAD, warm: 2 },
  );
}
