import type { Knex } from 'knex';
import type { VillageList } from '../contract/index.ts';
import { findDivision } from '../divisions/index.ts';
import { localZone, readShape, shapeEwkb, toLocalZone } from '../geometry/index.ts';
import { villagesAround } from './queries.ts';

/** How far around a position villages are looked for, m. */
const REACH_M = 10_000;

/**
 * The village at a position (`lon,lat`, CGCS2000 or WGS 84), then those around it, nearest middle first; distances
 * in the local 3° zone. Throws the problems of `readShape`.
 */
export async function villagesNear(db: Knex, near: string, limit: number): Promise<VillageList> {
  const [lon, lat] = near.split(',').map(Number) as [number, number];
  const place = shapeEwkb(readShape({ type: 'Point', coordinates: [lon, lat] }, { path: 'near' }));
  const meridian = localZone(lon);
  const [x, y] = toLocalZone(lon, lat, meridian);
  const found = (await villagesAround(db, place, REACH_M))
    .map(({ code, here, lon, lat }) => {
      const [cx, cy] = toLocalZone(lon, lat, meridian);
      return { code, distance: here ? -1 : Math.hypot(cx - x, cy - y) };
    })
    .sort((a, b) => a.distance - b.distance);
  const villages: VillageList['villages'] = [];
  for (const { code } of found.slice(0, limit)) villages.push((await findDivision(db, code))!);
  return { villages, number_matched: found.length };
}
