import type { Knex } from 'knex';
import { inSavepoint, isAlive } from '../db/index.ts';
import { shapeEwkb } from '../geometry/index.ts';
import { Problem } from '../problems.ts';
import { type CrossPart, measureCross } from './cross_queries.ts';
import {
  endsTransaction,
  type OverlayInput,
  type OverlayOptions,
  type OverlayResult,
} from './overlay_shape.ts';
import { type SettledLayer, tolerance } from './settle_layer.ts';

/** Land use × one zone layer inside a shape, in m². */
export interface CrossTable {
  layer: string;
  /**
   * `no_data`: the layer, or the land-use survey, covers nothing of the shape; `failed`: the cells do not add up to what the overlay measured, or
   * could not be measured. Then there are none.
   */
  status: 'complete' | 'no_data' | 'failed';
  cells: CrossPart[];
  /** of the shape, in no cell */
  uncovered_m2: number;
}

/** Zone layers that a cross table is made of where none is named: those that the shape meets. */
export function affectedZones(result: OverlayResult): string[] {
  return result.layers
    .filter(({ layer, status }) => layer.kind !== 'land_use' && status === 'affected')
    .map(({ layer }) => layer.key);
}

/**
 * Cross tables of an overlay that has been settled: land class × zone × village × slope class × ownership, a table per
 * zone layer named. Conserved against the overlay's own sums, which came from other statements: by the whole, by land
 * class, and by zone class. Throws `layer_unknown` for what is no zone layer of the result. `measure` is for tests, to
 * put faults in.
 */
export async function crossShape(
  db: Knex.Transaction,
  input: OverlayInput,
  result: OverlayResult,
  zones: readonly string[],
  options: OverlayOptions & { measure?: typeof measureCross },
): Promise<CrossTable[]> {
  const { gridSize, measure = measureCross } = options;
  const land = result.layers.find(({ layer }) => layer.kind === 'land_use');
  const wanted = result.layers.filter(({ layer }) => zones.includes(layer.key) && layer.kind !== 'land_use');
  const unknown = zones.find((key) => !wanted.some(({ layer }) => layer.key === key));
  if (unknown !== undefined) throw new Problem('layer_unknown', { params: { layer: unknown } });
  if (wanted.length === 0) return [];
  if (land === undefined) throw new Problem('layer_unknown', { params: { layer: 'land_use' } });
  const without = (zone: SettledLayer, status: 'no_data' | 'failed'): CrossTable => ({
    layer: zone.layer.key,
    status,
    cells: [],
    uncovered_m2: result.area_m2,
  });
  const idsOf = (rows: readonly SettledLayer[]) =>
    rows.flatMap(({ versions }) => versions.map(({ id }) => id));
  let parts: CrossPart[];
  try {
    parts = await inSavepoint(db, () =>
      measure(db, shapeEwkb(input.shape), result.counties, idsOf([land]), idsOf(wanted), gridSize),
    );
  } catch (error) {
    // the overlay stands, whatever became of what is beside it: also where only the time was over
    if (endsTransaction(error) && !(await isAlive(db))) throw error;
    options.onFailure?.('cross', error);
    return wanted.map((zone) => without(zone, 'failed'));
  }
  return wanted.map((zone) => {
    const ids = new Set(zone.versions.map(({ id }) => id));
    const cells = parts.filter(({ version_id }) => ids.has(version_id));
    if (!isConserved(cells, land, zone, result)) return without(zone, 'failed');
    const seen = result.area_m2 - Math.max(zone.uncovered_m2, land.uncovered_m2);
    if (seen <= tolerance(result.area_m2)) return without(zone, 'no_data');
    const found = total(cells.filter(({ class_code }) => class_code !== null));
    const missing = result.area_m2 - found;
    const uncovered_m2 = missing > tolerance(result.area_m2) ? missing : 0;
    return { layer: zone.layer.key, status: 'complete', cells, uncovered_m2 };
  });
}

type Measure = (row: { area_m2: number; net_area_m2: number }) => number;
const gross: Measure = ({ area_m2 }) => area_m2;
const net: Measure = ({ net_area_m2 }) => net_area_m2;
const total = (rows: readonly CrossPart[], of: Measure = gross): number =>
  rows.reduce((sum, row) => sum + of(row), 0);
const classesOf = ({ hits, traces }: SettledLayer) => [...hits, ...traces];

/**
 * Whether the cells add up. Where both layers cover the whole shape, exactly: to the shape, and gross and net to each
 * land class, to each village, and gross to each zone class. Where one does not, between what both must share and what
 * each has. Cells without a land class lie in gaps of the survey, which the settled layer counts as uncovered.
 */
export function isConserved(
  all: readonly CrossPart[],
  land: SettledLayer,
  zone: SettledLayer,
  whole: Pick<OverlayResult, 'area_m2' | 'villages'>,
): boolean {
  if (land.status === 'failed' || zone.status === 'failed') return false;
  if (!all.every((cell) => Number.isFinite(gross(cell)) && Number.isFinite(net(cell)))) return false;
  const cells = all.filter(({ class_code }) => class_code !== null);
  const slack = 2 * tolerance(whole.area_m2);
  const within = (found: number, most: number, missing: number): boolean =>
    found <= most + slack && found >= most - missing - slack;
  const uncovered = [land.uncovered_m2, zone.uncovered_m2];
  // what both cover is the smaller of the two at most, and at least what is left where their gaps do not meet
  const most = whole.area_m2 - Math.max(...uncovered);
  const isLike = (part: readonly CrossPart[], row: Parameters<Measure>[0]) =>
    [gross, net].every((of) => within(total(part, of), of(row), zone.uncovered_m2));
  return (
    within(total(cells), most, Math.min(...uncovered)) &&
    classesOf(land).every((row) =>
      isLike(
        cells.filter(({ class_code }) => class_code === row.code),
        row,
      ),
    ) &&
    whole.villages.every((row) =>
      isLike(
        cells.filter(({ village_code }) => village_code === row.code),
        row,
      ),
    ) &&
    classesOf(zone).every(({ code, area_m2 }) =>
      within(total(cells.filter(({ zone_code }) => zone_code === code)), area_m2, land.uncovered_m2),
    )
  );
}
