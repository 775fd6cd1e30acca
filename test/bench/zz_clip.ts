import { shapeEwkb } from '../../server/geometry/index.ts';
import { landAt } from '../../server/layers/index.ts';
import { CUT, shapeCte } from '../../server/overlay/queries.ts';
import { query } from '../../server/db/index.ts';
import { startPostgresCluster } from '../support/postgres_cluster.ts';
import { interleave, quantile } from './measure.ts';
import { benchLand } from './overlay/land.ts';
import { benchShapes, SIZES } from './overlay/shapes.ts';
const cluster = await startPostgresCluster();
const land = await benchLand(cluster.url, '50k');
const CLIP = 'st_clipbybox2d(shape.geom, st_expand(p.geom::box2d, 1))';
if (!CUT.includes(CLIP)) throw new Error('no clip');
const variants = { clip: CUT, none: CUT.replace(CLIP, 'shape.geom'),
  valid: CUT.replace(`st_area(st_intersection(${CLIP}, p.geom, ?))`, `(select st_area(st_intersection(case when st_isvalid(c) then c else shape.geom end, p.geom, ?)) from (select ${CLIP} as c offset 0) x)`) };
for (const [label, area, corners] of [...SIZES, ['500 ha, 250 vertices', 5e6, 250]] as const) {
  const shapes = await benchShapes(land, area, corners, 20);
  const { counties, versions } = await landAt(land.database.knex, shapeEwkb(shapes[0]!.shape), '2026-11-22');
  const ids = versions.map((v) => v.id);
  const run = (cut: string) => { let i = 0; return () => { const g = shapeCte(shapeEwkb(shapes[i++ % 20]!.shape), -1); return query(land.database.knex, `with ${g.sql} select version_id, class_code, sum(area_m2) from (select p.version_id, p.class_code, ${cut} as area_m2 from shape join piece p on p.geom && shape.geom where p.county_code = any (?) and p.version_id = any (?::bigint[])) cut group by 1, 2`, [...g.bindings, -1, counties, ids] as never); }; };
  const times = await interleave({ clip: run(variants.clip), none: run(variants.none), valid: run(variants.valid) }, 20, 3);
  console.log(label, Object.entries(times).map(([k, v]) => `${k} ${quantile(v, 0.5).toFixed(2)}`).join('  '));
}
await land.close(); await cluster.stop(); process.exit(0);
