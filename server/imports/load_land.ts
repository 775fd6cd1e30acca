import { setImmediate } from 'node:timers/promises';
import type { Knex } from 'knex';
import { multiPolygonToEwkb } from '../geometry/index.ts';
import {
  analyzeLand,
  claimLandKind,
  insertVersion,
  type LandPart,
  type LandVersion,
  lockLand,
  publishVersion,
} from '../layers/index.ts';
import {
  beginStaging,
  deriveCoverage,
  derivePieces,
  endStaging,
  SELF_TEST_COUNTY,
} from '../overlay/index.ts';
import { Problem } from '../problems.ts';
import { deriveRest } from './derive_version.ts';
import { Lane } from './lane.ts';
import { polygonsOf, toPlane } from './prepare_feature.ts';
import { VersionRows } from './version_rows.ts';

export interface LoadOptions {
  /** of overlay operators; see Database.gridSize */
  gridSize: number;
  demonstration: boolean;
  /** whether the features cover the whole coverage, so that nothing lies outside; default: those of land_use do */
  partition?: boolean;
  /** COPY instead of INSERT: native PostgreSQL only */
  copy?: boolean;
  /** Called as rows are handed over and as a version is published. */
  tell?(progress: LoadProgress): void;
}

export interface LoadProgress {
  layer: string;
  /** features handed over since the last call */
  features: number;
  published: boolean;
}

/** From so many staged features on pieces are derived: it bounds what one statement has to do. */
const DERIVE_AT = 5_000;
/** The event loop gets its turn after so many features, or what the database says is heard late. */
const TURN = 200;

/**
 * Loads versions of layers of one county beside what is there, derives what the overlay reads, and publishes them in one
 * step: `db` is a transaction, and whatever is wrong leaves nothing behind. Waits for whoever else loads land.
 * Throws `land_mixed`, `land_empty`, `land_invalid` and `land_not_conserved`. Returns the number of features.
 */
export async function loadVersions(
  db: Knex,
  county: string,
  versions: readonly LandVersion[],
  parts: Iterable<LandPart>,
  options: LoadOptions,
): Promise<number> {
  if (county !== SELF_TEST_COUNTY) {
    await lockLand(db);
    await claimLandKind(db, options.demonstration);
  }
  const lane = new Lane(2);
  const opened = new Map<string, VersionRows>();
  await beginStaging(db);
  for (const version of versions) {
    const id = await beginVersion(db, county, version, options);
    opened.set(version.layer, new VersionRows(db, county, id, options.copy ?? false, lane));
  }
  try {
    await takeIn(db, county, parts, opened, lane, options);
  } finally {
    await lane.settle();
  }
  await endStaging(db);
  let count = 0;
  for (const { layer, declared_empty } of versions)
    refuseContradiction(layer, opened.get(layer)!.count, declared_empty);
  for (const [layer, rows] of opened) {
    const partition = options.partition ?? layer === 'land_use';
    await deriveRest(db, { county, id: rows.version, layer }, { gridSize: options.gridSize, partition });
    await publishVersion(db, county, rows.version, { checksum: rows.checksum(), feature_count: rows.count });
    options.tell?.({ layer, features: 0, published: true });
    count += rows.count;
  }
  // the planner knows the new land at once; the embedded engine has nobody else to look
  if (county !== SELF_TEST_COUNTY) await analyzeLand(db);
  return count;
}

/** An import that was cut off must not read as "there is nothing here". */
function refuseContradiction(layer: string, count: number, declaredEmpty: boolean): void {
  if ((count === 0) === declaredEmpty) return;
  throw new Problem('land_empty', { params: { layer, count, declared: String(declaredEmpty) } });
}

/** Loads one version; see {@link loadVersions}. */
export function loadVersion(
  db: Knex,
  county: string,
  version: LandVersion,
  options: LoadOptions,
): Promise<number> {
  return loadVersions(db, county, [version], partsOf([version]), options);
}

/** A county that is read version by version. */
export function* partsOf(versions: readonly LandVersion[]): Iterable<LandPart> {
  for (const version of versions)
    yield { name: version.layer, features: new Map([[version.layer, version.features()]]) };
}

async function beginVersion(
  db: Knex,
  county: string,
  land: LandVersion,
  { demonstration, gridSize }: LoadOptions,
): Promise<string> {
  const id = await insertVersion(db, {
    county_code: county,
    layer: land.layer,
    label: land.label,
    source: land.source,
    in_force_from: land.in_force_from,
    in_force_until: land.in_force_until,
    declared_empty: land.declared_empty,
    demonstration,
    coverage: multiPolygonToEwkb(toPlane(polygonsOf(land.coverage)), 6933),
  });
  await deriveCoverage(db, county, id, gridSize);
  return id;
}

/** Streams the features in; at no time are more than a few batches of them in memory. */
async function takeIn(
  db: Knex,
  county: string,
  parts: Iterable<LandPart>,
  opened: ReadonlyMap<string, VersionRows>,
  lane: Lane,
  options: LoadOptions,
): Promise<void> {
  let staged = 0;
  const derive = async (): Promise<void> => {
    for (const rows of opened.values()) await rows.flush();
    await lane.push(() => derivePieces(db, county, options.gridSize));
    staged = 0;
  };
  for (const part of parts) {
    for (const [layer, features] of part.features) {
      const rows = opened.get(layer);
      if (!rows) throw new Error(`load: features of ${layer}, of which there is no version`);
      const before = rows.count;
      for (const feature of features) {
        await rows.add(feature);
        if (++staged >= DERIVE_AT) await derive();
        else if (staged % TURN === 0) await setImmediate();
      }
      options.tell?.({ layer, features: rows.count - before, published: false });
    }
  }
  await derive();
  await lane.drain();
}
