import { expect } from 'chai';
import type { Knex } from 'knex';
import { query } from '../../server/db/index.ts';
import { localZone, readShape, type Shape, shapeEwkb } from '../../server/geometry/index.ts';
import { type NearMiss, overlayShape } from '../../server/overlay/index.ts';
import { Problem } from '../../server/problems.ts';
import { rolledBack } from '../support/database.ts';
import { random, starRing } from '../support/random_shapes.ts';

const SHAPES = 300;
/** Which side of a threshold a distance is on may differ by the rounding of two projections, m. */
const ROUNDING = 1e-3;
type Found = Pick<NearMiss, 'layer' | 'class_code' | 'distance_m'> & { near_miss_m: number };

/** The same question to PROJ and PostGIS alone: all pieces around in the local zone, whatever the overlay found. */
function asProjSays(db: Knex, shape: Shape): Promise<Found[]> {
  const meridian = localZone((shape.bbox[0] + shape.bbox[2]) / 2);
  // EPSG:4534 is CGCS2000 / 3-degree Gauss-Kruger CM 75E, and so on eastward
  const zone = 4534 + (meridian - 75) / 3;
  return query<Found>(
    db,
    `select v.layer, p.class_code, l.near_miss_m, min(d.distance_m) as distance_m
     from piece p join layer_version v on v.county_code = p.county_code and v.id = p.version_id
       join layer l on l.key = v.layer,
       lateral (select st_distance(st_transform(st_geomfromewkb(?), ?::int), st_transform(p.geom, ?::int)) as distance_m) d
     where p.geom && st_expand(st_geomfromewkb(?), 60) and p.feature_id is not null and l.kind <> 'self_test'
     group by v.layer, p.class_code, l.near_miss_m
     having min(d.distance_m) <= l.near_miss_m + 1`,
    [shapeEwkb(shape), zone, zone, shapeEwkb(shape)],
  );
}

function shapes(): Shape[] {
  const next = random(20261122);
  const found: Shape[] = [];
  while (found.length < SHAPES)
    try {
      found.push(readShape({ type: 'Polygon', coordinates: [starRing(next)] }, {}));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  return found;
}

describe('near misses beside another projection', function () {
  this.timeout(120_000);

  it(
    `are the same classes, at the same distance to a millimetre, for ${SHAPES} shapes`,
    rolledBack(async (db, { gridSize }) => {
      let compared = 0;
      for (const [i, shape] of shapes().entries()) {
        const result = await overlayShape(db, { shape, asOf: '2026-11-22', near: true }, { gridSize });
        const ours = new Map(
          result.near!.map(({ layer, class_code, distance_m }) => [`${layer} ${class_code}`, distance_m]),
        );
        const met = new Set(
          result.layers.flatMap(({ layer, hits, traces }) =>
            [...hits, ...traces].map(({ code }) => `${layer.key} ${code}`),
          ),
        );
        for (const { layer, class_code, distance_m, near_miss_m } of await asProjSays(db, shape)) {
          const key = `${layer} ${class_code}`;
          const mine = ours.get(key);
          ours.delete(key);
          // an edge of 100 m that is straight in EPSG:6933 bends by 0.2 mm in the zone
          if (met.has(key)) expect(distance_m, `shape ${i}: ${key}`).to.be.lessThan(ROUNDING);
          else if (distance_m < near_miss_m - ROUNDING) {
            expect(mine ?? null, `shape ${i}: ${key}, ${distance_m} m`).to.be.closeTo(distance_m, ROUNDING);
            compared++;
          }
          if (met.has(key) || distance_m > near_miss_m + ROUNDING)
            expect(mine, `shape ${i}: ${key}`).to.equal(undefined);
        }
        expect([...ours.keys()], `shape ${i}`).to.deep.equal([]);
      }
      expect(compared).to.be.greaterThan(30);
    }),
  );
});
