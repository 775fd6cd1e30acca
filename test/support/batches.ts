import type { Polygon } from 'geojson';
import { BatchInput, type BatchWork, batchJob } from '../../server/batches/index.ts';
import type { NewBatch, ProblemBody } from '../../server/contract/index.ts';
import type { Database } from '../../server/db/index.ts';
import type { JobKind } from '../../server/jobs/index.ts';
import type { LandCounty } from '../../server/layers/index.ts';
import { loadCounty } from '../../server/seed.ts';
import { type Opened, openEmpty } from './database.ts';
import { ended, type StoredJob, stored, until, working } from './jobs.ts';
import type { Person } from './people.ts';
import { prepareEmpty } from './prepare.ts';
import { cells, polygon, type Ring, testCounty, version, zone } from './test_land.ts';

export const NEIGHBOUR = '410822';
export const NEIGHBOUR_VILLAGE = '410822100001';

/** A county east of the test land, 4 × 4 cells that share the border with its vertices: one crop, half of it farmland. */
export function neighbourCounty(): LandCounty {
  const border: Ring = [];
  for (let i = 4; i < 8; i++) border.push(cells(i, 0, i, 0)[0]!);
  for (let j = 0; j < 4; j++) border.push(cells(8, j, 8, j)[0]!);
  for (let i = 8; i > 4; i--) border.push(cells(i, 4, i, 4)[0]!);
  for (let j = 4; j > 0; j--) border.push(cells(4, j, 4, j)[0]!);
  border.push(border[0]!);
  const coverage = { type: 'MultiPolygon' as const, coordinates: [[border]] };
  const parcels = [0, 1, 2, 3].flatMap((j) =>
    [4, 5, 6, 7].map((i) => ({
      ...zone('0102', polygon(cells(i, j, i + 1, j + 1))),
      village_code: NEIGHBOUR_VILLAGE,
    })),
  );
  return {
    code: NEIGHBOUR,
    divisions: [],
    versions: [
      version('land_use', parcels, { coverage }),
      version('permanent_basic_farmland', [zone('pbf', polygon(cells(4, 0, 6, 4)))], { coverage }),
      version('geohazard', [], { coverage }),
    ],
  };
}

/** A database of one's own with the test land and its neighbour. */
export async function twoCounties(): Promise<Opened> {
  const opened = await openEmpty();
  await prepareEmpty(opened.database);
  await loadCounty(opened.database, testCounty(), () => undefined);
  await loadCounty(opened.database, neighbourCounty(), () => undefined);
  return opened;
}

export const feature = (geometry: Polygon | null, properties: Record<string, unknown> = {}) => ({
  type: 'Feature',
  geometry,
  properties,
});

export const collection = (features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features });

/** POST /api/overlay-batches of a person. */
export async function giveBatch(
  base: string,
  who: Person,
  bytes: string | Uint8Array,
  options: { name?: string; fields?: Record<string, string>; headers?: Record<string, string> } = {},
): Promise<{ status: number; body: NewBatch & ProblemBody }> {
  const form = new FormData();
  for (const [name, value] of Object.entries(options.fields ?? {})) form.append(name, value);
  form.append(
    'file',
    new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)]),
    options.name ?? 'flags.geojson',
  );
  const response = await fetch(`${base}/api/overlay-batches`, {
    method: 'POST',
    headers: { 'accept-language': 'en', ...who.headers, ...options.headers },
    body: form,
  });
  return { status: response.status, body: (await response.json()) as NewBatch & ProblemBody };
}

export const kindOf = (database: Database, work: Partial<BatchWork> = {}): JobKind =>
  batchJob({ database: () => database, ...work }) as JobKind;

/** Works until the job has ended. */
export async function workOff(
  database: Database,
  job: string,
  work: Partial<BatchWork> = {},
): Promise<StoredJob> {
  await working(database, [kindOf(database, work)], async () => {
    await until(database.knex, job, ended);
  });
  return stored(database.knex, job);
}

export { BatchInput };
