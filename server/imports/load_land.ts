import { createHash } from 'node:crypto';
import type { MultiPolygon, Polygon } from 'geojson';
import type { Knex } from 'knex';
import { multiPolygonToEwkb, type Polygons, ringArea, toEqualArea } from '../geometry/index.ts';
import {
  type FeatureRow,
  insertFeatures,
  insertVersion,
  type LandFeature,
  type LandVersion,
  publishVersion,
} from '../layers/index.ts';
import {
  beginStaging,
  derivePieces,
  deriveVillageTotals,
  endStaging,
  partitionAreas,
  stagePlane,
  tolerance,
} from '../overlay/index.ts';
import { Problem } from '../problems.ts';

const BATCH = 500;

function polygonsOf(geometry: Polygon | MultiPolygon): Polygons {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

function toPlane(polygons: Polygons): number[][][][] {
  return polygons.map((rings) => rings.map((ring) => ring.map(([lon, lat]) => toEqualArea(lon!, lat!))));
}

/** Official area in m²: outer rings less holes. */
function planeArea(plane: Polygons): number {
  let area = 0;
  for (const rings of plane) {
    for (const [i, ring] of rings.entries()) area += (i === 0 ? 1 : -1) * Math.abs(ringArea(ring));
  }
  return area;
}

interface Prepared {
  row: FeatureRow;
  plane: Buffer;
}

function prepare(feature: LandFeature, id: number): Prepared {
  const polygons = polygonsOf(feature.geometry);
  const plane = toPlane(polygons);
  const gross = planeArea(plane);
  const row: FeatureRow = {
    id,
    class_code: feature.class_code,
    class_name: feature.class_name,
    village_code: feature.village_code,
    kcxs: feature.kcxs,
    gross_area_m2: gross,
    // 三调: TBDLMJ = TBMJ − TBMJ × KCXS
    net_area_m2: gross * (1 - (feature.kcxs ?? 0)),
    attributes: feature.attributes,
    geom: multiPolygonToEwkb(polygons, 4490),
  };
  return { row, plane: multiPolygonToEwkb(plane, 6933) };
}

/**
 * Loads one version of one layer beside what is there, derives what the overlay reads, and publishes it in one
 * step: `db` is a transaction, and whatever is wrong leaves nothing behind.
 * Throws `land_invalid` and `land_not_conserved`. Returns the number of features.
 */
export async function loadVersion(
  db: Knex,
  county: string,
  land: LandVersion,
  options: { gridSize: number; demonstration: boolean; partition: boolean },
): Promise<number> {
  const coverage = toPlane(polygonsOf(land.coverage));
  const id = await insertVersion(db, {
    county_code: county,
    layer: land.layer,
    label: land.label,
    source: land.source,
    in_force_from: land.in_force_from,
    in_force_until: land.in_force_until,
    declared_empty: land.declared_empty,
    demonstration: options.demonstration,
    coverage: multiPolygonToEwkb(coverage, 6933),
  });
  const hash = createHash('sha256');
  let count = 0;
  await beginStaging(db);
  const flush = async (batch: Prepared[]) => {
    await insertFeatures(
      db,
      county,
      id,
      batch.map(({ row }) => row),
    );
    await stagePlane(
      db,
      batch.map(({ row, plane }) => ({ ...row, feature_id: row.id, plane })),
    );
  };
  let batch: Prepared[] = [];
  for (const feature of land.features()) {
    const prepared = prepare(feature, ++count);
    hash.update(prepared.row.class_code).update(prepared.row.geom);
    batch.push(prepared);
    if (batch.length === BATCH) {
      await flush(batch);
      batch = [];
    }
  }
  if (batch.length > 0) await flush(batch);
  await derivePieces(db, county, id, { outside: !options.partition, gridSize: options.gridSize });
  await endStaging(db);
  await refuseUnconserved(db, county, id, land.layer);
  await deriveVillageTotals(db, county, id, options.gridSize);
  await publishVersion(db, county, id, { checksum: hash.digest('hex'), feature_count: count });
  return count;
}

async function refuseUnconserved(db: Knex, county: string, id: string, layer: string): Promise<void> {
  const { pieces, coverage } = await partitionAreas(db, county, id);
  if (Math.abs(pieces - coverage) > tolerance(coverage)) {
    throw new Problem('land_not_conserved', {
      params: { layer, pieces: pieces.toFixed(2), coverage: coverage.toFixed(2) },
    });
  }
}
