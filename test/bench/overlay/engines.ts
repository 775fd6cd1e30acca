import type { Database } from '../../../server/db/index.ts';
import { readShape, type Shape, shapeEwkb } from '../../../server/geometry/index.ts';
import { versionsInForce } from '../../../server/layers/index.ts';
import { overlayShape } from '../../../server/overlay/index.ts';
import { measureParts } from '../../../server/overlay/queries.ts';
import { random } from '../../support/random_shapes.ts';
import { withBothEngines } from '../both_engines.ts';
import { interleave, ms, quantile } from '../measure.ts';

const AS_OF = '2026-11-22';
const ROUNDS = 60;

/** Squares of a given area, m², at places drawn from the villages' bounding boxes. */
async function squares(database: Database, area: number, count: number): Promise<Shape[]> {
  const { rows } = await database.knex.raw(
    `select st_xmin(geom) w, st_ymin(geom) s, st_xmax(geom) e, st_ymax(geom) n from division where level = 5 and geom is not null`,
  );
  const next = random(1);
  return Array.from({ length: count }, () => {
    const { w, s, e, n } = rows[Math.floor(next() * rows.length)];
    const [x, y] = [w + (e - w) * (0.3 + 0.4 * next()), s + (n - s) * (0.3 + 0.4 * next())];
    const [dx, dy] = [Math.sqrt(area) / 91000 / 2, Math.sqrt(area) / 111000 / 2];
    const ring = [
      [x - dx, y - dy],
      [x + dx, y - dy],
      [x + dx, y + dy],
      [x - dx, y + dy],
      [x - dx, y - dy],
    ];
    return readShape({ type: 'Polygon', coordinates: [ring] }, {});
  });
}

/** The whole overlay on each engine against its one cutting statement on native PostGIS; default land. */
export function enginesBench(): Promise<void> {
  return withBothEngines(async ({ embedded, native }) => {
    const counties = ['410821', '411221'];
    const versions = (await versionsInForce(native.knex, AS_OF, counties)).map(({ id }) => id);
    for (const [label, area] of [
      ['0.1 ha', 1e3],
      ['10 ha', 1e5],
      ['500 ha', 5e6],
    ] as const) {
      const shapes = await squares(native, area, ROUNDS + 5);
      const overlay = (database: Database) => {
        let i = 0;
        return () =>
          database.knex.transaction((db) =>
            overlayShape(
              db,
              { shape: shapes[i++ % shapes.length]!, asOf: AS_OF },
              { gridSize: database.gridSize },
            ),
          );
      };
      let k = 0;
      let m = 0;
      const times = await interleave(
        {
          'same SQL, native': () =>
            measureParts(native.knex, shapeEwkb(shapes[k++ % shapes.length]!), counties, versions, -1),
          'same SQL, embedded': () =>
            measureParts(
              embedded.knex,
              shapeEwkb(shapes[m++ % shapes.length]!),
              counties,
              versions,
              embedded.gridSize,
            ),
          'overlay, native': overlay(native),
          'overlay, embedded': overlay(embedded),
        },
        ROUNDS,
      );
      const base = quantile(times['same SQL, native']!, 0.5);
      for (const [name, values] of Object.entries(times)) {
        const p50 = quantile(values, 0.5);
        console.log(
          `${label.padEnd(7)} ${name.padEnd(18)} p50 ${ms(p50)}  p95 ${ms(quantile(values, 0.95))}  × ${(p50 / base).toFixed(2)}`,
        );
      }
    }
  });
}
