import type { Position } from 'geojson';
import {
  type ClearPlaceQuestion,
  MAX_CLEAR_PLACE_VERTICES,
  nearestClearPlace,
  readSmallShape,
} from '../../server/checks/clear_place.ts';
import type { Database } from '../../server/db/index.ts';
import type { Shape } from '../../server/geometry/index.ts';
import { ruleBook } from '../../server/rules/index.ts';
import { random } from '../support/random_shapes.ts';
import { withBothEngines } from './both_engines.ts';
import { ms, quantile } from './measure.ts';

const TODAY = '2026-11-22';
const PLACES = 40;
const METRES_PER_DEGREE = [91_000, 111_000] as const;
/** What is searched for: corners of the shape, radius in m, whether it may be turned. */
const QUESTIONS: [corners: number, radius_m: number, rotate: boolean][] = [
  [4, 100, false],
  [4, 300, false],
  [4, 300, true],
  [64, 300, false],
  [64, 300, true],
  [MAX_CLEAR_PLACE_VERTICES, 300, false],
  [MAX_CLEAR_PLACE_VERTICES, 300, true],
];

/** The whole search for the nearest clear place, of houses in the permanent basic farmland, on both engines. */
export function clearPlacesBench(): Promise<void> {
  return withBothEngines(async ({ embedded, native }) => {
    const places = await housePlaces(native);
    for (const [corners, radius_m, rotate] of QUESTIONS) {
      const shapes = places.map((at) => house(at, corners));
      for (const [engine, database] of Object.entries({ native, embedded }))
        print(
          `${corners} corners, ${radius_m} m${rotate ? ', turned' : ''}`,
          engine,
          await searches(database, shapes, {
            activity: 'house',
            details: { house: 'new_plot' },
            radius_m,
            rotate,
          }),
        );
    }
  });
}

/** Places inside pieces of permanent basic farmland, the same in every run; longitude, latitude. */
async function housePlaces({ knex }: Database): Promise<Position[]> {
  const { rows } = await knex.raw<{ rows: { x: number; y: number }[] }>(
    `select st_x(at) as x, st_y(at) as y
     from (
       select st_pointonsurface(f.geom) as at, f.id
       from feature f join layer_version v on v.county_code = f.county_code and v.id = f.version_id
       where v.layer = 'permanent_basic_farmland' and v.status = 'published'
     ) inside order by id`,
  );
  const next = random(1);
  return Array.from({ length: PLACES }, () => rows[Math.floor(next() * rows.length)]!).map(({ x, y }) => [
    x,
    y,
  ]);
}

/** A rectangle of 10 m × 12 m, or an ellipse of that size. */
function house([x, y]: Position, corners: number): Shape {
  const [a, b] = corners === 4 ? [5 * Math.SQRT2, 6 * Math.SQRT2] : [5, 6];
  const points = Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * (i + 0.5)) / corners;
    return [
      x! + (a * Math.cos(angle)) / METRES_PER_DEGREE[0],
      y! + (b * Math.sin(angle)) / METRES_PER_DEGREE[1],
    ];
  });
  return readSmallShape({ geometry: { type: 'Polygon', coordinates: [[...points, points[0]!]] } });
}

interface Searches {
  times: number[];
  /** how many of each kind: found, none, undecided and why */
  kinds: Map<string, number>;
}

async function searches(
  database: Database,
  shapes: readonly Shape[],
  question: ClearPlaceQuestion,
): Promise<Searches> {
  const result: Searches = { times: [], kinds: new Map() };
  const { gridSize, knex } = database;
  const context = {
    rules: ruleBook(),
    overlay: { gridSize },
    today: TODAY,
    signal: new AbortController().signal,
  };
  for (const shape of shapes) {
    const started = performance.now();
    const found = await knex.transaction((db) => nearestClearPlace(shape, question, { ...context, db }));
    result.times.push(performance.now() - started);
    const kind = found.kind === 'undecided' ? `undecided: ${found.why.reason}` : found.kind;
    result.kinds.set(kind, (result.kinds.get(kind) ?? 0) + 1);
  }
  return result;
}

function print(question: string, engine: string, { times, kinds }: Searches): void {
  const counts = [...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ');
  console.log(
    `${question.padEnd(28)} ${engine.padEnd(9)} p50 ${ms(quantile(times, 0.5)).padStart(10)}  p95 ${ms(quantile(times, 0.95)).padStart(10)}  ${counts}`,
  );
}
