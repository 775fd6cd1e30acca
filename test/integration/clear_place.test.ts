import { expect } from 'chai';
import { Geodesic } from 'geographiclib-geodesic';
import type { Knex } from 'knex';
import {
  type ClearPlaceQuestion,
  nearestClearPlace,
  readSmallShape,
} from '../../server/checks/clear_place.ts';
import { composeClearPlace } from '../../server/checks/clear_place_answer.ts';
import type { Database } from '../../server/db/index.ts';
import { readShape } from '../../server/geometry/index.ts';
import { overlayShape } from '../../server/overlay/index.ts';
import { ruleBook } from '../../server/rules/index.ts';
import { rolledBack } from '../support/database.ts';
import { officialArea } from '../support/official_area.ts';
import { cells, polygon, type Ring, SOUTH, STEP, WEST } from '../support/test_land.ts';

const TODAY = '2026-11-22';
const CLEARANCE = 0.05;
/** Of the meridian against the grid of zone 38 (114° E), degrees. */
const CONVERGENCE = (WEST - 114) * Math.sin((SOUTH * Math.PI) / 180);
const report = (what: string, error: unknown) => console.error(what, error);

/** Everything that a house requires but the test land has not: the nature reserves, declared empty. */
async function addNatureReserves(db: Knex): Promise<void> {
  await db.raw(`
    with made as (
      insert into layer_version (county_code, layer, label, source, in_force_from, in_force_until, status,
        declared_empty, demonstration, checksum, feature_count, coverage, published_at)
      select county_code, 'nature_reserve', label, source, in_force_from, in_force_until, status, declared_empty,
        demonstration, checksum, feature_count, coverage, published_at
      from layer_version where layer = 'geohazard' and county_code <> '000000'
      returning county_code, id
    ), covered as (
      insert into coverage_piece select made.county_code, made.id, c.id, c.area_m2, c.geom
      from made, coverage_piece c join layer_version v on v.county_code = c.county_code and v.id = c.version_id
      where v.layer = 'geohazard' and v.county_code <> '000000'
    )
    insert into piece (county_code, version_id, id, area_m2, geom)
    select made.county_code, made.id, p.id, p.area_m2, p.geom
    from made, piece p join layer_version v on v.county_code = p.county_code and v.id = p.version_id
    where v.layer = 'geohazard' and v.county_code <> '000000'`);
}

function onLand(test: (db: Knex.Transaction, database: Database) => Promise<void>): () => Promise<void> {
  return rolledBack(async (db, database) => {
    await addNatureReserves(db);
    await test(db, database);
  });
}

async function search(
  db: Knex.Transaction,
  { gridSize }: Database,
  ring: Ring,
  question: Partial<ClearPlaceQuestion> = {},
) {
  const request: ClearPlaceQuestion = {
    activity: 'house',
    details: { house: 'new_plot' },
    radius_m: 100,
    rotate: false,
    ...question,
  };
  const shape = readSmallShape({ geometry: polygon(ring) });
  const context = { db, rules: ruleBook(), overlay: { gridSize, onFailure: report }, today: TODAY };
  const found = await nearestClearPlace(shape, request, { ...context, signal: new AbortController().signal });
  return composeClearPlace(found, { ...request, geometry: polygon(ring) }, TODAY);
}

/** Geodesic metres (Karney 2013) along a row between two columns, or along a column between two rows. */
const along = (row: number, a: number, b: number): number =>
  Geodesic.WGS84.Inverse(SOUTH + row * STEP, WEST + a * STEP, SOUTH + row * STEP, WEST + b * STEP).s12!;
const upwards = (column: number, a: number, b: number): number =>
  Geodesic.WGS84.Inverse(SOUTH + a * STEP, WEST + column * STEP, SOUTH + b * STEP, WEST + column * STEP).s12!;

