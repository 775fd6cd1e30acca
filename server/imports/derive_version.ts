import type { Knex } from 'knex';
import { multiPolygonFromEwkb, multiPolygonToEwkb } from '../geometry/index.ts';
import { featuresAfter, lockLand, setDerivedChecksum, type TiedVersion } from '../layers/index.ts';
import {
  beginStaging,
  copyPlane,
  deriveCoverage,
  derivedChecksum,
  deriveOutside,
  derivePieces,
  deriveTotals,
  endStaging,
  forgetDerived,
  partitionAreas,
  stagePlane,
  tolerance,
} from '../overlay/index.ts';
import { Problem } from '../problems.ts';
import { toPlane } from './prepare_feature.ts';

/** Features that are staged and derived at once. */
const AT_ONCE = 5_000;

/** A version whose pieces inside features have been derived. */
export interface DerivedVersion {
  county: string;
  id: string;
  layer: string;
}

/**
 * What follows when the pieces inside features are there: the pieces outside them, the sums, and the checksum that ties
 * all of it to the version, which is returned. Throws `land_not_conserved`.
 */
export async function deriveRest(
  db: Knex,
  { county, id, layer }: DerivedVersion,
  { gridSize, partition }: { gridSize: number; partition: boolean },
): Promise<string> {
  if (!partition) await deriveOutside(db, county, id, gridSize);
  const { pieces, coverage } = await partitionAreas(db, county, id);
  if (Math.abs(pieces - coverage) > tolerance(coverage))
    throw new Problem('land_not_conserved', {
      params: { layer, pieces: pieces.toFixed(2), coverage: coverage.toFixed(2) },
    });
  await deriveTotals(db, county, id, gridSize);
  const checksum = await derivedChecksum(db, county, id);
  await setDerivedChecksum(db, county, id, checksum);
  return checksum;
}

/**
 * Derives once more all that overlays and village pages read of a version, from its features and coverage as they were
 * submitted. `db` is a transaction; who reads meanwhile sees what was there before. Throws `land_not_conserved`.
 */
export async function rebuildVersion(
  db: Knex,
  { county_code: county, id, layer }: Pick<TiedVersion, 'county_code' | 'id' | 'layer'>,
  { gridSize, copy }: { gridSize: number; copy: boolean },
): Promise<string> {
  await lockLand(db);
  await forgetDerived(db, county, id);
  await deriveCoverage(db, county, id, gridSize);
  await beginStaging(db);
  const stage = copy ? copyPlane : stagePlane;
  for (let after = '0'; ; ) {
    const rows = await featuresAfter(db, county, id, after, AT_ONCE);
    if (rows.length === 0) break;
    await stage(
      db,
      rows.map(({ id: feature, geom, ...row }) => ({
        ...row,
        version_id: id,
        feature_id: Number(feature),
        plane: multiPolygonToEwkb(toPlane(multiPolygonFromEwkb(geom)), 6933),
      })),
    );
    await derivePieces(db, county, gridSize);
    after = rows.at(-1)!.id;
  }
  await endStaging(db);
  const { pieces, coverage } = await partitionAreas(db, county, id);
  const partition = layer === 'land_use' && Math.abs(pieces - coverage) <= tolerance(coverage);
  return deriveRest(db, { county, id, layer }, { gridSize, partition });
}

/** Versions of which something that was derived has changed since, or was never tied to them. */
export async function changedVersions(db: Knex, versions: readonly TiedVersion[]): Promise<TiedVersion[]> {
  const changed: TiedVersion[] = [];
  for (const version of versions)
    if ((await derivedChecksum(db, version.county_code, version.id)) !== version.derived_checksum)
      changed.push(version);
  return changed;
}
