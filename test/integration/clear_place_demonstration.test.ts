import { expect } from 'chai';
import type { Knex } from 'knex';
import { demonstrationCounties } from '../../data/demonstration/index.ts';
import { nearestClearPlace, readSmallShape } from '../../server/checks/clear_place.ts';
import { judgeOverlay } from '../../server/checks/judge_overlay.ts';
import {
  footprintRing,
  fromLocalZone,
  localZone,
  type Position,
  readShape,
  type Shape,
  toLocalZone,
} from '../../server/geometry/index.ts';
import { overlayShape } from '../../server/overlay/index.ts';
import { ruleBook } from '../../server/rules/index.ts';
import { loadCounty } from '../../server/seed.ts';
import { type Opened, openEmpty } from '../support/database.ts';
import { prepareEmpty } from '../support/prepare.ts';
import { random } from '../support/random_shapes.ts';

const VILLAGE = '410821204201';
const TODAY = '2026-11-22';
const ASKED = { activity: 'house', details: { house: 'new_plot' } } as const;
/**
 * What a random search may find nearer, m: the clearance of 5 cm, which the engine does not ask for, √2 of it in a corner,
 * and what its arcs miss. The issue allows 0.5.
 */
const MISSED_M = 0.1;
const SAMPLES = 100;

describe('the nearest clear place on demonstration land', function () {
  this.timeout(300_000);
  let opened: Opened;
  let places: [number, number][];
  before(async () => {
    opened = await openEmpty();
    await prepareEmpty(opened.database);
    await loadCounty(
      opened.database,
      [...demonstrationCounties({ counties: ['410821'] })][0]!,
      () => undefined,
    );
    const { rows } = await opened.database.knex.raw(
      `select st_x(c) as x, st_y(c) as y from (
         select p.id, st_transform(st_pointonsurface(p.geom), 4490) as c
         from piece p join layer_version v on v.county_code = p.county_code and v.id = p.version_id
           join division d on d.code = ? and d.valid_until is null
         where v.layer = 'permanent_basic_farmland' and p.feature_id is not null
           and st_contains(d.plane, st_pointonsurface(p.geom))) inside order by id`,
      [VILLAGE],
    );
    places = rows.map(({ x, y }: { x: number; y: number }) => [x, y]);
  });
  after(() => opened.remove());

  const house = (center: [number, number], bearing_deg: number): Shape => {
    const ring = footprintRing({ center, width_m: 10, depth_m: 12, bearing_deg });
    return readSmallShape({ geometry: { type: 'Polygon', coordinates: [ring] } });
  };
  const overlayOf = (db: Knex.Transaction, shape: Shape) =>
    overlayShape(db, { shape, asOf: TODAY }, { gridSize: opened.database.gridSize });
  const context = (db: Knex.Transaction) => ({
    db,
    rules: ruleBook(),
    overlay: { gridSize: opened.database.gridSize },
    today: TODAY,
    signal: new AbortController().signal,
  });

  /** Whether the whole engine lets a house stand there, and finds not even a trace of what is forbidden to it. */
  async function isClear(db: Knex.Transaction, shape: Shape): Promise<boolean> {
    const result = await overlayOf(db, shape);
    // with every trace taken for a finding
    const layers = result.layers.map((row) => {
      const hits = [...row.hits, ...row.traces];
      return { ...row, hits, status: hits.length > 0 ? ('affected' as const) : row.status };
    });
    const overlaid = { shape, result: { ...result, layers }, certainties: new Map() };
    const { outcome } = judgeOverlay(ASKED, overlaid, ruleBook());
    const same = result.villages.every(({ code }) => code === VILLAGE);
    return same && (outcome === 'permit' || outcome === 'clear');
  }

  it('of houses in permanent basic farmland is clear by the engine, and random places find none nearer', async () => {
    const next = random(410821);
    let found = 0;
    await opened.database.knex.transaction(async (db) => {
      for (let i = 0; i < 10 && found < 4; i++) {
        const center = places[Math.floor(next() * places.length)]!;
        const shape = house(center, next() * 90);
        expect(await isClear(db, shape), 'it stands in farmland').to.equal(false);
        const answer = await nearestClearPlace(
          shape,
          { ...ASKED, radius_m: 200, rotate: false },
          context(db),
        );
        if (answer.kind !== 'found') continue;
        found += 1;
        expect(await isClear(db, answer.place.shape)).to.equal(true);
        const { dx, dy, distance_m } = answer.placement;
        const meridian = localZone(center[0]);
        const moved = (x: number, y: number): Shape => {
          const ring = shape.geometry.coordinates[0]![0]!.map(([lon, lat]): Position => {
            const [e, n] = toLocalZone(lon, lat, meridian);
            return fromLocalZone(e + x, n + y, meridian);
          });
          return readShape({ type: 'Polygon', coordinates: [ring] });
        };
        for (let k = 0; k < SAMPLES; k++) {
          const spread = 4 ** -(k % 6);
          const [angle, r] = [next() * 2 * Math.PI, distance_m * Math.sqrt(next())];
          const [x, y] =
            k % 2 === 0
              ? [Math.cos(angle) * r, Math.sin(angle) * r]
              : [dx + (next() - 0.5) * 20 * spread, dy + (next() - 0.5) * 20 * spread];
          if (Math.hypot(x, y) >= distance_m - MISSED_M) continue;
          expect(await isClear(db, moved(x, y)), `${x}, ${y} of ${dx}, ${dy}`).to.equal(false);
        }
      }
    });
    expect(found).to.equal(4);
  });
});