describe('the nearest clear place on the test land', function () {
  this.timeout(60_000);

  it(
    'of a house on farmland lies across the border, as far as the geodesic from its far edge',
    onLand(async (db, database) => {
      // columns 0 and 1 are farmland, column 2 of the two southern rows is a village
      const found = await search(db, database, cells(1.8, 0.9, 1.95, 1));
      if (!found.found) throw new Error(found.reason.en);
      expect(found.distance_m).to.be.closeTo(along(0.95, 1.8, 2) + CLEARANCE, 0.02);
      expect(found.bearing_deg).to.be.closeTo(90 - CONVERGENCE, 0.1);
      expect(found.direction!.zh).to.equal('东');
      expect(found.outcome).to.equal('permit');
      expect(found.area_m2).to.be.closeTo(officialArea([cells(1.8, 0.9, 1.95, 1)]), 0.01);
      expect(found.layers).to.have.length(15);
      const farmland = found.layers.find(({ layer }) => layer === 'permanent_basic_farmland')!;
      expect(farmland).to.deep.include({ status: 'not_affected', hits: [] });
    }),
  );

  it(
    'goes out of a corner on both sides, and the overlay finds nothing there, not even a trace',
    onLand(async (db, database) => {
      // over the south-western corner of the farmland's hole, which begins at (1.25, 1.25)
      const found = await search(db, database, cells(1.2, 1.19, 1.4, 1.36));
      if (!found.found) throw new Error(found.reason.en);
      const east = along(1.25, 1.2, 1.25) + CLEARANCE;
      const north = upwards(1.25, 1.19, 1.25) + CLEARANCE;
      expect(found.distance_m).to.be.closeTo(Math.hypot(east, north), 0.03);
      const azimuth = (Math.atan2(east, north) * 180) / Math.PI;
      expect(found.bearing_deg).to.be.closeTo(azimuth - CONVERGENCE, 0.1);
      expect(found.direction!.en).to.equal('northeast');
      const shape = readShape(found.geometry);
      const { layers } = await overlayShape(db, { shape, asOf: TODAY }, { gridSize: database.gridSize });
      const farmland = layers.find(({ layer }) => layer.key === 'permanent_basic_farmland')!;
      expect([...farmland.hits, ...farmland.traces]).to.deep.equal([]);
    }),
  );

  it(
    'is where the shape stands, if it meets no objection there',
    onLand(async (db, database) => {
      const found = await search(db, database, cells(2.4, 0.4, 2.5, 0.5), { details: { house: 'old_plot' } });
      expect(found).to.deep.include({ found: true, distance_m: 0, bearing_deg: null, direction: null });
      // it stays where it is, so that it is still what was asked about
      expect(found.details).to.deep.equal({ house: 'old_plot' });
    }),
  );

  it(
    'of a house that is to be rebuilt is new land',
    onLand(async (db, database) => {
      const found = await search(db, database, cells(1.8, 0.9, 1.9, 1), { details: { house: 'rebuild' } });
      expect(found.found).to.equal(true);
      expect(found.details).to.deep.equal({ house: 'new_plot' });
    }),
  );

  it(
    'is none where the nearest lies beyond the radius',
    onLand(async (db, database) => {
      const metres = along(0.15, 1.2, 2) + CLEARANCE;
      const ring = cells(1.2, 0.1, 1.3, 0.2);
      expect(await search(db, database, ring, { radius_m: metres - 0.1 })).to.deep.include({
        found: false,
        decided: true,
      });
      expect((await search(db, database, ring, { radius_m: metres + 0.1 })).found).to.equal(true);
    }),
  );

  it(
    'turned fits where unturned it does not',
    onLand(async (db, database) => {
      // the farmland's hole is 45 m wide and 55 m deep; this barn is 51 m long and stands across it
      const barn = cells(1.22, 1.45, 1.78, 1.53);
      const unturned = await search(db, database, barn);
      if (!unturned.found) throw new Error(unturned.reason.en);
      expect(unturned.distance_m).to.be.closeTo(along(1.5, 1.22, 2) + CLEARANCE, 0.05);
      const turned = await search(db, database, barn, { rotate: true });
      if (!turned.found) throw new Error(turned.reason.en);
      expect(Math.abs(turned.rotation_deg)).to.be.within(30, 150);
      expect(turned.distance_m).to.be.lessThan(1);
      expect(turned.outcome).to.equal('permit');
    }),
  );

  it(
    'is unknown, never found, where a layer that the activity requires has no version',
    rolledBack(async (db, database) => {
      const found = await search(db, database, cells(1.8, 0.9, 1.95, 1));
      if (found.found) throw new Error('found');
      expect(found.decided).to.equal(false);
      expect(found.reason.zh).to.contain('自然保护地');
    }),
  );

  it(
    'is unknown where a required layer has lost a piece, and none is told where the land around cannot be read',
    onLand(async (db, database) => {
      await db.raw(`delete from piece where version_id = (select id from layer_version where layer = 'ecological_red_line')
        and feature_id is null`);
      const found = await search(db, database, cells(1.8, 0.9, 1.95, 1));
      expect(found).to.deep.include({ found: false, decided: false });
    }),
  );

  it(
    'near what the public may not see lies at whole metres, and a metre farther away',
    onLand(async (db, database) => {
      await db.raw("update layer set audience = 'none' where key = 'permanent_basic_farmland'");
      const found = await search(db, database, cells(1.8, 0.9, 1.95, 1));
      if (!found.found) throw new Error(found.reason.en);
      expect(found.distance_m).to.equal(Math.ceil(along(0.95, 1.8, 2) + CLEARANCE + 1));
    }),
  );

  it(
    'is undecided, not none, where only land without data is left',
    onLand(async (db, database) => {
      // the only village land around loses its red-line data: there nobody can tell
      await db.raw(`
        with red as (select id from layer_version where layer = 'ecological_red_line'),
          left_out as (select st_expand(st_extent(p.geom)::geometry, 1) as geom from piece p
            where p.class_code = '0702')
        , cut as (delete from coverage_piece c using left_out l where c.version_id in (select id from red)
          returning c.county_code, c.version_id, c.id, c.geom),
        pieces as (delete from piece p using left_out l where p.version_id in (select id from red)
          returning p.county_code, p.version_id, p.id, p.feature_id, p.class_code, p.class_name, p.geom),
        new_cover as (
          insert into coverage_piece select county_code, version_id, 1000 + row_number() over (), st_area(d.geom), d.geom
          from cut, left_out l, lateral st_dump(st_difference(cut.geom, st_setsrid(l.geom, 6933))) d)
        insert into piece (county_code, version_id, id, feature_id, class_code, class_name, area_m2, geom)
          select county_code, version_id, 1000 + row_number() over (), feature_id, class_code, class_name,
            st_area(d.geom), d.geom
          from pieces, left_out l, lateral st_dump(st_difference(pieces.geom, st_setsrid(l.geom, 6933))) d`);
      const found = await search(db, database, cells(1.8, 0.9, 1.95, 1), { radius_m: 25 });
      if (found.found) throw new Error('found');
      expect(found.decided).to.equal(false);
      expect(found.reason.zh).to.contain('生态保护红线');
    }),
  );
});
