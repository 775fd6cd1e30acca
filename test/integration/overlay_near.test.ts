import { expect } from 'chai';
import { Geodesic } from 'geographiclib-geodesic';
import type { Knex } from 'knex';
import { readShape } from '../../server/geometry/index.ts';
import { overlayShape } from '../../server/overlay/index.ts';
import { rolledBack } from '../support/database.ts';
import { cells, polygon, SOUTH, STEP, WEST } from '../support/test_land.ts';

/** The red line's western edge is column 2.5, from row 2.5 to 3.75; its near-miss distance is 10 m. */
const EDGE = 2.5;
const LAYER = 'ecological_red_line';

/** Geodesic metres between a column and the red line's edge on row 3 (Karney 2013): no projection is asked. */
function metres(column: number): number {
  const lat = SOUTH + 3 * STEP;
  return Geodesic.WGS84.Inverse(lat, WEST + column * STEP, lat, WEST + EDGE * STEP).s12!;
}

async function near(db: Knex.Transaction, gridSize: number, east: number) {
  const shape = readShape(polygon(cells(2.2, 2.9, east, 3.1)), {});
  const result = await overlayShape(db, { shape, asOf: '2026-11-22', near: true }, { gridSize });
  return {
    near: result.near!.filter(({ layer }) => layer === LAYER),
    status: result.layers.find(({ layer }) => layer.key === LAYER)!.status,
  };
}

describe('near misses', () => {
  for (const gap of [0.5, 3, 9.9])
    it(
      `tell of a zone ${gap} m away, apart from what is met`,
      rolledBack(async (db, { gridSize }) => {
        const east = EDGE - gap / metres(EDGE - 1);
        const found = await near(db, gridSize, east);
        expect(found.status).to.equal('not_affected');
        expect(found.near).to.have.length(1);
        expect(found.near[0]!.class_code).to.equal('erl');
        // the zone's scale is true to 3e-4, and the edges are straight in another plane
        expect(found.near[0]!.distance_m).to.be.closeTo(metres(east), 0.01);
      }),
    );

  it(
    'tell of a zone that the shape only touches, which no area tells of',
    rolledBack(async (db, { gridSize }) => {
      const found = await near(db, gridSize, EDGE);
      expect(found.status).to.equal('not_affected');
      expect(found.near.map(({ class_code }) => class_code)).to.deep.equal(['erl']);
      expect(found.near[0]!.distance_m).to.be.lessThan(1e-6);
    }),
  );

  it(
    'are silent farther away, and where the shape meets the zone',
    rolledBack(async (db, { gridSize }) => {
      expect((await near(db, gridSize, EDGE - 10.2 / metres(EDGE - 1))).near).to.deep.equal([]);
      const met = await near(db, gridSize, EDGE + 0.1);
      expect(met.status).to.equal('affected');
      expect(met.near).to.deep.equal([]);
    }),
  );

  it(
    'are null, never an empty list, where they could not be examined',
    rolledBack(async (db, { gridSize }) => {
      // what only the near misses ask for
      await db.raw('alter table piece rename column feature_id to hidden');
      const shape = readShape(polygon(cells(2.2, 2.9, 2.4, 3.1)), {});
      const failures: string[] = [];
      const result = await overlayShape(
        db,
        { shape, asOf: '2026-11-22', near: true },
        { gridSize, onFailure: (layer) => failures.push(layer) },
      );
      expect(result.near).to.equal(null);
      expect(failures).to.deep.equal(['near']);
    }),
  );

  it(
    'that take too long are null, and the areas stand',
    rolledBack(async (db, { gridSize }) => {
      // only the near misses ask for a shortest line: this one is found before PostGIS's own
      await db.raw(`create schema late;
        create function late.st_shortestline(geometry, geometry) returns geometry language plpgsql as $$
        begin raise exception 'canceling statement due to statement timeout' using errcode = '57014'; end $$;
        set local search_path = late, public`);
      const shape = readShape(polygon(cells(2.2, 2.9, EDGE - 3 / metres(EDGE - 1), 3.1)), {});
      const result = await overlayShape(db, { shape, asOf: '2026-11-22', near: true }, { gridSize });
      expect(result.near).to.equal(null);
      const land = result.layers.find(({ layer }) => layer.kind === 'land_use')!;
      expect(land.status).to.equal('affected');
      expect(land.area_m2).to.be.closeTo(shape.area_m2, 1e-3);
    }),
  );
});
