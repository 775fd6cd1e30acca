import { expect } from 'chai';
import type { Knex } from 'knex';
import { readShape, type Shape, toEqualArea } from '../../server/geometry/index.ts';
import { overlayShape, type SettledLayer } from '../../server/overlay/index.ts';
import { Problem } from '../../server/problems.ts';
import { areaInBox, type Box } from './clip_area.ts';
import { random, starRing } from './random_shapes.ts';
import { testCounty } from './test_land.ts';

const LAYERS = ['land_use', 'permanent_basic_farmland', 'ecological_red_line', 'geohazard'];

/** Shapes that are valid; what the generator makes invalid is refused, and not this test's matter. */
function* validShapes(count: number, seed: number): Generator<Shape> {
  const next = random(seed);
  for (let made = 0; made < count; ) {
    try {
      yield readShape({ type: 'Polygon', coordinates: [starRing(next)] }, {});
      made++;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }
}

interface Rectangle {
  layer: string;
  code: string;
  /** EPSG:6933; meridians and parallels are straight there, so a rectangle of degrees is one of metres */
  box: Box;
  hole: Box | null;
}

function boxOf(ring: number[][]): Box {
  const [west, south] = toEqualArea(ring[0]![0]!, ring[0]![1]!);
  const [east, north] = toEqualArea(ring[2]![0]!, ring[2]![1]!);
  return [west, south, east, north];
}

function rectangles(): Rectangle[] {
  return testCounty()
    .versions.filter(({ layer }) => LAYERS.includes(layer))
    .flatMap((version) =>
      [...version.features()].map(({ class_code, geometry }) => {
        const [outer, hole] = geometry.coordinates as number[][][];
        return {
          layer: version.layer,
          code: class_code,
          box: boxOf(outer!),
          hole: hole ? boxOf(hole) : null,
        };
      }),
    );
}

/** Areas of the shape by layer and class, by clipping with a formula. */
function expectedAreas(shape: Shape, features: readonly Rectangle[]): Map<string, number> {
  const expected = new Map<string, number>();
  const ring = shape.plane[0]![0]!;
  for (const { layer, code, box, hole } of features) {
    const area = areaInBox(ring, box) - (hole ? areaInBox(ring, hole) : 0);
    expected.set(`${layer}/${code}`, (expected.get(`${layer}/${code}`) ?? 0) + area);
  }
  return expected;
}

function compare(row: SettledLayer, expected: ReadonlyMap<string, number>, shape: Shape): void {
  const where = `${row.layer.key} of ${JSON.stringify(shape.geometry.coordinates)}`;
  expect(row.status, where).not.to.equal('failed');
  const areas = [...expected].filter(([key]) => key.startsWith(`${row.layer.key}/`));
  const total = areas.reduce((sum, [, area]) => sum + area, 0);
  if (row.status === 'affected') {
    const least = Math.min(row.layer.threshold_m2, shape.area_m2 / 2);
    for (const [key, area] of areas) {
      const hit = row.hits.find(({ code }) => key === `${row.layer.key}/${code}`);
      if (hit || area > least + 0.01) expect(hit?.area_m2 ?? 0, `${key}: ${where}`).to.be.closeTo(area, 0.01);
    }
    for (const { area_m2 } of row.hits.slice(1)) expect(area_m2, where).to.be.greaterThanOrEqual(least * 0.5);
    expect(row.area_m2 + row.below_threshold_m2, where).to.be.closeTo(total, 0.01);
    return;
  }
  expect(total, where).to.be.lessThan(row.layer.threshold_m2 + 0.01);
  expect(row.below_threshold_m2, where).to.be.closeTo(total, 0.01);
}

/** Overlays `count` random and adversarial shapes on the test land; each answer must agree with the formula. */
export async function compareShapes(
  db: Knex.Transaction,
  gridSize: number,
  { count, seed }: { count: number; seed: number },
): Promise<void> {
  const features = rectangles();
  for (const shape of validShapes(count, seed)) {
    const expected = expectedAreas(shape, features);
    const { layers } = await overlayShape(db, { shape, layers: LAYERS, asOf: '2026-11-22' }, { gridSize });
    for (const row of layers) compare(row, expected, shape);
  }
}
