import type { Knex } from 'knex';
import divisions from '../data/divisions.json' with { type: 'json' };
import type { Database } from './db/index.ts';
import { addDivisions, type Division, placeDivision } from './divisions/index.ts';
import { multiPolygonToEwkb, toEqualArea } from './geometry/index.ts';
import { type LoadProgress, loadVersion, loadVersions, partsOf } from './imports/index.ts';
import { addLayers, type LandCounty, type LandDivision, latestVersion, lockLand } from './layers/index.ts';
import { SELF_TEST_COUNTY, SELF_TEST_LAYER, selfTestLand } from './overlay/index.ts';
import { layerRegistry } from './rules/index.ts';
import { ensureTokens } from './villages/index.ts';

/** What every installation has: divisions, the layer registry, QR tokens, the land of the self-test. */
export async function seedCatalogues(database: Database): Promise<void> {
  await database.knex.transaction(async (db) => {
    await addDivisions(db, divisions as Division[]);
    await addLayers(db, [SELF_TEST_LAYER, ...layerRegistry()]);
    await ensureTokens(db);
    if ((await latestVersion(db, SELF_TEST_COUNTY)) === null) {
      await loadVersion(db, SELF_TEST_COUNTY, selfTestLand(), {
        gridSize: database.gridSize,
        demonstration: false,
      });
    }
  });
}

/**
 * Loads one county, in one transaction: a start that is interrupted leaves it out whole. The test suite's road; whoever
 * loads demonstration land takes `loadDemonstration`.
 */
export async function loadCounty(
  database: Database,
  county: LandCounty,
  tell: (progress: LoadProgress) => void,
  options: { demonstration?: boolean; copy?: boolean } = {},
): Promise<void> {
  await database.knex.transaction((db) => putCounty(db, database, county, tell, options));
}

/** The same inside a transaction: by COPY where the engine can, unless told otherwise. */
export async function putCounty(
  db: Knex,
  database: Database,
  county: LandCounty,
  tell: (progress: LoadProgress) => void,
  options: { demonstration?: boolean; copy?: boolean } = {},
): Promise<void> {
  // before any row of the divisions, or two who load would wait for each other
  await lockLand(db);
  for (const division of county.divisions) await place(db, division);
  await loadVersions(db, county.code, county.versions, county.parts?.() ?? partsOf(county.versions), {
    gridSize: database.gridSize,
    demonstration: options.demonstration ?? true,
    copy: options.copy ?? database.kind === 'native',
    tell,
  });
}

async function place(db: Knex, division: LandDivision): Promise<void> {
  const { coordinates } = division.geometry;
  const plane = coordinates.map((rings) =>
    rings.map((ring) => ring.map(([lon, lat]) => toEqualArea(lon!, lat!))),
  );
  await placeDivision(
    db,
    division.code,
    multiPolygonToEwkb(coordinates, 4490),
    multiPolygonToEwkb(plane, 6933),
  );
}
