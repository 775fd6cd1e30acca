import { shapeEwkb } from '../../../server/geometry/index.ts';
import { landAt } from '../../../server/layers/index.ts';
import { measureCoverage, measureParts } from '../../../server/overlay/queries.ts';
import { officialArea } from '../../support/official_area.ts';
import type { BenchLand } from './land.ts';
import { benchShapes, SIZES } from './shapes.ts';

const AS_OF = '2026-11-22';
const SAMPLE = 20_000;

/** How exactly pieces add up, and stored areas agree with the official series. */
export async function precision(land: BenchLand): Promise<void> {
  for (const [label, area, corners] of SIZES) {
    let worst = 0;
    for (const { shape } of await benchShapes(land, area, corners, 20))
      worst = Math.max(worst, await conservationError(land, shapeEwkb(shape)));
    console.log(`${label.padEnd(24)} |Σ pieces − shape ∩ coverage| at most ${worst.toExponential(1)} m²`);
  }
  const { rows } = await land.client.query<{ area: number; shape: { coordinates: number[][][][] } }>(
    `select gross_area_m2 as area, st_asgeojson(geom, 15)::json as shape from feature
     where gross_area_m2 > 100 and county_code <> '000000' order by md5(id::text) limit ${SAMPLE}`,
  );
  const errors = rows.map(({ area, shape }) => {
    const official = shape.coordinates.reduce((sum, rings) => sum + officialArea(rings), 0);
    return Math.abs(area - official) / official;
  });
  console.log(
    `stored area / official series, ${rows.length.toLocaleString('en')} features above 100 m²: within ${Math.max(...errors).toExponential(1)}`,
  );
}

async function conservationError({ database }: BenchLand, shape: Buffer): Promise<number> {
  const { counties, versions } = await landAt(database.knex, shape, AS_OF);
  const ids = versions.map(({ id }) => id);
  const coverage = await measureCoverage(database.knex, shape, counties, ids, database.gridSize);
  const parts = await measureParts(database.knex, shape, counties, ids, database.gridSize);
  return Math.max(
    ...ids.map((id) =>
      Math.abs(
        (coverage.get(id) ?? 0) -
          parts.filter((part) => part.version_id === id).reduce((sum, { area_m2 }) => sum + area_m2, 0),
      ),
    ),
  );
}
