import { expect } from 'chai';
import type { Knex } from 'knex';
import { readShape } from '../../server/geometry/index.ts';
import { overlayShape } from '../../server/overlay/index.ts';
import { measureCoverage, measureParts } from '../../server/overlay/queries.ts';
import { rolledBack } from '../support/database.ts';
import { cells, polygon } from '../support/test_land.ts';

const AS_OF = '2026-11-22';
/** Lies in land use and in no zone. */
const free = () => readShape(polygon(cells(3.1, 0.1, 3.9, 0.9)), {});
const inFarmland = () => readShape(polygon(cells(0.1, 0.1, 0.9, 0.9)), {});

async function layerRow(db: Knex.Transaction, gridSize: number, key: string, shape = free()) {
  const { layers } = await overlayShape(db, { shape, asOf: AS_OF }, { gridSize });
  return layers.find(({ layer }) => layer.key === key)!;
}

const versionId = async (db: Knex, layer: string): Promise<string> =>
  (await db.raw(`select id from layer_version where layer = ? and county_code = '410821'`, [layer])).rows[0]
    .id;

describe('overlay under faults', () => {
  for (const layer of ['land_use', 'permanent_basic_farmland', 'geohazard']) {
    it(
      `fails ${layer} when one of its pieces was deleted by hand`,
      rolledBack(async (db, { gridSize }) => {
        const shape = free();
        const deleted = await db.raw(
          `delete from piece where version_id = ? and geom && st_transform(st_setsrid(st_makepoint(?, ?), 4490), 6933)`,
          [await versionId(db, layer), 113.2435, 35.2155],
        );
        expect(deleted.rowCount).to.be.greaterThan(0);
        expect(await layerRow(db, gridSize, layer, shape)).to.include({
          status: 'failed',
          reason: 'areas_do_not_add_up',
        });
      }),
    );

    it(
      `fails ${layer} when one of its pieces stands twice`,
      rolledBack(async (db, { gridSize }) => {
        await db.raw(
          `insert into piece select county_code, version_id, id + 100000, feature_id, class_code, class_name, village_code, area_m2, geom
         from piece where version_id = ?`,
          [await versionId(db, layer)],
        );
        expect((await layerRow(db, gridSize, layer)).status).to.equal('failed');
      }),
    );
  }

  it(
    'is no_data when the coverage itself was lost',
    rolledBack(async (db, { gridSize }) => {
      const id = await versionId(db, 'geohazard');
      await db.raw('delete from coverage_piece where version_id = ?', [id]);
      expect((await layerRow(db, gridSize, 'geohazard')).status).to.equal('failed');
      await db.raw('delete from piece where version_id = ?', [id]);
      expect((await layerRow(db, gridSize, 'geohazard')).status).to.equal('no_data');
    }),
  );

  it(
    'fails only the layer whose query fails, and says so to the log',
    rolledBack(async (db, { gridSize }) => {
      const broken = await versionId(db, 'permanent_basic_farmland');
      const failures: string[] = [];
      const measures = {
        coverage: measureCoverage,
        parts: async (...[trx, shape, counties, versions, grid]: Parameters<typeof measureParts>) => {
          if (versions.includes(broken)) await trx.raw('select 1 / 0');
          return measureParts(trx, shape, counties, versions, grid);
        },
      };
      const { layers } = await overlayShape(
        db,
        { shape: inFarmland(), asOf: AS_OF },
        { gridSize, measures, onFailure: (layer) => failures.push(layer) },
      );
      const status = Object.fromEntries(layers.map((row) => [row.layer.key, row.status]));
      expect(status).to.include({
        permanent_basic_farmland: 'failed',
        land_use: 'affected',
        geohazard: 'not_affected',
      });
      // first the one statement for all layers, then the layer alone
      expect(failures).to.deep.equal(['*', 'permanent_basic_farmland']);
    }),
  );

  it(
    'never answers not_affected from an empty answer',
    rolledBack(async (db, { gridSize }) => {
      const nothing = { parts: async () => [], coverage: measureCoverage };
      const { layers } = await overlayShape(
        db,
        { shape: free(), asOf: AS_OF },
        { gridSize, measures: nothing },
      );
      expect(layers.filter(({ status }) => status === 'not_affected')).to.deep.equal([]);
    }),
  );

  it(
    'never answers not_affected from areas that are no numbers',
    rolledBack(async (db, { gridSize }) => {
      const measures = {
        parts: measureParts,
        coverage: async () => new Map([[await versionId(db, 'geohazard'), Number.NaN]]),
      };
      const { layers } = await overlayShape(
        db,
        { shape: free(), layers: ['geohazard'], asOf: AS_OF },
        { gridSize, measures },
      );
      expect(layers[0]!.status).to.equal('failed');
    }),
  );
});
